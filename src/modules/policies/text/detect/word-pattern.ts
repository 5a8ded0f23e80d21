/**
 * A global pattern for whole words or phrases, in any case of letters. `\b` of JavaScript knows ASCII only and would see an end
 * of a word before each "ä".
 */
export function wordPattern(...alternatives: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** The same for beginnings and insides of words: German builds "Aufbewahrungsfrist" and "gespeichert" from them. */
export function stemPattern(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join('|'), 'iu');
}

/** A pattern too long for a line, cut at some of its bars. */
export function patternOf(flags: string, ...pieces: readonly string[]): RegExp {
  return new RegExp(pieces.join('|'), flags);
}
