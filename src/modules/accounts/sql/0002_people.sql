-- Everybody who signs in is an account: staff and users prove who they are in the same ways and differ in what they may do.
alter table accounts.staff rename to account;
alter table accounts.account
  add column kind text not null default 'staff' check (kind in ('staff', 'user')),
  -- The address is set only when somebody showed that it is theirs; nobody else can take it then.
  alter column email drop not null,
  alter column passphrase_hash drop not null,
  add column name text,
  add column passphrase_set_at timestamptz,
  -- A leaver keeps the record of what they did and loses every way in.
  add column left_at timestamptz;
alter table accounts.account alter column kind drop default;
drop index accounts.staff_email;
-- Of those who are here: somebody who comes back begins anew, with nothing of what they once held.
create unique index account_email on accounts.account (kind, lower(email)) where left_at is null;
update accounts.account set passphrase_set_at = created_at;

create table accounts.department (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create unique index department_name on accounts.department (lower(name));

-- Roles that an organisation puts together itself. Those that come with Troth stand in the code.
create table accounts.custom_role (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text not null,
  permissions text[] not null,
  created_at timestamptz not null
);

create table accounts.assignment (
  account_id uuid not null references accounts.account on delete cascade,
  role text not null,
  -- Null: in the whole organisation.
  department_id uuid references accounts.department,
  granted_at timestamptz not null,
  unique nulls not distinct (account_id, role, department_id)
);
create index assignment_in_department on accounts.assignment (department_id);
insert into accounts.assignment (account_id, role, granted_at) select id, role, created_at from accounts.account;
alter table accounts.account drop column role;

drop table accounts.session;
create table accounts.session (
  id uuid primary key,
  -- The cookie holds 256 random bits; only their hash is here, so a copy of the database opens no session.
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  account_id uuid not null references accounts.account on delete cascade,
  -- A cookie of one surface is none of the other.
  surface text not null check (surface in ('console', 'portal')),
  method text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- When the holder last proved again who they are; what is hard to undo asks for a recent proof.
  proved_at timestamptz not null,
  device text not null,
  network text not null
);
create index session_of_account on accounts.session (account_id);

-- What an account's owner is shown of its sign-ins, refused ones too.
create table accounts.sign_in (
  id uuid primary key,
  account_id uuid not null references accounts.account on delete cascade,
  at timestamptz not null,
  method text not null,
  outcome text not null check (outcome in ('signed-in', 'refused')),
  device text not null,
  network text not null
);
create index sign_in_of_account on accounts.sign_in (account_id, at desc);

drop table accounts.failed_sign_in;
-- How often something may be tried, over all processes: the instant at which the bucket is full again.
-- Not logged by the database: a crash empties it, which costs a guesser nothing they could plan with.
create unlogged table accounts.allowance (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  full_at timestamptz not null
);
create index allowance_full on accounts.allowance (full_at);
