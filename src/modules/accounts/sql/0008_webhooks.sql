-- Where the organisation's own programs are told what enters the public record.
create table accounts.webhook (
  id uuid primary key,
  url text not null,
  types text[] not null,
  -- broken: ten attempts over three days failed. gone: the receiver answered 410. paused: by staff.
  state text not null check (state in ('active', 'paused', 'broken', 'gone')),
  secret bytea not null,
  old_secret bytea,
  old_secret_until timestamptz,
  -- The next index of the public log to look at: everything before it was delivered or is of another type.
  next_index bigint not null check (next_index >= 0),
  -- Failed attempts at the entry it stands at.
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  -- Who sends at this moment; a result under another lease is thrown away.
  lease uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  check ((old_secret is null) = (old_secret_until is null)),
  check ((lease is null) = (lease_until is null))
);

-- One row a message: what became of it. What the receiver answered is not kept, only its status.
create table accounts.webhook_delivery (
  webhook_id uuid not null references accounts.webhook on delete cascade,
  message_id text not null,
  -- Null: a test, which stands in no log.
  index bigint,
  type text not null,
  attempts integer not null,
  at timestamptz not null,
  milliseconds integer not null,
  status integer,
  fault text,
  delivered boolean not null,
  primary key (webhook_id, message_id)
);
create index webhook_delivery_latest on accounts.webhook_delivery (webhook_id, at desc);
