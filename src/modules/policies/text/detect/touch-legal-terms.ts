import { type ChangedClause, type Finding, type FindingKind, spotsIn } from './finding.ts';

// Clauses on the lists of terms that are unfair or must be looked at: annex (b), (q) of Directive 93/13/EEC and sections 307 to 309
// of the German civil code (liability, burden of going to court), Art. 6 Rome I and Art. 17 to 19 Brussels I bis (law, venue).
// Any change of wording in such a sentence is shown, because one word in it decides.
const terms: readonly (readonly [kind: FindingKind, en: RegExp, de: RegExp])[] = [
  [
    'venue',
    /\b(?:arbitrat\w+|class[- ]actions?|jury trials?|trial by jury|mediation|small claims|(?:exclusive )?jurisdiction of (?:the|any)|exclusive jurisdiction|submit to (?:the )?(?:personal )?jurisdiction|courts? (?:located|sitting|of competent jurisdiction|in|of (?:the )?[A-Z]\w+)|brought (?:only |solely |exclusively )?in|venue|forum non conveniens|dispute resolution)\b/gu,
    /(?:Schieds(?:gericht|verfahren|stelle)\p{L}*|Schlichtung\p{L}*|Gerichtsst(?:and|ände)\p{L}*|Sammelklagen?|Streitbeilegung\p{L}*|Verbraucherschlichtung\p{L}*|zuständige[sn]? Gericht\p{L}*)/gu,
  ],
  [
    'liability',
    /\b(?:liab(?:le|ility|ilities)|(?:consequential|exemplary|punitive|incidental|indirect) damages|damages (?:for|of|arising)|indemnif\w+|indemnity|hold (?:us |\p{Lu}\p{L}+ )?harmless|as[- ]is)\b/giu,
    /(?<!\p{L})(?:haft(?:et|en|bar|ung\p{L}*)|Haftung\p{L}*|Schaden(?:s)?ersatz\p{L}*|freistell\p{L}*|freizustellen)(?!\p{L})/giu,
  ],
  [
    'law',
    /\b(?:govern(?:ed|ing) (?:by (?:and construed in accordance with )?)?(?:the )?(?:federal |state )?laws?|governed by|laws? of (?:the )?(?:state|republic|province|country) of|choice of law|conflicts? of laws?)\b/giu,
    /(?:unterlieg\p{L}* (?:dem|deutschem|österreichischem|Schweizer) \p{L}*\s?Recht|anwendbare[sn]? Recht|(?:es gilt|gilt) (?:ausschließlich )?(?:das )?(?:deutsches?|österreichisches?|Schweizer|\p{L}+es?) Recht|Rechtswahl|UN-Kaufrecht\p{L}*)/giu,
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
