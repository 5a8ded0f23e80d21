-- How many people other than the authors must approve a version before it is published.
alter table policies.document add column approvers smallint not null default 0 check (approvers between 0 and 5);

-- Who had a hand in the draft: none of them may approve it. Of accounts.account.
create table policies.draft_author (
  document_id uuid not null references policies.document,
  account_id uuid not null,
  primary key (document_id, account_id)
);

-- One question to the reviewers about exactly one draft for exactly one moment. A newer one of the document takes its place.
create table policies.review (
  id uuid primary key,
  document_id uuid not null references policies.document,
  digest bytea not null check (length(digest) = 32),
  asked_by uuid not null,
  asked_at timestamptz not null
);
create index review_of_document on policies.review (document_id, asked_at desc);

create table policies.review_answer (
  review_id uuid not null references policies.review,
  account_id uuid not null,
  approves boolean not null,
  note text not null check (length(note) <= 2000),
  answered_at timestamptz not null,
  primary key (review_id, account_id)
);
