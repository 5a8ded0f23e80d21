create schema accounts;

create table accounts.staff (
  id uuid primary key,
  email text not null,
  role text not null check (role in ('owner')),
  passphrase_hash text not null,
  created_at timestamptz not null
);
create unique index staff_email on accounts.staff (lower(email));

-- The cookie holds 256 random bits; only their hash is here, so a copy of the database opens no session.
create table accounts.session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  staff_id uuid not null references accounts.staff on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_of_staff on accounts.session (staff_id);

-- Failed sign-ins, by hashed address: slows guessing across all processes without telling whether the address exists.
create table accounts.failed_sign_in (
  id uuid primary key,
  email_hash bytea not null,
  at timestamptz not null
);
create index failed_sign_in_recent on accounts.failed_sign_in (email_hash, at);
