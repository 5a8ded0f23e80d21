-- A program of the organisation. Its keys change by rotation; what it may do, and whom it knows, stay.
create table accounts.program (
  id uuid primary key,
  name text not null,
  scopes text[] not null,
  made_by uuid not null references accounts.account,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index program_made_by on accounts.program (made_by);

create table accounts.program_key (
  -- The readable part of the key: tells which one it is, and opens nothing.
  prefix text primary key check (prefix ~ '^[0-9a-z]{8}$'),
  program_id uuid not null references accounts.program,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- To the hour, so that a busy program does not write a row at each call.
  used_at timestamptz
);
create index key_of_program on accounts.program_key (program_id);

-- A user handed over by the organisation's own site, known by the id that the program calls them. Each program has a name space of its own.
create table accounts.handed_identity (
  program_id uuid not null references accounts.program,
  subject text not null,
  account_id uuid not null references accounts.account on delete cascade,
  linked_at timestamptz not null,
  primary key (program_id, subject)
);
create index handed_identity_of_account on accounts.handed_identity (account_id);

create table accounts.hand_off (
  ticket_hash bytea primary key check (octet_length(ticket_hash) = 32),
  program_id uuid not null references accounts.program,
  subject text not null,
  audience text not null,
  return_to text,
  expires_at timestamptz not null
);
create index hand_off_of_program on accounts.hand_off (program_id);
create index hand_off_expired on accounts.hand_off (expires_at);
