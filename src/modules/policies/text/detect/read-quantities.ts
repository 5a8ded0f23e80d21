import { dateSpans } from '../dates.ts';
import type { Spot } from './spot.ts';
import { agePattern, countsNothing, foreverPatterns, numberWords, quantityPatterns } from './quantity-patterns.ts';

export type Quantity = Spot & {
  readonly kind: 'number' | 'duration' | 'money' | 'age';
  /** Comparable among quantities of one kind and unit: seconds for durations, the amount for the others. */
  readonly value: number;
  /** Currency, "%", "working" for working days, else ''. */
  readonly unit: string;
};

type Groups = Readonly<Record<string, string | undefined>>;

/** Every quantity in a text, in order. A number inside a date, a reference or an address counts nothing and is left out. */
export function readQuantities(text: string, language: 'en' | 'de'): Quantity[] {
  const patterns = quantityPatterns[language];
  const found = Array.from(text.matchAll(foreverPatterns[language]), (match) =>
    quantityOf(match, 'duration', Number.POSITIVE_INFINITY, ''),
  );
  if (!patterns.any.test(text)) return found;
  let rest = text;
  const blank = (from: number, to: number) => (rest = rest.slice(0, from) + '\0'.repeat(to - from) + rest.slice(to));
  if (/\d|factor/.test(text)) {
    for (const [from, to] of dateSpans(text)) blank(from, to);
    for (const match of rest.matchAll(countsNothing)) blank(match.index, match.index + match[0].length);
  }
  // Most telling first: what one has taken, the next does not see.
  for (const kind of ['age', 'money', 'duration', 'number'] as const) {
    if (kind === 'age' && !agePattern.test(text)) continue;
    for (const match of rest.matchAll(patterns[kind])) {
      const groups: Groups = match.groups ?? {};
      const value = valueOf(groups['amount'] ?? '', language) * scaleOf(groups['scale']) * secondsOf(groups['unit']);
      // "one" and "ein" are mostly articles.
      if (Number.isNaN(value) || (kind === 'number' && /^(?:one|ein\p{L}*)$/iu.test(groups['amount'] ?? ''))) continue;
      blank(match.index, match.index + match[0].length);
      found.push(quantityOf(match, kind, value, unitOf(groups)));
    }
  }
  return found.toSorted((a, b) => a.from - b.from);
}

function quantityOf({ 0: text, index = 0 }: RegExpMatchArray, kind: Quantity['kind'], value: number, unit: string): Quantity {
  const trimmed = (text.includes('(') ? text : text.replace(/\)$/, '')).trimEnd();
  return { kind, value, unit, from: index, to: index + trimmed.length, text: trimmed };
}

function valueOf(written: string, language: 'en' | 'de'): number {
  const word = numberWords[language].get(written.toLowerCase());
  if (word !== undefined) return word;
  const parts = written.replace(/['’\u00A0\u202F]/g, '').split(/[.,]/);
  const last = parts.at(-1) ?? '';
  // Which mark is the decimal one differs among writers of one language; three digits behind a mark are thousands with all.
  return parts.length > 1 && last.length !== 3 ? Number(`${parts.slice(0, -1).join('')}.${last}`) : Number(parts.join(''));
}

function scaleOf(word = ''): number {
  const lower = word.toLowerCase();
  if (lower === '') return 1;
  if (lower.startsWith('t')) return 1e3;
  return lower === 'billion' || lower.startsWith('milliard') || lower.startsWith('mrd') ? 1e9 : 1e6;
}

// A calendar month counts a twelfth of 365.25 days, so that a year is twelve of them.
const day = 86_400;
const lengths: readonly (readonly [RegExp, number])[] = [
  [/^se[ck]/i, 1],
  [/^minute/i, 60],
  [/^(?:hour|stunde)/i, 3600],
  [/(?:day|tag)/i, day],
  [/^(?:week|woche)/i, 7 * day],
  [/^mon/i, 30.4375 * day],
  [/^quart/i, 91.3125 * day],
  [/^(?:year|jahr)/i, 365.25 * day],
];

function secondsOf(unit: string | undefined): number {
  return unit === undefined ? 1 : (lengths.find(([pattern]) => pattern.test(unit))?.[1] ?? Number.NaN);
}

const symbols: Readonly<Record<string, string>> = {
  $: 'USD',
  us$: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  pounds: 'GBP',
  pfund: 'GBP',
  '¥': 'JPY',
  franken: 'CHF',
};

function unitOf({ currency, percent, qualifier = '', unit = '' }: Groups): string {
  if (currency !== undefined) return symbols[currency.toLowerCase()] ?? currency.toUpperCase();
  if (percent !== undefined) return '%';
  return /business|working/i.test(qualifier) || /^(?:werk|arbeits|bank)/i.test(unit) ? 'working' : '';
}
