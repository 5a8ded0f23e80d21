import { type ChangedClause, type Finding, type FindingKind } from './finding.ts';
import { spotsIn } from './spot.ts';
import { patternOf } from './word-pattern.ts';

// Clauses on the lists of terms that are unfair or must be looked at: annex (b), (q) of Directive 93/13/EEC and sections 307 to 309
// of the German civil code (liability, burden of going to court), Art. 6 Rome I and Art. 17 to 19 Brussels I bis (law, venue).
// Any change of wording in such a sentence is shown, because one word in it decides.
const terms: readonly (readonly [kind: FindingKind, en: RegExp, de: RegExp])[] = [
  [
    'venue',
    patternOf(
      'gu',
      String.raw`\b(?:arbitrat\w+|class[- ]actions?|jury trials?|trial by jury|mediation|small claims`,
      String.raw`(?:exclusive )?jurisdiction of (?:the|any)|exclusive jurisdiction`,
      String.raw`submit to (?:the )?(?:personal )?jurisdiction|courts? (?:located|sitting|of competent jurisdiction|in`,
      String.raw`of (?:the )?[A-Z]\w+)|brought (?:only |solely |exclusively )?in|venue|forum non conveniens`,
      String.raw`dispute resolution)\b`,
    ),
    patternOf(
      'gu',
      String.raw`(?:Schieds(?:gericht|verfahren|stelle)\p{L}*|Schlichtung\p{L}*|Gerichtsst(?:and|ände)\p{L}*`,
      String.raw`Sammelklagen?|Streitbeilegung\p{L}*|Verbraucherschlichtung\p{L}*|zuständige[sn]? Gericht\p{L}*)`,
    ),
  ],
  [
    'liability',
    patternOf(
      'giu',
      String.raw`\b(?:liab(?:le|ility|ilities)|(?:consequential|exemplary|punitive|incidental|indirect) damages`,
      String.raw`damages (?:for|of|arising)|indemnif\w+|indemnity|hold (?:us |\p{Lu}\p{L}+ )?harmless|as[- ]is)\b`,
    ),
    /(?<!\p{L})(?:haft(?:et|en|bar|ung\p{L}*)|Haftung\p{L}*|Schaden(?:s)?ersatz\p{L}*|freistell\p{L}*|freizustellen)(?!\p{L})/giu,
  ],
  [
    'law',
    patternOf(
      'giu',
      String.raw`\b(?:govern(?:ed|ing) (?:by (?:and construed in accordance with )?)?(?:the )?(?:federal |state )?laws?`,
      String.raw`governed by|laws? of (?:the )?(?:state|republic|province|country) of|choice of law`,
      String.raw`conflicts? of laws?)\b`,
    ),
    patternOf(
      'giu',
      String.raw`(?:unterlieg\p{L}* (?:dem|deutschem|österreichischem|Schweizer) \p{L}*\s?Recht|anwendbare[sn]? Recht`,
      String.raw`(?:es gilt|gilt) (?:ausschließlich )?(?:das )?(?:deutsches?|österreichisches?|Schweizer|\p{L}+es?) Recht`,
      String.raw`Rechtswahl|UN-Kaufrecht\p{L}*)`,
    ),
  ],
];

/** Changed sentences that speak of venue or arbitration, of liability, or of the law that governs. One finding a sentence and kind. */
export function touchLegalTerms({ before, after, pairs, language }: ChangedClause): Finding[] {
  return pairs.flatMap((pair) =>
    terms.flatMap(([kind, en, de]) => {
      const pattern = language === 'de' ? de : en;
      const [was = null] = pair.before ? spotsIn(before, pattern, pair.before) : [];
      const [is = null] = pair.after ? spotsIn(after, pattern, pair.after) : [];
      if (!was && !is) return [];
      return [
        { kind, before: was, after: is, direction: was && is ? null : is ? ('more' as const) : ('less' as const), term: null },
      ];
    }),
  );
}
