/**
 * What two renderings of one text have in common: typographic quotes and dashes become plain ones, compatibility forms their usual
 * letters (Unicode NFKC), any white space one space. Capital letters count, as everything else does.
 */
export function plainForm(text: string): string {
  // Before NFKC, which would make a space and an accent out of a lone acute.
  const marks = text
    .replace(/[“”„‟«»″]/g, '"')
    .replace(/[‘’‚‛‹›′´`]/g, "'")
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g, '-');
  // Where a line may break, and a byte order mark: nobody reads them.
  return marks
    .normalize('NFKC')
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
