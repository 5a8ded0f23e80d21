import type { Span } from '../align-sequences.ts';

/** Words of a clause: UTF-16 offsets into its text as it is shown, and the words. */
export type Spot = { readonly from: number; readonly to: number; readonly text: string };

export const spotOf = (text: string, from: number, to: number): Spot => ({ from, to, text: text.slice(from, to) });

/** Every match of a global pattern inside a stretch of a text, with offsets into the whole text. */
export function spotsIn(text: string, pattern: RegExp, [from, to]: Span): Spot[] {
  return Array.from(text.slice(from, to).matchAll(pattern), ({ 0: found, index }) =>
    spotOf(text, from + index, from + index + found.length),
  );
}
