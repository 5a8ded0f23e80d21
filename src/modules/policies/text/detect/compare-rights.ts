import { type ChangedClause, type Finding } from './finding.ts';
import { type Spot, spotsIn } from './spot.ts';
import { patternOf } from './word-pattern.ts';

// Rights of Art. 12 to 22 GDPR, of consumers (withdrawal, refund, cancellation), and consent as a condition for the organisation.
const rights = {
  en: patternOf(
    'giu',
    String.raw`(?<!\b(?:we have|has|reserves?) the )\bright (?:of|to) (?:\p{L}+ (?:or|and) )?(?:access|know|erase`,
    String.raw`erasure|delet\w+|rectif\w+|correct\w*|object|restrict\w*|(?:data )?portab\w+|withdraw\w*|opt[- ]out`,
    String.raw`lodge|complain\w*|appeal|cancel\w*|terminate|refund)|\b(?:you|users?|customers?) (?:may|can|are able to`,
    String.raw`are entitled to) (?:also |always |at any time |choose to |request to )?(?:opt[- ]out|object|withdraw`,
    String.raw`cancel|request|appeal|revoke|unsubscribe|delete|erase|export|download|terminate|refuse|decline)`,
    String.raw`\b(?:with|without|after obtaining|obtain\w*|have|give[ns]?) (?:the |an? )?(?:your|their|express|explicit`,
    String.raw`prior|user['’]?s['’]?|customer['’]?s['’]?|owner['’]?s) (?:\p{L}+ ){0,2}?consent\b`,
    String.raw`\bconsent of the \p{L}+|\bopt[- ]out (?:of|from|by|at any)\b|(?<!no )(?<!non-)\brefunds?\b`,
  ),
  de: patternOf(
    'giu',
    String.raw`(?<!\p{L})Recht auf (?:\p{L}+ (?:und|oder) )?(?:Auskunft|Löschung|Berichtigung|Einschränkung|Widerspruch`,
    String.raw`Widerruf|Datenübertragbarkeit|Beschwerde|Kündigung|Erstattung)|(?<!\p{L})(?:Widerrufsrecht`,
    String.raw`Widerspruchsrecht|Auskunftsrecht|Beschwerderecht|Kündigungsrecht)|\b(?:Sie|Kunden|Nutzer) (?:können`,
    String.raw`dürfen)[^.]{0,60}?(?:widersprechen|widerrufen|kündigen|verlangen|löschen|abbestellen|ablehnen`,
    String.raw`zurücktreten|anfechten)|(?:mit|ohne|nur nach) (?:\p{L}+ ){0,3}?(?:Einwilligung|Zustimmung)`,
    String.raw`(?<!\p{L})(?:Rück)?[Ee]rstattung(?!\p{L})`,
  ),
} as const;
const waiver = {
  en: patternOf(
    'giu',
    String.raw`\bnon-?refundable\b|\bno refunds?\b|\b(?:you|customers?|users?)\b[^.;]{0,30}\b(?:waives?`,
    String.raw`relinquish(?:es)?|gives? up|forfeits?)\b`,
  ),
  de: /nicht (?:erstattungsfähig|erstattet)|keine (?:Rück)?[Ee]rstattung|\bSie[^.;]{0,60}?verzichte[nt]|Verzicht auf/giu,
} as const;

/** Rights of users that a changed sentence named and the other text does not; a waiver that came is a right that went. */
export function compareRights(clause: ChangedClause): Finding[] {
  const { language } = clause;
  return [
    ...onlyIn(clause, 'before', rights[language]).map((spot) => lost(spot, null)),
    ...onlyIn(clause, 'after', waiver[language]).map((spot) => lost(null, spot)),
  ];
}

const lost = (before: Spot | null, after: Spot | null): Finding => ({
  kind: 'right',
  before,
  after,
  direction: 'less',
  term: null,
});

function onlyIn(clause: ChangedClause, side: 'before' | 'after', pattern: RegExp): Spot[] {
  const other = side === 'after' ? 'before' : 'after';
  const known = new Set(spotsIn(clause[other], pattern, [0, clause[other].length]).map(key));
  return clause.pairs.flatMap((pair) => {
    const span = pair[side];
    if (!span) return [];
    return spotsIn(clause[side], pattern, span).filter((spot) => {
      if (known.has(key(spot))) return false;
      known.add(key(spot));
      // A sentence may go because another clause says the same.
      return (
        pair[other] !== null ||
        !clause.elsewhere.says(other, new RegExp(spot.text.replace(/[^\p{L}\p{N}]+/gu, '[^\\p{L}\\p{N}]+'), 'iu'))
      );
    });
  });
}

const key = ({ text }: Spot) => text.toLowerCase().replace(/[^\p{L}]+/gu, ' ');
