create schema organisation;

-- One installation is one organisation: there is one row or none.
create table organisation.organisation (
  single boolean primary key default true check (single),
  object uuid not null,
  name text not null,
  public_url text not null,
  languages text[] not null check (cardinality(languages) > 0),
  time_zone text not null,
  sector text not null,
  demo boolean not null,
  reply_hours integer not null check (reply_hours between 1 and 1000),
  calendar jsonb not null,
  established_at timestamptz not null,
  -- What was last stated about the programs in visitors' browsers, so that a restart states nothing twice.
  client_files text not null default ''
);

-- The one link that may set this installation up. Replaced at each start until it is used; only its hash is kept.
create table organisation.set_up_link (
  single boolean primary key default true check (single),
  token_hash bytea not null check (octet_length(token_hash) = 32),
  expires_at timestamptz not null,
  used_at timestamptz
);
