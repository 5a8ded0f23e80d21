-- What a person chose, one row for each choice, so that they see and take back each by itself.
create table accounts.preference (
  account_id uuid not null references accounts.account on delete cascade,
  name text not null,
  value text not null,
  chosen_at timestamptz not null,
  primary key (account_id, name)
);
