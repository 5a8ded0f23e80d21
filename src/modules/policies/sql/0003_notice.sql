-- For whom and where a version counts: an audience, and a jurisdiction (null: everywhere). What was published before counts for everyone.
alter table policies.version add column audience text not null default 'everyone' check (audience ~ '^[a-z]+(-[a-z]+)*$');
alter table policies.version add column jurisdiction text check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
-- Null: there was nothing before it, or it was published before classes were asked for.
alter table policies.version add column change_class text check (change_class in ('adverse', 'material', 'editorial'));
-- The rules, with their versions, that its notice was judged by.
alter table policies.version add column notice_rules text[] not null default '{}';
-- The statement of the legal basis on which its notice was shorter; its words lie in ledger.body.
alter table policies.version add column shortening_event_id uuid;

alter table policies.draft add column audience text not null default 'everyone';
alter table policies.draft add column jurisdiction text not null default '';
alter table policies.draft add column change_class text not null default '';
alter table policies.draft add column legal_basis text not null default '';

-- Which rules of notice a document follows, for an audience; what is chosen for everyone holds for each of them.
create table policies.notice_choice (
  document_id uuid not null references policies.document,
  audience text not null,
  rule text not null,
  primary key (document_id, audience, rule)
);

-- The end of a document without a successor. It ends what was published until then; a later version begins it anew.
create table policies.ending (
  document_id uuid not null references policies.document,
  last_version integer not null check (last_version > 0),
  recorded_at timestamptz not null,
  ends_at timestamptz not null,
  ends_zone text not null,
  event_id uuid not null,
  notice_rules text[] not null,
  shortening_event_id uuid,
  primary key (document_id, last_version),
  check (ends_at >= recorded_at)
);
