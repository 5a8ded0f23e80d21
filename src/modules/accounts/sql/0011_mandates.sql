-- Somebody (the delegate) acts for somebody else (the principal). In force while active and not expired; asked at every request.
create table accounts.mandate (
  id uuid primary key,
  kind text not null check (kind in ('parent', 'carer', 'guardian', 'attorney', 'heir', 'agent')),
  -- Null while an offer waits for whoever has its address.
  delegate_id uuid references accounts.account on delete cascade,
  -- Null until staff have found out who is meant.
  principal_id uuid references accounts.account on delete cascade,
  -- Of the address that an offer is for: only whoever has shown that it is theirs finds it.
  address_hash bytea check (octet_length(address_hash) = 32),
  -- What was typed, under the key of whoever typed it: it is destroyed with them.
  sealed bytea not null,
  -- Nobody erases somebody else, and nobody passes a mandate on.
  scope text[] not null check (cardinality(scope) > 0 and scope <@ array['self:read', 'self:manage']),
  state text not null check (state in ('requested', 'offered', 'active', 'refused', 'ended')),
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid references accounts.account on delete set null,
  decided_at timestamptz,
  reason text,
  ended_at timestamptz,
  ended_by uuid references accounts.account on delete set null,
  check (state <> 'active' or (delegate_id is not null and principal_id is not null and decided_at is not null)),
  check (delegate_id <> principal_id),
  check ((state = 'ended') = (ended_at is not null))
);
create index mandate_of_delegate on accounts.mandate (delegate_id, state);
create index mandate_of_principal on accounts.mandate (principal_id);
create index mandate_offered on accounts.mandate (address_hash) where address_hash is not null;
create index mandate_decided_by on accounts.mandate (decided_by);
create index mandate_ended_by on accounts.mandate (ended_by);
create index mandate_waiting on accounts.mandate (requested_at) where state = 'requested';
