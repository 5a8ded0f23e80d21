import { alignSequences } from './align-sequences.ts';
import { splitClauses, type Block } from './clauses.ts';
import { diffSentences, type Part, type WordBudget } from './diff-sentences.ts';
import { pairSimilar } from './pair-similar.ts';
import { displaySource } from './read-text.ts';
import { shortHash } from './slug.ts';

export type Comparison = {
  /** In the order of the new text; a deleted clause stands where it stood. */
  clauses: ClauseComparison[];
  /** Number of clauses of each kind. */
  inserted: number;
  deleted: number;
  changed: number;
};

export type ClauseComparison = {
  /** The clause's id in the new text; a deleted clause has the one of the old text with `~old` after it. Unique. */
  id: string;
  /** Heading of the section the clause stands in. */
  heading: string;
  kind: 'same' | 'changed' | 'inserted' | 'deleted';
  block: Block;
  parts: Part[];
};

/** Above this many characters Markdown is compared as paragraphs as they are written: parsing costs up to 7 µs a character. */
const longestParsed = 1_000_000;
/** Megabytes cut finer than this are no document; they are compared as one block. */
const mostParagraphs = 60_000;
const mostClauseEdits = 800;
/** Steps of word comparison for the whole call, about 0.2 s. */
const mostWordSteps = 8_000_000;

/**
 * Compares two Markdown texts for a reader: clauses, in changed clauses sentences, in changed sentences words.
 * Only what can be read counts; white space, emphasis, link targets and the kind of list do not.
 * @param language BCP 47 tag of the texts; decides where sentences and words end.
 */
export function diffTexts(before: string, after: string, language: string): Comparison {
  const isLong = Math.max(before.length, after.length) > longestParsed;
  const old = isLong ? splitParagraphs(before) : splitClauses(before);
  const now = isLong ? splitParagraphs(after) : splitClauses(after);
  const budget: WordBudget = { left: mostWordSteps };
  const clauses: ClauseComparison[] = [];

  for (const { same, before, after } of alignSequences(old.map(keyOf), now.map(keyOf), mostClauseEdits)) {
    if (same) for (const clause of now.slice(...after)) clauses.push(whole(clause, 'same'));
    else compareReplaced(old.slice(...before), now.slice(...after), language, budget, clauses);
  }
  const count = (kind: ClauseComparison['kind']) => clauses.reduce((sum, clause) => sum + (clause.kind === kind ? 1 : 0), 0);
  return { clauses, inserted: count('inserted'), deleted: count('deleted'), changed: count('changed') };
}

type Compared = { id: string; heading: string; block: Block; text: string };

/** A paragraph that became a list item still says the same; one that became a heading does not. */
function keyOf({ block, text }: Compared): string {
  return block === 'heading' ? `# ${text}` : text;
}

function compareReplaced(
  old: Compared[],
  now: Compared[],
  language: string,
  budget: WordBudget,
  clauses: ClauseComparison[],
): void {
  let i = 0;
  let j = 0;
  const upTo = (before: number, after: number) => {
    while (i < before) clauses.push(...drop(old[i++]));
    while (j < after) clauses.push(...add(now[j++]));
  };
  for (const [before, after] of pairSimilar(old.map(keyOf), now.map(keyOf))) {
    const was = old[before];
    const is = now[after];
    // A heading and a paragraph with like words are two things.
    if (!was || !is || (was.block === 'heading') !== (is.block === 'heading')) continue;
    upTo(before, after);
    const { id, heading, block } = is;
    clauses.push({ id, heading, kind: 'changed', block, parts: diffSentences(was.text, is.text, language, budget) });
    i++;
    j++;
  }
  upTo(old.length, now.length);
}

const drop = (clause: Compared | undefined) => (clause ? [{ ...whole(clause, 'deleted'), id: `${clause.id}~old` }] : []);
const add = (clause: Compared | undefined) => (clause ? [whole(clause, 'inserted')] : []);

function whole({ id, heading, block, text }: Compared, kind: Part['kind']): ClauseComparison {
  return { id, heading, kind, block, parts: [{ kind, text }] };
}

function splitParagraphs(source: string): Compared[] {
  const text = displaySource(source);
  const paragraphs = text.split(/\n[ \t]*\n/);
  const seen = new Map<string, number>();
  const found: Compared[] = [];
  for (const paragraph of paragraphs.length > mostParagraphs ? [text] : paragraphs) {
    const text = paragraph.replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    const id = `c-~${shortHash(text)}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    found.push({ id: count === 1 ? id : `${id}~${count}`, heading: '', block: 'paragraph', text });
  }
  return found;
}
