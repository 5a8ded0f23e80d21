create schema support;

-- A question about a clause. What the person wrote, and how to reach them, is sealed under their key; what remains after
-- an erasure is only what the public count needs.
create table support.question (
  id uuid primary key,
  subject uuid not null unique,
  receipt_hash bytea unique check (octet_length(receipt_hash) = 32),
  document_id uuid not null,
  version_number integer not null,
  clause_id text,
  language text not null,
  sealed bytea,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  sealed_answer bytea,
  may_publish boolean not null,
  published_object uuid,
  published_at timestamptz,
  erased_at timestamptz
);
create index question_open on support.question (due_at) where answered_at is null;
create index question_of_document on support.question (document_id) where published_at is not null;

-- The public count as it was last stated in the log; pages show this and not the live table, so that one visit tells nothing.
create table support.count (
  at timestamptz primary key,
  asked integer not null,
  answered_in_time integer not null,
  answered_late integer not null,
  open_in_time integer not null,
  open_late integer not null,
  event_id uuid not null
);
