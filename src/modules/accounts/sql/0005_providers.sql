-- Where people sign in elsewhere. The id stands in the address that a provider sends people back to, so it never changes; nor does the
-- issuer, because the same subject at another issuer is another person.
create table accounts.provider (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,31}$'),
  audience text not null check (audience in ('staff', 'users')),
  issuer text not null,
  client_id text not null,
  -- Sealed; null for a client that proves itself by PKCE alone.
  client_secret bytea,
  name text not null,
  scopes text not null,
  -- Its word about an e-mail address counts, when nobody has that address yet.
  addresses_verified boolean not null,
  -- Whoever it knows becomes staff without any role.
  everyone_is_staff boolean not null check (audience = 'staff' or not everyone_is_staff),
  created_at timestamptz not null,
  disabled_at timestamptz
);

-- Who somebody is at a provider. Nothing else, and no address, ever leads from a provider to an account.
create table accounts.identity (
  provider_id text not null references accounts.provider,
  subject text not null,
  account_id uuid not null references accounts.account on delete cascade,
  linked_at timestamptz not null,
  used_at timestamptz,
  primary key (provider_id, subject)
);
create index identity_of_account on accounts.identity (account_id);

-- A sign-in that is under way elsewhere: found only by the browser's cookie together with the state, taken away by its first use.
create table accounts.sign_in_flow (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  provider_id text not null references accounts.provider on delete cascade,
  -- Sealed: PKCE verifier and nonce.
  secrets bytea not null,
  -- Who wants to add the provider to their account; null when somebody signs in.
  account_id uuid references accounts.account on delete cascade,
  return_to text,
  locale text not null,
  expires_at timestamptz not null
);
create index sign_in_flow_of_provider on accounts.sign_in_flow (provider_id);
create index sign_in_flow_of_account on accounts.sign_in_flow (account_id);
create index sign_in_flow_expired on accounts.sign_in_flow (expires_at);

-- Null: not through a provider. Ends with the provider's being disabled.
alter table accounts.session add column provider_id text references accounts.provider;
create index session_through_provider on accounts.session (provider_id);
