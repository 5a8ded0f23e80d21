import { address, Empty, EntryNumber, Instant, Table, type Column } from '#design';
import type { ComponentChildren } from 'preact';
import { trustText } from './trust-text.ts';

/** One entry of the public record in a list. */
export type EntryItem = {
  index: number;
  at: Temporal.Instant;
  /** What it states, as a sentence in the reader's language: `Version 4 of the privacy policy was published`. */
  statement: ComponentChildren;
  /** The text was withdrawn by law; the entry itself stays. */
  withheld: boolean;
};

/** Entries newest first, each linked to its page. */
export function EntryList({ entries, locale }: { entries: readonly EntryItem[]; locale: string }) {
  const t = trustText(locale);
  if (entries.length === 0) return <Empty title={t('entries.empty')}>{t('entries.empty.do')}</Empty>;
  const columns: readonly Column<EntryItem>[] = [
    {
      head: t('entries.number'),
      cell: ({ index }) => (
        <a href={address(locale, 'log', 'public', 'entry', index)}>
          <EntryNumber index={index} />
        </a>
      ),
    },
    {
      head: t('entries.says'),
      cell: ({ statement, withheld }) => (
        <>
          {statement}
          {withheld && <span class="state wait"> {t('entries.withheld')}</span>}
        </>
      ),
    },
    { head: t('entries.at'), cell: ({ at }) => <Instant at={at} /> },
  ];
  return <Table caption={t('entries')} quiet columns={columns} rows={entries} />;
}
