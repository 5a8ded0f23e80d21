import { type TermKind, termsIn, type TermSpot } from './data-terms.ts';
import type { ChangedClause, Finding } from './finding.ts';
import { stemPattern } from './word-pattern.ts';

// A category or purpose counts where data are handled: in a sentence with such a word, or in a list or table, which has no verb.
const handling = {
  en: stemPattern(
    String.raw`\b(?:collect|gather|process|record|obtain|receiv|captur|track|disclos|provid|retain|analy[sz])`,
    String.raw`\b(?:stor(?:e|es|ed|ing)|shar(?:e|es|ed|ing)|access(?:es|ed|ing)?|right to|information (?:about|such as))\b`,
    String.raw`\bus(?:e|es|ed|ing) (?:of )?(?:your|the|this|that|it|such|personal|data|information|customer)\b`,
  ),
  de: stemPattern(
    'erheb|verarbeit|speicher|erfass|nutz|verwend|empfang|erhalten|weitergeb|weitergegeben|übermitt|offenleg|auswert|analysier|Zweck',
  ),
} as const;
// What people may do with data of their own is no use by the organisation.
const byYou = {
  en: stemPattern(
    String.raw`^by (?:using|accessing)\b`,
    String.raw`^(?:if |when |by )?(?:you|users?)\b(?! (?:agree|consent|grant|authori[sz]e|provide|give|allow))`,
  ),
  de: stemPattern(String.raw`^(?:wenn |falls )?(?:Sie|Nutzer)\b(?! (?:stimmen|willigen|erlauben|gestatten))`),
} as const;

// "We do not use your data for advertising" names a purpose that is not one.
const negated = {
  en: stemPattern(String.raw`(?:\b(?:not|never|no longer|neither|nor|without)\b|n['’]t\b)[^.;]*$`),
  de: stemPattern(String.raw`(?<!\p{L})(?:nicht|nie|niemals|kein(?:e|en|em|er|es)?|ohne)(?!\p{L})[^.;]*$`),
} as const;

/**
 * Categories of data and purposes that came or went. In a sentence that stays, they are compared with its clause; a whole clause
 * or sentence that came or went only counts when the rest of the text does not name them.
 */
export function compareTerms(clause: ChangedClause): Finding[] {
  return (['category', 'purpose'] as const).flatMap((kind) => [
    ...onlyIn('after', kind, clause),
    ...onlyIn('before', kind, clause),
  ]);
}

/** German says no behind the object as well: "Wir nutzen Ihre Daten für Werbung nicht." */
function affirmed(text: string, kind: TermKind, language: 'en' | 'de'): TermSpot[] {
  return termsIn(text, kind, language).filter(({ from, to }) => {
    if (negated[language].test(text.slice(Math.max(0, from - 200), from))) return false;
    return language === 'en' || !/^[^.;,]{0,60}(?<!\p{L})nicht(?!\p{L})/iu.test(text.slice(to, to + 80));
  });
}

function onlyIn(side: 'before' | 'after', kind: TermKind, clause: ChangedClause): Finding[] {
  const { pairs, language, block, elsewhere } = clause;
  const other = side === 'after' ? 'before' : 'after';
  const spots = affirmed(clause[side], kind, language);
  if (spots.length === 0) return [];
  const known = new Set(affirmed(clause[other], kind, language).map(({ key }) => key));
  const isListed = block === 'table-row' || block === 'list-item';
  const found: Finding[] = [];
  for (const { key, ...spot } of spots) {
    const pair = pairs.find((each) => each[side] && each[side][0] <= spot.from && spot.from < each[side][1]);
    if (known.has(key) || !pair?.[side]) continue;
    const sentence = clause[side].slice(...pair[side]);
    if (byYou[language].test(sentence) || (!isListed && !handling[language].test(sentence))) continue;
    if (pair[other] === null && (elsewhere.names(other, kind, key) || !elsewhere.isFirst(side, kind, key))) continue;
    known.add(key);
    const isNew = side === 'after';
    found.push({ kind, before: isNew ? null : spot, after: isNew ? spot : null, direction: isNew ? 'more' : 'less', term: key });
  }
  return found;
}
