-- Of accounts.department; null: the whole organisation. Who may do what with a document is asked there.
alter table policies.document add column department_id uuid;
create index document_of_department on policies.document (department_id);
