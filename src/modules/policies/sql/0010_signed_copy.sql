-- The PDF that was signed, beside the draft it belongs to; after publication its bytes lie in ledger.body and nowhere else.
create table policies.signed_copy (
  document_id uuid primary key references policies.draft on delete cascade,
  bytes bytea not null,
  hash bytea not null check (length(hash) = 32),
  attached_at timestamptz not null
);
-- The statement that carries a version's signed copy.
alter table policies.version add column signed_copy_event_id uuid;
