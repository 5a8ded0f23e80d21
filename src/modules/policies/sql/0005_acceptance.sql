-- Whether people are asked to accept a document, and when again. No row: nobody is asked.
create table policies.acceptance_setting (
  document_id uuid primary key references policies.document,
  asked boolean not null,
  again text not null check (again in ('each-change', 'when-called')),
  changed_at timestamptz not null
);

-- Versions of which staff said that everybody is asked again. Counts where the setting waits for it.
create table policies.acceptance_call (
  document_id uuid not null references policies.document,
  version integer not null,
  called_at timestamptz not null,
  primary key (document_id, version)
);

-- Decisions stand in the private log under a subject of their own, so that a receipt of them opens nothing else about the person.
create table policies.acceptor (
  subject_id uuid primary key,
  account_id uuid not null unique
);

-- What the private log says, readable without opening it: one row an event, added and never changed. n counts within person and document.
create table policies.decision (
  subject_id uuid not null references policies.acceptor,
  document_id uuid not null references policies.document,
  n integer not null check (n > 0),
  id uuid not null unique,
  kind text not null check (kind in ('accepted', 'refused', 'withdrawn', 'carried')),
  version integer not null,
  language text not null,
  text_hash bytea not null check (length(text_hash) = 32),
  wording_hash bytea not null check (length(wording_hash) = 32),
  surface text not null check (surface in ('portal', 'link', 'api', 'system')),
  mandate_id uuid,
  program_id uuid,
  at timestamptz not null,
  event_id uuid not null,
  primary key (subject_id, document_id, n)
);
create index decision_of_document on policies.decision (document_id, version);

-- Requests of programs that were answered. Outlives the person's rows without naming them: the same request sent again after an erasure
-- would otherwise bring the person back.
create table policies.acceptance_request (
  program_id uuid not null,
  key_hash bytea not null check (length(key_hash) = 32),
  request_hash bytea not null check (length(request_hash) = 32),
  decision_id uuid,
  at timestamptz not null,
  primary key (program_id, key_hash)
);
create index acceptance_request_of_decision on policies.acceptance_request (decision_id);

-- A link to the question whether one person accepts one document. Spent by the answer.
create table policies.acceptance_link (
  ticket_hash bytea primary key check (length(ticket_hash) = 32),
  program_id uuid not null,
  account_id uuid not null,
  document_id uuid not null references policies.document,
  audience text not null,
  return_to text,
  expires_at timestamptz not null
);
create index acceptance_link_of_account on policies.acceptance_link (account_id);
create index acceptance_link_of_document on policies.acceptance_link (document_id);

-- Where such a link may lead back to, whole and exact.
create table policies.return_address (
  address text primary key check (length(address) <= 500),
  added_at timestamptz not null
);
