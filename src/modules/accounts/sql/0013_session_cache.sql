-- Processes keep for a moment what they read about a session. Whatever that depends on says that it changed; what changed is read again
-- in the tables, so the notification carries nothing. It goes out with the commit, and not at all when nothing was committed.
create function accounts.tell_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('accounts_changed', '');
  return null;
end $$;

-- Old sessions are swept away by the clock, and mostly there are none: nobody is to read everything again for that.
create function accounts.tell_gone() returns trigger language plpgsql as $$
begin
  if exists (select from gone) then
    perform pg_notify('accounts_changed', '');
  end if;
  return null;
end $$;

-- Not when a session is opened, which nobody can have read before, nor for the minute in which it was last seen.
create trigger session_changed after update of token_hash, account_id, surface, expires_at, proved_at on accounts.session
  for each statement execute function accounts.tell_changed();
create trigger session_gone after delete on accounts.session
  referencing old table as gone for each statement execute function accounts.tell_gone();
create trigger account_changed after update of email, name, left_at or delete on accounts.account
  for each statement execute function accounts.tell_changed();
create trigger assignment_changed after insert or update or delete on accounts.assignment
  for each statement execute function accounts.tell_changed();
create trigger custom_role_changed after insert or update or delete on accounts.custom_role
  for each statement execute function accounts.tell_changed();
create trigger mandate_changed after insert or update or delete on accounts.mandate
  for each statement execute function accounts.tell_changed();
create trigger preference_changed after insert or update or delete on accounts.preference
  for each statement execute function accounts.tell_changed();
