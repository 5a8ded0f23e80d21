import type { Span } from './align-sequences.ts';
import type { Clause } from './clauses.ts';

export type DefinedTerm = {
  /** As it is written where it is defined, without quotation marks. */
  term: string;
  clauseId: string;
  /** Where the term stands in the text of that clause. */
  at: Span;
};
export type TermUse = { term: string; clauseId: string; at: Span };

// "Service" means …, „Kunde“ bezeichnet …; the quotation marks are what tells a definition from a sentence.
const quoted = String.raw`["“”„«»'‘’]`;
const name = String.raw`${quoted}(?<term>[\p{L}\p{N}][\p{L}\p{M}\p{N} &/.-]{0,58}?)[,.]?${quoted}`;
const says = {
  en: String.raw`(?:(?:shall )?(?:means?|refers?(?:, \p{L}+,)? to|includes?|denotes?)|is defined as|are defined as|has the meaning|represents?|is (?:an?|the|any)|are (?:the|any|all))`,
  de: String.raw`(?:bezeichne[nt]|bedeute[nt]|meint|meinen|umfass(?:t|en)|steht für|ist (?:jede|eine?|der|die|das)|sind (?:alle|die|jene))`,
} as const;
const defining = {
  en: new RegExp(String.raw`${name}(?:[,;]? (?:and|or) ${name.replace('<term>', '<other>')})?\s+${says.en}(?!\p{L})`, 'giu'),
  de: new RegExp(String.raw`${name}(?: (?:und|oder) ${name.replace('<term>', '<other>')})?\s+${says.de}(?!\p{L})`, 'giu'),
} as const;
// … GitHub, Inc. ("GitHub", "we"), (im Folgenden „Anbieter“)
const bracketed = {
  en: new RegExp(String.raw`\((?:(?:hereinafter|together|collectively|the|each,? an?|an?|or)[,:]? )*${name}`, 'giu'),
  de: new RegExp(String.raw`\((?:(?:im Folgenden|nachfolgend|nachstehend|kurz|auch|der|die|das|gemeinsam)[,:]? )*${name}`, 'giu'),
} as const;
const definitionsHeading = /\b(?:definitions?|defined terms|glossary)\b|begriffsbestimmung|definition|begriffe|glossar/iu;
const pronoun = /^(?:we|us|ours?|yours?|you|i|me|my|wir|uns|unser\p{L}*|sie|ihr\p{L}*|ihnen|du|dein\p{L}*)$/iu;
const leading = /^(?<term>[\p{L}\p{N}][\p{L}\p{M}\p{N} &/.'’-]{0,58}?)(?:\s+[\u2013\u2014-]\s+|:\s+|\s\|\s)\S/u;

/** Terms that a text defines: in a sentence, in brackets, or in the list or table of a section of definitions. First one wins. */
export function findDefinitions(clauses: readonly Clause[], language: string): DefinedTerm[] {
  const reading = /^de\b/i.test(language) ? 'de' : 'en';
  const found = new Map<string, DefinedTerm>();
  for (const { id, text, block, heading } of clauses) {
    if (block === 'heading' || block === 'code') continue;
    const matches = [...text.matchAll(defining[reading]), ...text.matchAll(bracketed[reading])];
    if (definitionsHeading.test(heading) && (block === 'list-item' || block === 'table-row')) {
      const match = leading.exec(text);
      if (match) matches.push(match);
    }
    for (const match of matches)
      for (const term of [match.groups?.['term'], match.groups?.['other']]) {
        // Marked wherever it stands, a pronoun would cover the page.
        if (term === undefined || found.has(term) || pronoun.test(term)) continue;
        const from = match.index + match[0].indexOf(term);
        found.set(term, { term, clauseId: id, at: [from, from + term.length] });
      }
  }
  return [...found.values()];
}

/** Endings that a term may take: "Services", "Customer's", „des Kunden“, „Dienstes“. */
const endings = { en: "(?:s|es|['’]s)?", de: '(?:e?n|e?s|er|e)?' } as const;

/**
 * Where the terms are used, the defining places left out; in the order of the text. A term with a capital is only found with it:
 * "Service" is defined, "service" is a word.
 */
export function findUses(clauses: readonly Clause[], definitions: readonly DefinedTerm[], language: string): TermUse[] {
  if (definitions.length === 0) return [];
  const longest = definitions.toSorted((a, b) => b.term.length - a.term.length);
  const groups = longest.map(({ term }) => `(${term.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)})`);
  const ending = endings[/^de\b/i.test(language) ? 'de' : 'en'];
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${groups.join('|')})${ending}(?![\p{L}\p{N}])`, 'gu');
  const defined = new Set(definitions.map(({ clauseId, at }) => `${clauseId} ${at[0]}`));
  return clauses.flatMap(({ id, text, block }) =>
    block === 'heading' || block === 'code'
      ? []
      : Array.from(text.matchAll(pattern), (match) => {
          const term = longest[match.slice(1).findIndex((group) => group !== undefined)]?.term ?? '';
          return { term, clauseId: id, at: [match.index, match.index + match[0].length] as const };
        }).filter(({ at }) => !defined.has(`${id} ${at[0]}`)),
  );
}
