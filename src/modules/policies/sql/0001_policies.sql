create schema policies;

create table policies.document (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  title text not null check (length(title) between 1 and 200),
  language text not null,
  created_at timestamptz not null
);

-- One row a version, never changed: a correction is a new version. Text, summary and reason of a withdrawal lie with their events in
-- ledger.body and nowhere else, so that what is withheld there is withheld everywhere. In rehearsal a version exists for staff only and has no published instant.
create table policies.version (
  id uuid primary key,
  document_id uuid not null references policies.document,
  number integer not null check (number > 0),
  title text not null,
  origin text not null check (origin in ('published', 'imported')),
  published_at timestamptz,
  effective_at timestamptz,
  effective_local text,
  effective_zone text,
  claimed_published_at timestamptz,
  git_commit text,
  git_path text,
  event_id uuid,
  withdrawn_at timestamptz,
  summary_event_id uuid,
  withdrawal_event_id uuid,
  created_at timestamptz not null,
  unique (document_id, number),
  unique (document_id, git_commit, git_path),
  check (origin = 'imported' or (effective_at is not null and effective_local is not null and effective_zone is not null)),
  check (origin = 'imported' or published_at is null or effective_at >= published_at),
  check (origin = 'published' or (claimed_published_at is not null and git_commit is not null and git_path is not null)),
  check ((withdrawn_at is null) = (withdrawal_event_id is null))
);

-- One working text a document; revision is what two editors at once are told apart by.
create table policies.draft (
  document_id uuid primary key references policies.document,
  text text not null,
  summary text not null,
  effective_local text not null,
  revision integer not null,
  updated_at timestamptz not null,
  updated_by text not null
);
