import { dateSpans } from './dates.ts';
import { normalise } from './normalise.ts';

/** In the order in which they are named. All but `wording` and `return` leave what is said as it was. */
export const changeClasses = [
  'whitespace',
  'markup',
  'link-target',
  'punctuation',
  'date',
  'reorder',
  'return',
  'wording',
] as const;
export type EditClass = (typeof changeClasses)[number];

/** Each class once, in the order of `changeClasses`. */
export function sortClasses(found: Iterable<EditClass>): EditClass[] {
  const set = new Set(found);
  return changeClasses.filter((each) => set.has(each));
}

const address = /\b(?:https?:\/\/|www\.)[^\s<>|"')\]]+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\/[^\s<>|"')\]]*/gi;
// Marks that say something stay: "§ 5", "20 %", "-5", "1.5", "#3", a "✗" in a table. White space takes the place of the others,
// because "re-sign" without its hyphen would resign.
const saying = /(?<=\d)[.,:/](?=\d)|(?<![\p{L}\p{N}])-(?=\d)|[%§&#@]/gu;
const versionDate =
  /effective|updated|revised|modified|published|version|dated|posted|as of|\bstand\b|gültig|in kraft|aktualisiert|geändert|fassung/i;

/**
 * Why two sentences (or clauses, or table rows) differ, as narrowly as it can be said; empty when only what is not shown differs.
 * A date counts as `date` only where it is the text's own ("Effective …", "Stand: …"): moving a deadline is wording.
 */
export function classOf(before: string, after: string): EditClass[] {
  if (before === after) return [];
  const [old, now] = [normalise(before), normalise(after)];
  if (old === now) return [withoutSpace(before) === withoutSpace(after) ? 'whitespace' : typographic(before, after)];
  const [left, right] = [fold(old), fold(now)];
  if (left.rest !== right.rest) return ['wording'];
  if (left.dates !== right.dates && !(versionDate.test(old) && versionDate.test(now)) && left.rest.length > 40)
    return ['wording'];
  const found: EditClass[] = [];
  if (left.addresses !== right.addresses) found.push('link-target');
  if (left.dates !== right.dates) found.push('date');
  if (left.marks !== right.marks) found.push('punctuation');
  return found.length === 0 ? ['punctuation'] : found;
}

function typographic(before: string, after: string): EditClass {
  return marksOf(before) === marksOf(after) ? 'whitespace' : 'punctuation';
}

const marksOf = (text: string) => text.replace(/[\s\p{L}\p{N}\p{Cf}]/gu, '');

function withoutSpace(text: string): string {
  return text.replace(/[\s\u00AD\u200B-\u200D\u2060\uFEFF]/g, '');
}

function fold(text: string): { rest: string; addresses: string; dates: string; marks: string } {
  const addresses = (text.match(address) ?? []).join(' ');
  let rest = text.replace(address, ' @ ');
  const dates: string[] = [];
  for (const [from, to] of dateSpans(rest).toReversed()) {
    dates.unshift(rest.slice(from, to));
    rest = `${rest.slice(0, from)} @d ${rest.slice(to)}`;
  }
  const held: string[] = [];
  const words = rest
    .replace(saying, (mark) => {
      held.push(mark);
      return '\uE000';
    })
    .replace(/\p{P}/gu, ' ')
    .replace(/\uE000/g, () => held.shift() ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return { rest: words, addresses, dates: dates.join(' '), marks: rest.replace(/[\p{L}\p{N}\s]+/gu, ' ') };
}
