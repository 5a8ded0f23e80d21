import { splitClauses } from './clauses.ts';

export type ReadingGrade = {
  /** School years that the text asks for, rounded to a tenth. */
  grade: number;
  formula: 'flesch-kincaid' | 'wiener-sachtextformel-1';
  words: number;
  sentences: number;
};

/**
 * Syllables of single words scatter so much (some 0.9 about the mean) that with fewer words than this the grade of one text would
 * move by more than one and a half years from one sample to the next.
 */
const fewestWords = 50;
/** A grade is a mean: 5 MB more would not change it, and would cost a second. */
const longestRead = 400_000;

/**
 * How hard a text is to read, as a school year; null for other languages than English and German and for texts of fewer than 50
 * words. Headings, tables and code are left out; a list item ends a sentence.
 *
 * English: Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75, Chief of Naval
 * Technical Training): 0.39 words per sentence + 11.8 syllables per word − 15.59. Not SMOG, which wants thirty sentences, more than
 * a summary has. German: first Wiener Sachtextformel (Bamberger and Vanecek 1984, Lesen – Verstehen – Lernen – Schreiben):
 * 0.1935 MS + 0.1672 SL + 0.1297 IW − 0.0327 ES − 0.875.
 *
 * Syllables are counted by groups of vowels, with rules for silent endings: right for about nine English words of ten and nearly
 * all German ones. Neither formula knows whether a word is known or a sentence clear.
 */
export function readingGrade(source: string, language: string): ReadingGrade | null {
  const isGerman = /^de\b/i.test(language);
  if (!isGerman && !/^en\b/i.test(language)) return null;
  const prose = splitClauses(source.slice(0, longestRead)).filter(
    ({ block }) => block !== 'heading' && block !== 'table-row' && block !== 'code',
  );
  let sentences = 0;
  const words = prose.flatMap(({ text }) => {
    const bare = text.replace(/\b(?:https?:\/\/|www\.)\S+/gi, '');
    const found = bare.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
    // A sentence ends where a mark is followed by a capital; "e.g. this" and "Art. 6" do not end one.
    if (found.length > 0) sentences += 1 + [...bare.matchAll(/\p{L}{2,}["”“)']*[.!?]["”“)']*\s+(?=["“„(]*\p{Lu})/gu)].length;
    return found;
  });
  if (words.length < fewestWords) return null;
  const syllables = words.map(isGerman ? germanSyllables : englishSyllables);
  const share = (count: number) => (100 * count) / words.length;
  const perSentence = words.length / sentences;
  const grade = isGerman
    ? 0.1935 * share(syllables.filter((count) => count >= 3).length) +
      0.1672 * perSentence +
      0.1297 * share(words.filter((word) => word.length > 6).length) -
      0.0327 * share(syllables.filter((count) => count === 1).length) -
      0.875
    : 0.39 * perSentence + (11.8 * syllables.reduce((sum, count) => sum + count, 0)) / words.length - 15.59;
  const formula = isGerman ? 'wiener-sachtextformel-1' : 'flesch-kincaid';
  return { grade: Math.max(0, Math.round(grade * 10) / 10), formula, words: words.length, sentences };
}

function englishSyllables(word: string): number {
  const bare = word
    .toLowerCase()
    .replace(/['’](?:s|t|re|ve|ll|d|m)?$/, '')
    .replace(/[^a-z]/g, '');
  if (bare.length <= 3) return 1;
  const stem = bare.replace(/(?:[^laeiouy]es|[^aeiouydt]ed|[^laeiouy]e)$/, (end) => end[0] ?? '').replace(/^y/, '');
  const groups = stem.match(/[aeiouy]+/g)?.length ?? 0;
  // Two vowels that are spoken apart: "various", "create", "science", "being".
  const apart = stem.match(/ia(?!l$|n$)|io(?!n)|iu|eo|ua(?!r)|ie(?=n)|[aeiou]ing|creat/g)?.length ?? 0;
  return Math.max(1, groups + apart);
}

function germanSyllables(word: string): number {
  return Math.max(1, word.toLowerCase().match(/aa|ee|oo|ie|ei|ai|eu|äu|au|[aeiouyäöü]/gu)?.length ?? 1);
}
