create schema ledger;

-- One row a log: its identity, its right edge, and the last checkpoint that was signed for it.
-- The row is also the fence: whoever sequences or publishes holds it FOR UPDATE.
create table ledger.log (
  id text primary key check (id in ('public', 'private')),
  origin text not null unique,
  wrapped_seed bytea not null,
  verifier_key text not null,
  size bigint not null default 0 check (size >= 0),
  edge bytea not null default '',
  signed_size bigint not null default 0 check (signed_size between 0 and size),
  signed_note text,
  signed_at timestamptz,
  next_batch_at timestamptz
);

-- The state store this database publishes into: a second folder would let two nodes sign different histories.
create table ledger.store (
  single boolean primary key default true check (single),
  id uuid not null
);

-- Where each object stands in each log: the next event links to this leaf.
create table ledger.object_head (
  object uuid not null,
  log text not null references ledger.log,
  seq integer not null check (seq >= 0),
  link bytea,
  primary key (object, log)
);

create table ledger.object (
  id uuid primary key,
  visibility text not null check (visibility in ('rehearsal', 'customers', 'public')),
  since timestamptz not null
);

-- A person (or an object in rehearsal) whose events are only committed to. The key is what makes them readable; deleting it erases.
create table ledger.subject (
  id uuid primary key,
  wrapped_key bytea,
  erased_at timestamptz,
  check ((wrapped_key is null) = (erased_at is not null))
);

-- One row an event: outbox message, audit line and log leaf at once. A row without an object is cover traffic of the private log.
create table ledger.event (
  id uuid primary key,
  log text not null references ledger.log,
  index bigint check (index >= 0),
  object uuid,
  seq integer check (seq > 0),
  type text,
  actor text,
  at timestamptz not null,
  leaf bytea not null check (octet_length(leaf) between 1 and 65535),
  body_hash bytea,
  sealed bytea,
  unique (log, index),
  unique (object, log, seq),
  check ((object is null) = (seq is null) and (object is null) = (type is null)),
  check (object is not null or log = 'private')
);
create index event_not_yet_indexed on ledger.event (log, id) where index is null;
create index event_of_type on ledger.event (type, index);

-- What a public leaf's hash stands for. Withholding empties salt and bytes; the row stays and says why.
create table ledger.body (
  hash bytea primary key check (octet_length(hash) = 32),
  event_id uuid not null references ledger.event,
  media_type text not null,
  salt bytea check (octet_length(salt) = 32),
  bytes bytea,
  withheld_at timestamptz,
  withheld_reason text,
  check ((bytes is null) = (withheld_at is not null) and (salt is null) = (bytes is null) and (withheld_reason is null) = (withheld_at is null))
);
create index body_of_event on ledger.body (event_id);

-- Every tile at its present width. A narrower partial tile is a prefix of it, so none is ever stored twice here.
create table ledger.tile (
  log text not null references ledger.log,
  level smallint not null check (level between 0 and 63),
  n bigint not null check (n >= 0),
  hashes bytea not null check (octet_length(hashes) % 32 = 0 and octet_length(hashes) between 32 and 8192),
  primary key (log, level, n)
);

-- A guard, not the proof: the tree is the evidence. It stops an accident in our own code.
create function ledger.refuse_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'ledger.event is append-only';
  end if;
  if new.leaf is distinct from old.leaf or new.id <> old.id or new.log <> old.log or new.object is distinct from old.object
    or new.seq is distinct from old.seq or new.body_hash is distinct from old.body_hash
    or (old.index is not null and new.index is distinct from old.index) then
    raise exception 'a recorded event never changes';
  end if;
  return new;
end $$;
create trigger event_append_only before update or delete on ledger.event
  for each row execute function ledger.refuse_rewrite();
