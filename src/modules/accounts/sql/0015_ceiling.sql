-- Whether what is agreed to gives somebody access; what it takes then depends on what is given, so the permission does not tell.
alter table accounts.approval add column gives boolean not null default false;
update accounts.approval set gives = true where permission = 'accounts:manage' and title <> '';

-- Who made it, so that it can be ended with them. Of those that are there already nobody knows.
alter table accounts.webhook add column made_by uuid references accounts.account on delete set null;
create index webhook_made_by on accounts.webhook (made_by);

-- What whoever doubts a sign-in looks through: since when codes and address are what they are, and the address before.
alter table accounts.recovery_code add column made_at timestamptz;
alter table accounts.account add column email_set_at timestamptz;
alter table accounts.account add column email_before text;
-- Set when the person has looked at everything, or somebody else has closed the report.
alter table accounts.dispute add column settled_at timestamptz;
update accounts.dispute set settled_at = closed_at;
update accounts.dispute as dispute set settled_at = dispute.at from accounts.account as account
  where account.id = dispute.account_id and account.doubted_at is null and dispute.settled_at is null;

-- A fresh proof by a letter: it belongs to one session, opens no other, and leads back to where it was asked for.
alter table accounts.link add column session_id uuid references accounts.session on delete cascade;
alter table accounts.link add column return_to text;
create index link_of_session on accounts.link (session_id);
alter table accounts.link drop constraint link_purpose_check;
alter table accounts.link drop constraint link_check;
alter table accounts.link drop constraint link_check1;
alter table accounts.link add constraint link_purpose check (purpose in ('sign-in', 'confirm-address', 'prove'));
alter table accounts.link add constraint link_of_browser_or_account check (
  (purpose = 'sign-in') = (browser_hash is not null) and (purpose = 'sign-in') = (account_id is null));
alter table accounts.link add constraint link_proves_a_session check (
  (purpose = 'prove') = (session_id is not null) and (purpose = 'prove') = (return_to is not null));
