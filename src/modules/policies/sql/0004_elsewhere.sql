-- Where the organisation's own website shows a document, and what was found there when somebody last looked.
create table policies.public_copy (
  id uuid primary key,
  document_id uuid not null unique references policies.document,
  url text not null,
  state text not null check (state in ('unchecked', 'same', 'differs', 'unreachable')),
  since timestamptz not null,
  checked_at timestamptz,
  -- When a look was last queued: what is due is asked of this, so that a slow look is not queued twice.
  asked_at timestamptz not null,
  -- The version that was last compared with, and what was found then; why nothing could be read.
  version integer,
  comparison jsonb,
  reason jsonb
);
create index public_copy_due on policies.public_copy (asked_at);

-- Where a document's text is written: a file on the web, or one in a git repository.
create table policies.pull (
  id uuid primary key,
  document_id uuid not null unique references policies.document,
  url text not null,
  branch text,
  path text,
  state text not null check (state in ('unchecked', 'current', 'drafted', 'waiting', 'refused')),
  since timestamptz not null,
  checked_at timestamptz,
  asked_at timestamptz not null,
  git_commit text,
  reason jsonb,
  -- SHA-256 of the text that last became the draft, or was the newest version's: it does not become the draft a second time.
  taken bytea,
  -- A newer text while somebody's draft is open.
  waiting_text text,
  check ((branch is null) = (path is null)),
  check ((state = 'waiting') = (waiting_text is not null))
);
create index pull_due on policies.pull (asked_at);
