-- One identity system that tells us who works here, and the accounts it alone may see and change.
create table accounts.scim_connection (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null,
  closed_at timestamptz
);

-- Two at most: the present one, and the one before it until its end. Only hashes, so a copy of the database provisions nobody.
create table accounts.scim_token (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  connection_id uuid not null references accounts.scim_connection,
  created_at timestamptz not null,
  -- Null: until it is replaced.
  expires_at timestamptz,
  last_used_at timestamptz
);
create index scim_token_of_connection on accounts.scim_token (connection_id);

create table accounts.scim_user (
  account_id uuid primary key references accounts.account on delete cascade,
  connection_id uuid not null references accounts.scim_connection,
  -- The folded userName: two spellings that a person reads as one name are one name.
  user_key text not null,
  external_id text,
  -- What the identity system told, reduced to the attributes of our own schema.
  attributes jsonb not null,
  -- Since when it says that nobody may sign in. Differs from the account's own left_at when the console closed it, which stays so.
  deactivated_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Deleted there. The row stays with the account's record and is found by nobody.
  removed_at timestamptz
);
create unique index scim_user_name on accounts.scim_user (connection_id, user_key) where removed_at is null;
create index scim_user_external on accounts.scim_user (connection_id, external_id) where removed_at is null;
create index scim_user_of_connection on accounts.scim_user (connection_id, created_at, account_id);

create table accounts.scim_group (
  id uuid primary key,
  connection_id uuid not null references accounts.scim_connection,
  display_name text not null,
  name_key text not null,
  external_id text,
  -- What membership gives. Never everything: an identity system that was taken over must not become the owner.
  role text check (role <> 'owner'),
  department_id uuid references accounts.department,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (connection_id, name_key)
);
create index scim_group_in_department on accounts.scim_group (department_id);

create table accounts.scim_member (
  group_id uuid not null references accounts.scim_group on delete cascade,
  account_id uuid not null references accounts.account on delete cascade,
  primary key (group_id, account_id)
);
create index scim_member_account on accounts.scim_member (account_id);

-- Came with a group and goes with it; what somebody gave by hand stays.
alter table accounts.assignment add column via_scim boolean not null default false;

-- An identity system asked for somebody who already has an account here. Only an owner can hand that account over.
create table accounts.scim_claim (
  connection_id uuid not null references accounts.scim_connection,
  account_id uuid not null references accounts.account on delete cascade,
  user_name text not null,
  external_id text,
  asked_at timestamptz not null,
  primary key (connection_id, account_id)
);
create index scim_claim_of_account on accounts.scim_claim (account_id);
