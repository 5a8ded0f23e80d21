-- Since when the account has had that by which its session was last proved; null: since the account is there. A doubted sign-in is not
-- settled by what was added after it.
alter table accounts.session add column proof_since timestamptz;

-- Since when the address before was the account's: whoever changes it twice and goes back has not gone back to the owner's.
alter table accounts.account add column email_before_set_at timestamptz;

-- Whether two people agreed to it when it was sent: a rule that is switched on afterwards holds for what is still under way.
alter table accounts.invitation add column by_two boolean not null default false;
