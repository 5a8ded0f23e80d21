-- How staff and users prove who they are, beside the passphrase.
create table accounts.passkey (
  id uuid primary key,
  account_id uuid not null references accounts.account on delete cascade,
  credential_id bytea not null unique check (octet_length(credential_id) between 1 and 1023),
  -- COSE.
  public_key bytea not null,
  -- The host it was made for. After a move of the site it stays in the list and opens nothing.
  rp_id text not null,
  counter bigint not null,
  transports text[] not null,
  -- Synchronised by its maker: a lost device does not take it along.
  backed_up boolean not null,
  label text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_of_account on accounts.passkey (account_id);

-- Challenges carry their own purpose and end, sealed; only those that came back are kept, so that none comes back twice.
create table accounts.spent_challenge (
  challenge_hash bytea primary key check (octet_length(challenge_hash) = 32),
  expires_at timestamptz not null
);
create index spent_challenge_expired on accounts.spent_challenge (expires_at);

create table accounts.totp (
  account_id uuid primary key references accounts.account on delete cascade,
  secret bytea not null,
  created_at timestamptz not null,
  -- The step of the last code that was accepted: it and those before it are spent.
  last_step bigint not null
);

create table accounts.recovery_code (
  account_id uuid not null references accounts.account on delete cascade,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Between the passphrase and the second step: holds no session and opens nothing by itself.
create table accounts.half_session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  account_id uuid not null references accounts.account on delete cascade,
  expires_at timestamptz not null
);
create index half_session_of_account on accounts.half_session (account_id);

-- "This was not me": what was disputed is copied, because the history is kept for 90 days only.
create table accounts.dispute (
  id uuid primary key,
  account_id uuid not null references accounts.account on delete cascade,
  at timestamptz not null,
  signed_in_at timestamptz not null,
  method text not null,
  device text not null,
  network text not null,
  sessions_ended integer not null,
  closed_at timestamptz,
  closed_by uuid references accounts.account on delete set null,
  note text,
  check ((closed_at is null) = (note is null))
);
create index dispute_of_account on accounts.dispute (account_id);
create index dispute_closed_by on accounts.dispute (closed_by);
create index dispute_open on accounts.dispute (at) where closed_at is null;

-- Set by a dispute until the owner has changed a proof: what they had may be known to somebody else.
alter table accounts.account add column doubted_at timestamptz;
create index sign_in_at on accounts.sign_in (at);
