-- The account a question belongs to: of whoever asked while signed in, or brought its receipt to the account.
alter table support.question add column account_id uuid;
create index question_of_account on support.question (account_id, asked_at);
