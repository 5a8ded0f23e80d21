create table accounts.invitation (
  id uuid primary key,
  -- Of the token in the link; null once it is spent, taken back or replaced.
  token_hash bytea unique check (octet_length(token_hash) = 32),
  email text not null,
  role text not null,
  department_id uuid references accounts.department,
  invited_by uuid references accounts.account on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references accounts.account on delete set null,
  revoked_at timestamptz
);
create index invitation_by on accounts.invitation (invited_by);
create index invitation_accepted_by on accounts.invitation (accepted_by);
create index invitation_in_department on accounts.invitation (department_id);

create table accounts.access_review (
  id uuid primary key,
  at timestamptz not null,
  by uuid references accounts.account on delete set null,
  people integer not null,
  unused integer not null
);
create index access_review_by on accounts.access_review (by);
