-- What one member of staff does only after another has agreed. A row means on.
create table accounts.four_eyes (
  permission text primary key check (permission in ('policies:publish', 'support:erase', 'accounts:manage'))
);

-- One person asks, another decides, and what was agreed to is done once: exactly this, known by its digest.
create table accounts.approval (
  id uuid primary key,
  permission text not null check (permission in ('policies:publish', 'support:erase', 'accounts:manage')),
  object text not null,
  digest bytea not null check (octet_length(digest) = 32),
  department_id uuid references accounts.department,
  title text not null,
  -- Path behind the language.
  href text not null,
  reason text not null,
  asked_by uuid not null references accounts.account on delete cascade,
  asked_at timestamptz not null,
  decided_by uuid references accounts.account on delete set null,
  decided_at timestamptz,
  approved boolean,
  note text,
  used_at timestamptz,
  -- Of the request while nobody has decided, then of the approval.
  expires_at timestamptz not null,
  check ((approved is null) = (decided_at is null)),
  check (used_at is null or approved),
  check (decided_by <> asked_by)
);
create index approval_asked_by on accounts.approval (asked_by);
create index approval_decided_by on accounts.approval (decided_by);
create index approval_in_department on accounts.approval (department_id);
create index approval_unused on accounts.approval (object, digest) where used_at is null;
