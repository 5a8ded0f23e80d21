import { type ChangedClause, type Finding } from './finding.ts';
import { type Spot, spotOf, spotsIn } from './spot.ts';
import { patternOf } from './word-pattern.ts';

// Art. 13(1)(e) GDPR wants recipients or their kinds told; a list of them is found by the heading it stands under.
const listHeading = patternOf(
  'iu',
  String.raw`sub-?processors?|recipients?|third[- ]part(?:y|ies)|vendors?|service providers?|partners|affiliates`,
  String.raw`empfänger|auftragsverarbeiter|dienstleister|drittanbieter`,
);
const kinds = {
  en: patternOf(
    'giu',
    String.raw`\b(?:affiliates?|subsidiar(?:y|ies)|parent company|partners?|resellers?|distributors?|advertisers?`,
    String.raw`ad(?:vertising)? networks?|data brokers?|service providers?|vendors?|contractors?|sub-?processors?`,
    String.raw`third[- ]part(?:y|ies)|law enforcement|(?:public |competent )?authorit(?:y|ies)|government agenc(?:y`,
    String.raw`ies)|regulators?|credit (?:bureaus?|agenc(?:y|ies))|insurers?|employers?|researchers?|universit(?:y|ies)`,
    String.raw`social (?:media|networks?)|payment processors?|auditors?|acquirers?|publishers?|sponsors?)\b`,
  ),
  de: patternOf(
    'giu',
    String.raw`(?<!\p{L})(?:verbundene[nr]? Unternehmen|Tochter(?:gesellschaft|unternehmen)(?:en)?`,
    String.raw`Mutter(?:gesellschaft|konzern)|Partner\p{L}*|Werbe(?:partner|treibende|netzwerke?)n?|Datenhändlern?`,
    String.raw`Dienstleistern?|Auftragsverarbeitern?|Dritten?|Behörden?|Strafverfolgungsbehörden|Auskunfteien?`,
    String.raw`Versicher(?:er|ern|ungen)|Arbeitgebern?|Forschungs(?:einrichtungen|institute[n]?)|Universitäten`,
    String.raw`Zahlungsdienstleistern?|soziale[nr]? Netzwerken?)(?!\p{L})`,
  ),
} as const;
const giving = {
  en: patternOf(
    'iu',
    String.raw`\b(?:shar(?:e|es|ed|ing)|disclos\w+|transfer\w*|transmit\w*|sell|sells|sold|rent(?:s|ed)?|provid\w+`,
    String.raw`giv(?:e|es|en|ing)|permit\w*|allow\w*|available to|pass(?:es|ed)? (?:on|to)|send|sends|sent|forward\w*`,
    String.raw`access)\b`,
  ),
  de: patternOf(
    'iu',
    String.raw`(?:weitergeb|weitergegeben|geben\b.{0,80}\bweiter|übermitt|offenleg|offengelegt|verkauf|bereitgestellt`,
    String.raw`bereitstell|zugänglich|Zugriff|teilen|geteilt)`,
  ),
} as const;

/** Rows and items of a list of recipients that came, went or got another name, and new kinds of recipient in sentences of giving. */
export function compareRecipients(clause: ChangedClause): Finding[] {
  const { block, context } = clause;
  if (listHeading.test(context) && (block === 'table-row' || block === 'list-item')) return listed(clause);
  return (['after', 'before'] as const).flatMap((side) => mentioned(clause, side));
}

function listed({ before, after, block, elsewhere }: ChangedClause): Finding[] {
  const was = nameOf(before, block);
  const is = nameOf(after, block);
  if ((!was && !is) || (was && is && bare(was) === bare(is))) return [];
  // The same company under a name turned round, or in another row, is no other recipient.
  if (is && !was && elsewhere.says('before', listedAs(is))) return [];
  if (was && !is && elsewhere.says('after', listedAs(was))) return [];
  return [{ kind: 'recipient', before: was, after: is, direction: was && is ? null : is ? 'more' : 'less', term: null }];
}

/** A legal form that came or went, or words in another order, make no other company. */
const bare = ({ text }: Spot) =>
  text
    .toLowerCase()
    .replace(
      /(?<!\p{L})(?:inc|llc|ltd|limited|corp|corporation|pbc|plc|gmbh|ag|se|kg|bv|nv|ulc|pty|co|s\.?a|s\.?r\.?l)(?!\p{L})/gu,
      '',
    )
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .toSorted()
    .join(' ');

/** A line that begins with all words of the name, in any order. */
function listedAs(name: Spot): RegExp {
  const words = name.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new RegExp(`^${words.map((word) => `(?=[^|:\\n]{0,80}?(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}]))`).join('')}`, 'imu');
}

/** The first cell of a row; of an item what stands before its colon, or all of a short one. */
function nameOf(text: string, block: ChangedClause['block']): Spot | null {
  const name = block === 'table-row' ? (text.split(' | ')[0] ?? '') : (/^[^:]{2,60}(?=:)/u.exec(text)?.[0] ?? text);
  return name === '' || listHeading.test(name) || name.split(' ').length > 8 ? null : spotOf(text, 0, name.length);
}

function mentioned(clause: ChangedClause, side: 'before' | 'after'): Finding[] {
  const { pairs, language, elsewhere } = clause;
  const other = side === 'after' ? 'before' : 'after';
  const known = new Set(spotsIn(clause[other], kinds[language], [0, clause[other].length]).map(stem));
  const found: Finding[] = [];
  for (const pair of pairs) {
    const span = pair[side];
    if (!span || !giving[language].test(clause[side].slice(...span))) continue;
    for (const spot of spotsIn(clause[side], kinds[language], span)) {
      const key = stem(spot);
      if (
        known.has(key) ||
        (pair[other] === null && elsewhere.says(other, new RegExp(`(?<!\\p{L})${key.replace(/[^\p{L} -]/gu, '.')}`, 'iu')))
      )
        continue;
      known.add(key);
      found.push({
        kind: 'recipient',
        before: side === 'before' ? spot : null,
        after: side === 'after' ? spot : null,
        direction: side === 'after' ? 'more' : 'less',
        term: null,
      });
    }
  }
  return found;
}

/** Singular and plural, and the German cases, are one kind. */
function stem({ text }: Spot): string {
  return text.toLowerCase().replace(/(?:ies|y|es|s|en|n|e)$/u, '');
}
