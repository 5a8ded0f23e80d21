import { EntryNumber, Instant, Table } from '#design';
import { supportPortalText } from './portal-text.ts';

/** One event of the person's own ledger. */
export type RecordedEvent = {
  /** Its number among the person's own events, from 1. */
  n: number;
  type: string;
  at: Temporal.Instant;
  /** Index in the private log; `null` until the next batch is signed. */
  entry: number | null;
};

const known = ['question.asked', 'question.answered', 'question.shown-to-everyone', 'person.erased'] as const;

/** What was recorded about the holder of this receipt, in order: none can be left out, since each commits to the one before. */
export function RecordedEvents({ recorded, locale }: { recorded: readonly RecordedEvent[]; locale: string }) {
  const t = supportPortalText(locale);
  return (
    <section class="section">
      <Table
        caption={t('recorded')}
        rows={recorded}
        columns={[
          { head: t('recorded.what'), cell: ({ n, type }) => t('recorded.row', { n, what: sentence(type, locale) }) },
          { head: t('recorded.when'), cell: ({ at }) => <Instant at={at} /> },
          {
            head: t('recorded.entry'),
            cell: ({ entry }) =>
              entry === null ? <span class="quiet">{t('recorded.pending')}</span> : <EntryNumber index={entry} />,
          },
        ]}
      />
      <p class="note more text">{t('recorded.note')}</p>
    </section>
  );
}

function sentence(type: string, locale: string): string {
  const name = known.find((candidate) => candidate === type);
  return name ? supportPortalText(locale)(`event.${name}`) : type;
}
