create schema mail;

-- Recipient and text are sealed, and gone once a message is sent or given up, after seven days at most.
create table mail.message (
  id uuid primary key,
  template text not null,
  content bytea,
  -- caught: kept to be looked at, where development or a sample sends nothing.
  state text not null check (state in ('queued', 'sent', 'failed', 'caught')),
  attempts integer not null,
  -- Of the last failed attempt: a code, never what a server answered, which repeats addresses.
  error text,
  created_at timestamptz not null,
  -- Afterwards it would only confuse, as a link that no longer opens anything.
  useful_until timestamptz not null,
  -- Somebody is handing it over: a second sender waits.
  claimed_until timestamptz,
  settled_at timestamptz,
  check ((content is null) = (state in ('sent', 'failed')))
);
create index message_open on mail.message (created_at) where state in ('queued', 'caught');
create index message_settled on mail.message (settled_at) where state in ('sent', 'failed');
