-- Hash of the provider's own name for its session, so that signing out over there ends this one and no other. Null: it named none.
alter table accounts.session add column provider_session_hash bytea check (octet_length(provider_session_hash) = 32);

-- Logout tokens that were taken: the hash of provider and jti, kept until the token has ended by itself.
create table accounts.spent_logout (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  expires_at timestamptz not null
);
create index spent_logout_expired on accounts.spent_logout (expires_at);

-- Where the people of a directory sign in: a subject there is the externalId here. One directory speaks for a provider, or two could
-- name two people by one subject.
alter table accounts.scim_connection add column provider_id text references accounts.provider;
create unique index scim_connection_of_provider on accounts.scim_connection (provider_id);
