-- The PDF that was signed, beside the draft it belongs to; after publication its bytes lie in ledger.body and nowhere else.
create table policies.signed_copy (
  document_id uuid primary key references policies.draft on delete cascade,
  bytes bytea not null,
  hash bytea not null check (length(hash) = 32),
  attached_at timestamptz not null
);
-- The statement that carries a version's signed copy.
alter table policies.version add column signed_copy_event_id uuid;

-- What a draft said at each of its revisions, until it is published: what two people made of one of them is brought together.
create table policies.draft_revision (
  document_id uuid not null references policies.draft on delete cascade,
  revision integer not null,
  text text not null,
  summary text not null,
  effective_local text not null,
  audience text not null,
  jurisdiction text not null,
  change_class text not null,
  legal_basis text not null,
  primary key (document_id, revision)
);
-- Revisions of a document's drafts are never given twice: whoever goes on from a draft that was published meanwhile is told.
alter table policies.document add column draft_revision integer not null default 0;
update policies.document as document set draft_revision = draft.revision from policies.draft as draft where draft.document_id = document.id;
