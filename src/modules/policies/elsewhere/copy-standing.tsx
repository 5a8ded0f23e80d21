import { DiffView, Instant, Notice } from '#design';
import { policiesSentence } from '../refusals.ts';
import { type Budget, diffSentences } from '../text/diff-sentences.ts';
import type { CopyComparison, Difference } from '../watch/compare-copy.ts';
import type { WatchedCopy } from '../watch/read-copies.ts';
import { elsewhereText } from './elsewhere-text.ts';

type Part = { readonly copy: WatchedCopy; readonly language: string; readonly locale: string };

/** How the website's copy stands: where, since when, last looked at, and what differs. */
export function CopyStanding({ copy, language, locale }: Part) {
  const t = elsewhereText(locale);
  const { url, state, since, checkedAt, version, comparison, reason, finding } = copy;
  const number = version ?? 0;
  const sentence = state === 'unchecked' && checkedAt !== null ? (number === 0 ? 'no-version' : 'grace') : state;
  return (
    <>
      <p class="text">
        <a href={url} dir="ltr">
          {url}
        </a>
      </p>
      <Notice tone={finding === null ? (state === 'same' ? 'good' : 'plain') : 'bad'}>
        <p>
          <span class={`state ${finding === null ? '' : 'broken'}`}>
            {t.rich(`copy.${sentence}`, { since: <Instant at={since} />, number })}
          </span>{' '}
          {reason && policiesSentence(reason.refusal, reason.facts, locale)}{' '}
          {checkedAt && <span class="quiet">{t.rich('looked', { date: <Instant at={checkedAt} age /> })}</span>}
        </p>
        {state === 'unreachable' && comparison && <p>{t('copy.differed', { number })}</p>}
      </Notice>
      {comparison && <Differences comparison={comparison} language={language} locale={locale} />}
    </>
  );
}

/** Steps of word comparison for one page of evidence. */
const mostSteps = 400_000;
const mostCharacters = 200_000;

function Differences({ comparison, language, locale }: { comparison: CopyComparison; language: string; locale: string }) {
  const t = elsewhereText(locale);
  const { missing, reworded, added, shown } = comparison;
  const budget = { words: mostSteps, characters: mostCharacters };
  const clauses = shown.map(({ kind, ours, theirs }, n) => ({
    id: `difference-${n}`,
    heading: '',
    kind: ({ missing: 'deleted', reworded: 'changed', added: 'inserted' } as const)[kind],
    block: 'paragraph' as const,
    parts: partsOf({ kind, ours, theirs }, language, budget),
  }));
  const left = missing + reworded + added - shown.length;
  return (
    <details class="more" open={shown.length <= 6}>
      <summary>{t('differences', { missing, reworded, added })}</summary>
      <p class="hint">{t('differences.hint')}</p>
      <DiffView comparison={{ clauses, inserted: added, deleted: missing, changed: reworded }} />
      {left > 0 && <p class="quiet">{t('differences.left', { n: left })}</p>}
    </details>
  );
}

function partsOf({ kind, ours, theirs }: Difference, language: string, budget: Budget) {
  if (kind === 'reworded') return diffSentences(ours, theirs, language, budget).parts;
  return kind === 'missing' ? [{ kind: 'deleted' as const, text: ours }] : [{ kind: 'inserted' as const, text: theirs }];
}
