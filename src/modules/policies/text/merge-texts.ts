import { diff3MergeRegions } from 'node-diff3';

export type Merged = {
  readonly text: string;
  /** Places that both changed, each in its own way: both stand there, each under its words. */
  readonly conflicts: number;
};
/** Lines that stand above, between and below two versions of one place. */
export type ConflictWords = { readonly mine: string; readonly theirs: string; readonly end: string };

/**
 * Brings together what two people made of one text. Where only one changed a place, the change is taken; where both did, both stand
 * there, one after the other. Nothing that either wrote is left out. Pure; above `mostPairs` it looks less closely, then not at all.
 */
export function mergeTexts(base: string, mine: string, theirs: string, words: ConflictWords): Merged {
  if (mine === theirs || theirs === base) return { text: mine, conflicts: 0 };
  if (mine === base) return { text: theirs, conflicts: 0 };
  for (const tokens of [lines, paragraphs]) {
    const [o, a, b] = [tokens(base), tokens(mine), tokens(theirs)];
    if (pairs(o, a) + pairs(o, b) <= mostPairs) return join(o, a, b, words);
  }
  return { text: bothWays([mine], [theirs], words), conflicts: 1 };
}

/** The longest common subsequence looks at every pair of equal lines: four million take about a second. */
const mostPairs = 4_000_000;

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
/** With the empty lines behind them, which are most of the pairs of equal lines. */
const paragraphs = (text: string): string[] => text.match(/[^\n]*\n(?:[ \t]*\n)*|[^\n]+$/g) ?? [];

function pairs(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  return other.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
}

function join(o: string[], a: string[], b: string[], words: ConflictWords): Merged {
  let conflicts = 0;
  let text = '';
  const add = (piece: string) => {
    // The last line of a text may have no end, and what is joined to it would become one line with it.
    text += text === '' || text.endsWith('\n') || piece === '' ? piece : `\n${piece}`;
  };
  for (const region of diff3MergeRegions(a, o, b)) {
    if (region.stable) {
      add(region.bufferContent.join(''));
      continue;
    }
    const { aContent, bContent, oContent } = region;
    const [was, mine, theirs] = [oContent, aContent, bContent].map((content) => content.join(''));
    if (mine === theirs || theirs === was) add(mine ?? '');
    else if (mine === was) add(theirs ?? '');
    else {
      conflicts += 1;
      add(bothWays(aContent, bContent, words));
    }
  }
  return { text, conflicts };
}

const closed = (content: readonly string[]) => content.join('').replace(/(?<!\n)$/, '\n');

function bothWays(mine: readonly string[], theirs: readonly string[], words: ConflictWords): string {
  return `${words.mine}\n${closed(mine)}${words.theirs}\n${closed(theirs)}${words.end}\n`;
}
