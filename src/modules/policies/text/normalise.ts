const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;
const somethingToDo = /[^\x21-\x7E ]|["`]| {2}|^ | $|''/;

/**
 * A text as it is compared, never as it is shown: compatibility forms (NFKC), zero-width characters, kinds of space, quotation
 * marks and dashes are one. Characters that are numbers by themselves stay apart, because NFKC makes "10²" and "102" the same;
 * so do the marks that turn the direction of writing, because they change what a reader sees.
 */
export function normalise(text: string): string {
  // Nine clauses of ten are plain ASCII; this check costs a tenth of the rest.
  if (!somethingToDo.test(text)) return text;
  return text
    .replace(/[^\p{No}]+/gu, (run) => run.normalize('NFKC'))
    .replace(invisible, '')
    .replace(/[“”„‟«»″〝〞`´‘’‚‛‹›′"]/g, "'")
    .replace(/'{2,}/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
