import type { Span } from '../align-sequences.ts';
import { type ChangedClause, type Finding, type FindingKind } from './finding.ts';
import { spotOf } from './spot.ts';
import { type Quantity, readQuantities } from './read-quantities.ts';
import { stemPattern, wordPattern } from './word-pattern.ts';

// How long data are kept is what Art. 13(2)(a) GDPR wants told; a period near one of these words is one.
const keeping = {
  en: new RegExp(
    wordPattern(
      'retain\\w*|retention|keep|keeps|kept|stor(?:e|es|ed|age|ing)|delet\\w+|eras(?:e|es|ed|ure|ing)|remov(?:e|ed|al|ing)',
      'preserv\\w+|archiv\\w+|purg\\w+|expir\\w+',
    ),
    'iu',
  ),
  de: stemPattern('aufbewahr|speicher|gespeichert|lösch|gelöscht|vorgehalten|vernichte|archivier|verfällt|ablauf'),
} as const;

type Named = Quantity & { readonly name: FindingKind };

/**
 * Numbers, durations, amounts of money and ages that a clause names in a changed sentence and did not name before, or no longer
 * names; a duration beside a word of keeping or deleting is a retention. One that went and one that came of the same kind, in
 * order, are one finding.
 */
export function compareQuantities({ before, after, pairs, language }: ChangedClause): Finding[] {
  const old = readQuantities(before, language);
  const now = readQuantities(after, language);
  if (old.length === 0 && now.length === 0) return [];
  const spansOf = (side: 'before' | 'after') => pairs.flatMap((pair) => (pair[side] === null ? [] : [pair[side]]));
  const gone = named(differing(old, now), before, spansOf('before'), language);
  const come = named(differing(now, old), after, spansOf('after'), language);
  return (['age', 'money', 'duration', 'number'] as const).flatMap((kind) => {
    const left = gone.filter((quantity) => quantity.kind === kind);
    const right = come.filter((quantity) => quantity.kind === kind);
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
      findingOf(left[index], right[index], before, after),
    );
  });
}

function findingOf(was: Named | undefined, is: Named | undefined, before: string, after: string): Finding {
  return {
    kind: (is ?? was)?.name ?? 'number',
    before: was ? spotOf(before, was.from, was.to) : null,
    after: is ? spotOf(after, is.from, is.to) : null,
    direction: was && is ? directionOf(was, is) : null,
    term: null,
  };
}

/** What stands nowhere in the whole other clause: a period that is only said again is none that changed. */
function differing(list: readonly Quantity[], other: readonly Quantity[]): Quantity[] {
  const known = new Set(other.map(identity));
  return list.filter((quantity) => !known.has(identity(quantity)));
}

const identity = ({ kind, value, unit }: Quantity) => `${kind} ${value} ${unit}`;

/** Those in changed sentences, under the name they get there. */
function named(list: readonly Quantity[], text: string, spans: readonly Span[], language: 'en' | 'de'): Named[] {
  return list.flatMap((quantity) => {
    const span = spans.find(([from, to]) => from <= quantity.from && quantity.from < to);
    if (!span) return [];
    const isKept = quantity.kind === 'duration' && keeping[language].test(text.slice(...span));
    // Nobody keeps anything in "modify or discontinue, temporarily or permanently".
    if (quantity.value === Number.POSITIVE_INFINITY && !isKept) return [];
    return [{ ...quantity, name: isKept ? 'retention' : quantity.kind }];
  });
}

function directionOf(was: Quantity, is: Quantity): Finding['direction'] {
  if (was.value === is.value || (was.unit !== is.unit && was.kind !== 'duration')) return null;
  const grew = is.value > was.value;
  return was.kind === 'duration' ? (grew ? 'longer' : 'shorter') : grew ? 'more' : 'less';
}
