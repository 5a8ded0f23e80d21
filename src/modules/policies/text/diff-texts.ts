import { alignClauses } from './align-clauses.ts';
import { type EditClass, sortClasses } from './change-classes.ts';
import { classClause, type ClauseChange, settleMoves } from './class-clause.ts';
import { type Block, splitClauses } from './clauses.ts';
import { detectChanges } from './detect/detect-changes.ts';
import { type Elsewhere, openElsewhere } from './detect/elsewhere.ts';
import type { Finding } from './detect/finding.ts';
import type { Spot } from './detect/spot.ts';
import type { Budget, Part } from './diff-sentences.ts';
import { displaySource } from './read-text.ts';
import { sideOf } from './side-of.ts';
import { shortHash } from './slug.ts';

/** What one text changed against another: every clause of both, in the order of the new text. */
export type Comparison = {
  /** A clause that was taken out stands where it stood, one that moved where it stands now. */
  clauses: ClauseComparison[];
  /** Number of clauses of each kind. */
  inserted: number;
  deleted: number;
  changed: number;
  moved: number;
  /** Classes of all clauses together. Empty for equal texts, and only for them. */
  classes: EditClass[];
  /** Clauses with a change of wording. */
  wording: number;
  /** Clauses that changed without a change of wording. */
  noise: number;
  /** Clauses too long, or too many, to be read by the detectors; classed as wording unread. */
  unread: number;
};

export type ClauseComparison = {
  /** The clause's id in the new text; a deleted clause has the one of the old text with `~old` after it. Unique. */
  id: string;
  /** Heading of the section the clause stands in. */
  heading: string;
  /** What a reader sees: a clause that moved and was reworded is `changed` and has `movedFrom`. */
  kind: 'same' | 'changed' | 'inserted' | 'deleted' | 'moved';
  block: Block;
  parts: Part[];
  /** Why it counts as a change; a clause of kind `same` may have classes that cannot be seen (markup, link target). */
  classes: EditClass[];
  /** Where a clause that moved stood: section, and place among the clauses of the old text, counted from 0. */
  movedFrom: { heading: string; place: number } | null;
  /** What differs inside a clause that changed, came or went, in order. */
  sentences: SentenceChange[];
  /** What the detectors saw; their offsets count in the clause's text, old or new. */
  findings: Finding[];
};

export type SentenceChange = {
  before: Spot | null;
  after: Spot | null;
  classes: EditClass[];
  /** It stands as it was in another clause of the other text. */
  moved: boolean;
};

/** Above this many characters Markdown is compared as paragraphs as they are written: parsing costs up to 7 µs a character. */
const longestParsed = 1_000_000;
/** Megabytes cut finer than this are no document; they are compared as one block. */
const mostParagraphs = 60_000;
/** Steps of word comparison for the whole call, about 0.2 s, and characters cut into sentences, about 0.4 s. */
const mostWordSteps = 8_000_000;
const mostCutCharacters = 600_000;

/**
 * Compares two Markdown texts for a reader: clauses, in changed clauses sentences, in changed sentences words; says of each change
 * what class it is and, where wording changed, what it touches. The work is bounded by steps, not by a clock, so that everybody
 * gets the same answer.
 * @param language BCP 47 tag of the texts; decides where sentences and words end and which detectors read them (de, else en).
 */
export function diffTexts(before: string, after: string, language: string): Comparison {
  const isLong = Math.max(before.length, after.length) > longestParsed;
  const old = sideOf(isLong ? splitParagraphs(before) : splitClauses(before));
  const now = sideOf(isLong ? splitParagraphs(after) : splitClauses(after));
  const budget: Budget = { words: mostWordSteps, characters: mostCutCharacters };
  const changes = alignClauses(old.clauses, now.clauses).map((link) => classClause(link, old, now, language, budget));
  settleMoves(changes);
  const reading = /^de\b/i.test(language) ? 'de' : 'en';
  const elsewhere = openElsewhere(old.clauses, now.clauses, reading);
  const clauses = changes.map((change) => clauseOf(change, reading, elsewhere));
  const count = (kind: ClauseComparison['kind']) => clauses.reduce((sum, clause) => sum + (clause.kind === kind ? 1 : 0), 0);
  const wording = clauses.filter(({ classes }) => classes.includes('wording')).length;
  const classes = sortClasses(clauses.flatMap((clause) => clause.classes));
  return {
    clauses,
    inserted: count('inserted'),
    deleted: count('deleted'),
    changed: count('changed'),
    moved: count('moved'),
    classes: classes.length === 0 && before !== after ? [unseen(before, after)] : classes,
    wording,
    noise: clauses.filter((clause) => clause.classes.length > 0).length - wording,
    unread: changes.filter(({ unread }) => unread).length,
  };
}

const bare = (text: string) => text.replace(/\s+/g, '');

/** Bytes that differ outside of every clause: blank lines, or front matter and comments. */
function unseen(before: string, after: string): EditClass {
  return bare(before) === bare(after) ? 'whitespace' : 'markup';
}

function clauseOf(change: ClauseChange, language: 'en' | 'de', elsewhere: Elsewhere): ClauseComparison {
  const { was, is, kind, parts, classes, movedFrom, unread } = change;
  const { id, heading, block } = is ?? { ...change.shown, id: `${change.shown.id}~old` };
  const sentences = change.sentences.map(({ before, after, ...rest }) => ({
    before: before && was ? { from: before[0], to: before[1], text: was.text.slice(...before) } : null,
    after: after && is ? { from: after[0], to: after[1], text: is.text.slice(...after) } : null,
    ...rest,
  }));
  const pairs = change.sentences.filter((sentence) => !sentence.moved && sentence.classes.includes('wording'));
  const findings =
    unread || pairs.length === 0
      ? []
      : detectChanges({
          before: was?.text ?? '',
          after: is?.text ?? '',
          pairs,
          block,
          context: change.context.text,
          language,
          elsewhere,
        });
  return { id, heading, kind, block, parts, classes, movedFrom, sentences, findings };
}

function splitParagraphs(source: string) {
  const text = displaySource(source);
  const paragraphs = text.split(/\n[ \t]*\n/);
  const seen = new Map<string, number>();
  const found: { id: string; heading: string; block: Block; text: string; links: string; markup: string; raw: string }[] = [];
  for (const paragraph of paragraphs.length > mostParagraphs ? [text] : paragraphs) {
    const text = paragraph.replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    const id = `c-~${shortHash(text)}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    const unread = { links: '', markup: '', raw: text };
    found.push({ id: count === 1 ? id : `${id}~${count}`, heading: '', block: 'paragraph', text, ...unread });
  }
  return found;
}
