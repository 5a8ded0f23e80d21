import { dateSpans } from '../dates.ts';
import { type ChangedClause, type Finding } from './finding.ts';
import { type Spot, spotOf } from './spot.ts';
import { patternOf } from './word-pattern.ts';

// German has no row for "will": "wird" and "werden" make the passive far more often than a promise.
// The scale of RFC 2119 with "will" between its "should" and "must", because a promise of the organisation binds it but names no
// duty; a "not" turns each round. Drafting manuals treat shall and must as one (US Federal Plain Language Guidelines, III.a.4).
const table = {
  en: [
    [
      4,
      patternOf(
        'giu',
        String.raw`\b(?:must|shall|(?<=you |we |they |users? |customers? |part(?:y|ies) |owners? )(?:is|are) (?:required`,
        String.raw`obliged|obligated) to|ha(?:ve|s) to|(?<=you |users? |customers? )needs? to)\b`,
      ),
    ],
    [3, /\b(?:will|won['’]t)\b(?!\s+of\b)|['’]ll\b/giu],
    [2, /\b(?:should|ought to)\b/giu],
    [1, /\b(?:may|can|cannot|can['’]t|could|might)\b/giu],
    [0, /\b(?:not|never|no longer|neither|nor)\b(?! only\b)|n['’]t\b|\bcannot\b/giu],
  ],
  de: [
    [
      4,
      patternOf(
        'giu',
        String.raw`(?<!\p{L})(?:muss|müssen|musst|müsst|hat zu|haben zu|(?:ist|sind) verpflichtet|verpflichtet sich`,
        String.raw`verpflichten uns)(?!\p{L})`,
      ),
    ],
    [2, /(?<!\p{L})(?:soll|sollen|sollte|sollten)(?!\p{L})/giu],
    [1, /(?<!\p{L})(?:darf|dürfen|kann|können|könnte|könnten|(?:ist|sind) berechtigt)(?!\p{L})/giu],
    [0, /(?<!\p{L})(?:nicht|nie|niemals|kein(?:e|en|em|er|es)?|keinesfalls|weder)(?!\p{L})(?! nur)/giu],
  ],
} as const;

type Modal = Spot & { readonly strength: number };

// "We do not sell …", "Wir verkaufen … nicht": a no of the organisation about itself.
const byUs = {
  en: /(?<!\p{L})we (?:\p{L}+ ){0,2}?(?:not|never|no longer)(?!\p{L})|(?<!\p{L})we (?:do|wo|ca|would|could)n['’]t/iu,
  de: /(?<!\p{L})wir [^.;]{0,80}?(?<!\p{L})(?:nicht|nie|niemals|kein(?:e|en|em|er|es)?)(?!\p{L})/iu,
} as const;

/**
 * Clauses that bind more or less than before, or say no where they said yes. Compared by the clause, because a sentence may be cut
 * in two. Of a sentence that came or went alone, a "not" counts only where the organisation speaks of itself ("We do not sell …"),
 * and other words only where the rest of the clause stays: else it says something new, not more or less of the same.
 */
export function compareModality({ before, after, pairs, language }: ChangedClause): Finding[] {
  const stays = pairs.some((pair) => pair.before && pair.after);
  const modals = (side: 'before' | 'after', text: string) =>
    pairs.flatMap((pair) => {
      const span = pair[side];
      if (!span) return [];
      const isOurs = byUs[language].test(text.slice(...span));
      const isPaired = pair.before !== null && pair.after !== null;
      return modalsIn(text, span, language).map((modal) => ({
        ...modal,
        counts: isPaired || (modal.strength === 0 ? isOurs : stays),
      }));
    });
  const old = modals('before', before);
  const now = modals('after', after);
  const gone = without(old, now).filter(({ counts }) => counts);
  const come = without(now, old).filter(({ counts }) => counts);
  const sameNots = count(gone) === count(come);
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => {
    const was = gone[index];
    const is = come[index];
    const compared = sameNots && was && is && was.strength !== is.strength;
    const direction = compared ? (is.strength > was.strength ? ('more' as const) : ('less' as const)) : null;
    return { kind: 'modality', before: was ? plain(was) : null, after: is ? plain(is) : null, direction, term: null };
  });
}

const plain = ({ from, to, text }: Spot): Spot => ({ from, to, text });
const count = (list: readonly Modal[]) => list.filter(({ strength }) => strength === 0).length;

function modalsIn(text: string, [from, to]: readonly [number, number], language: 'en' | 'de'): Modal[] {
  const sentence = text.slice(from, to);
  // "may" the verb is not "May" the month.
  const dates = dateSpans(sentence);
  const found = table[language].flatMap(([strength, pattern]) =>
    Array.from(sentence.matchAll(pattern), ({ 0: word, index }) => ({
      ...spotOf(text, from + index, from + index + word.length),
      strength,
    })).filter(({ from: at }) => !dates.some((date) => date[0] <= at - from && at - from < date[1])),
  );
  return found.toSorted((a, b) => a.from - b.from);
}

/** What one side has more of, strength by strength. */
function without<Each extends Modal>(list: readonly Each[], other: readonly Modal[]): Each[] {
  const left = new Map<number, number>();
  for (const { strength } of other) left.set(strength, (left.get(strength) ?? 0) + 1);
  return list.filter(({ strength }) => {
    const rest = left.get(strength) ?? 0;
    left.set(strength, rest - 1);
    return rest <= 0;
  });
}
