-- What a version says in another language. A mistake in it is mended by another edition; the newest counts, and the original binds.
-- Text, title and summary lie with their events in ledger.body and nowhere else.
create table policies.translation (
  document_id uuid not null references policies.document,
  number integer not null,
  language text not null,
  edition integer not null check (edition > 0),
  title text not null check (length(title) between 1 and 200),
  event_id uuid not null,
  summary_event_id uuid,
  published_at timestamptz not null,
  primary key (document_id, number, language, edition),
  foreign key (document_id, number) references policies.version (document_id, number)
);

-- One working text for each language of a document; revision is what two translators at once are told apart by.
create table policies.translation_draft (
  document_id uuid not null references policies.document,
  language text not null,
  title text not null,
  text text not null,
  summary text not null,
  revision integer not null,
  updated_at timestamptz not null,
  primary key (document_id, language)
);
