-- Heirs end what a dead person left, and agents are sent to have things erased: a mandate can name it, and one that does not allows it not.
alter table accounts.mandate drop constraint mandate_scope_check;
alter table accounts.mandate add constraint mandate_scope_check
  check (cardinality(scope) > 0 and scope <@ array['self:read', 'self:manage', 'self:erase']);
