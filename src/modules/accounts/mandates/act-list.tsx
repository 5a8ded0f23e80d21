import { Instant } from '#design';
import { preferenceNames } from '../self/preferences.ts';
import { selfText } from '../self/self-text.ts';
import type { MandateAct } from './acts-under.ts';
import { mandatesText } from './mandates-text.ts';

const sentences = {
  'user.mandate-ended': 'act.ended',
  'user.question-asked': 'act.question-asked',
  'user.question-kept': 'act.question-kept',
  'user.question-erased': 'act.question-erased',
  'user.acceptance-decided': 'act.acceptance-decided',
} as const;
const looks = ['questions', 'settings', 'data', 'download', 'acceptances'] as const;

/** What a delegate did, in the words in which both people read it. */
export function actSentence({ type, what }: MandateAct, locale: string): string {
  const t = mandatesText(locale);
  const look = looks.find((each) => each === what);
  if (type === 'user.looked-at' && look) return t(`act.looked-at.${look}`);
  const preference = preferenceNames.find((name) => name === what);
  const setting = preference ? selfText(locale)(`name.${preference}`) : '';
  if (type === 'user.preference-chosen') return t('act.chosen', { setting });
  if (type === 'user.preference-withdrawn') return t('act.withdrawn', { setting });
  const known = Object.entries(sentences).find(([name]) => name === type);
  // A type that another module made up since then: said as it stands in the record, rather than left out.
  return known ? t(known[1]) : type;
}

export function ActList({ acts, locale }: { acts: readonly MandateAct[]; locale: string }) {
  return (
    <ul>
      {acts.map((act) => (
        <li>
          {actSentence(act, locale)}{' '}
          <span class="quiet">
            <Instant at={act.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
