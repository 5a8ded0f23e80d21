const months =
  'jan(?:uary|uar|\\.)?|feb(?:ruary|ruar|\\.)?|mar(?:ch|\\.)?|märz|apr(?:il|\\.)?|may|mai|june?|juni|july?|juli|aug(?:ust|\\.)?|' +
  'sept?(?:ember|\\.)?|o[ck]t(?:ober|\\.)?|nov(?:ember|\\.)?|de[cz](?:ember|\\.)?';
const date = new RegExp(
  [
    `\\b(?:${months})\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?\\b`,
    `\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+(?:${months}),?(?:\\s+\\d{4})?(?![\\p{L}\\p{N}])`,
    `\\b(?:${months})\\s+\\d{4}\\b`,
    '\\b\\d{4}-\\d{2}-\\d{2}\\b',
    '\\b\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?(?:19|20)\\d{2}\\b',
    '\\b\\d{1,2}/\\d{1,2}/(?:19|20)\\d{2}\\b',
  ].join('|'),
  'giu',
);

/** Where a date is written, in English or German, day or month at least ("11 October 2017", "1. Mai 2026", "2026-05-01"). */
export function dateSpans(text: string): (readonly [from: number, to: number])[] {
  // Every date has a digit, and most sentences have none.
  if (!/\d/.test(text)) return [];
  return Array.from(text.matchAll(date), (match) => [match.index, match.index + match[0].length] as const);
}
