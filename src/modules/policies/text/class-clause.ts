import type { Span } from './align-sequences.ts';
import type { Link } from './align-clauses.ts';
import { type EditClass, classOf, sortClasses } from './change-classes.ts';
import { type Budget, diffSentences, type Part, sentenceSpans } from './diff-sentences.ts';
import { normalise } from './normalise.ts';
import type { Compared, Context, Side } from './side-of.ts';

/** One clause of a comparison while it is worked out. `shown` is the new one, or the old one where it went, and `context` its. */
export type ClauseChange = {
  was: Compared | null;
  is: Compared | null;
  shown: Compared;
  context: Context;
  kind: 'same' | 'changed' | 'inserted' | 'deleted' | 'moved';
  parts: Part[];
  classes: EditClass[];
  movedFrom: { heading: string; place: number } | null;
  sentences: { before: Span | null; after: Span | null; classes: EditClass[]; moved: boolean }[];
  unread: boolean;
};

/** A shorter sentence ("It is not.") stands in many places without having moved. */
const leastMovedSentence = 20;

export function classClause(
  { before, after, moved }: Link,
  old: Side,
  now: Side,
  language: string,
  budget: Budget,
): ClauseChange {
  const was = before === null ? null : (old.clauses[before] ?? null);
  const is = after === null ? null : (now.clauses[after] ?? null);
  const shown = is ?? was;
  const context = is ? now.contexts[after ?? 0] : old.contexts[before ?? 0];
  if (!shown || !context) throw new Error('a link without a clause');
  if (!was || !is) return oneSided({ was, is, shown, context }, language, budget);
  const classes: EditClass[] = [];
  if (was.links !== is.links) classes.push('link-target');
  const movedFrom = moved && before !== null ? { heading: was.heading, place: before } : null;
  if (movedFrom) classes.push('reorder');
  // Under another heading the same words may say something else: "what we share" is not "what we never share".
  if (movedFrom && old.contexts[movedFrom.place]?.key !== context.key) classes.push('wording');
  const isSame = normalise(was.text) === normalise(is.text);
  if (isSame && was.text === is.text && was.links === is.links) {
    if (was.markup !== is.markup) classes.push('markup');
    else if (was.raw !== is.raw) classes.push(spaceless(was.raw) === spaceless(is.raw) ? 'whitespace' : 'markup');
  }
  if (isSame) {
    if (was.text !== is.text) classes.push(...classOf(was.text, is.text));
    const parts: Part[] = [{ kind: 'same', text: is.text }];
    return base(
      { was, is, shown, context },
      { kind: movedFrom ? 'moved' : 'same', parts, classes: sortClasses(classes), movedFrom },
    );
  }
  const renumbered = unnumbered(was) === unnumbered(is);
  const whole: EditClass[] = renumbered ? ['reorder'] : classOf(was.text, is.text);
  const { parts, pairs } = diffSentences(was.text, is.text, language, budget);
  const isWording = whole.includes('wording');
  const sentences = (pairs ?? []).map((pair) => ({
    ...pair,
    classes: isWording ? pairClasses(was.text, is.text, pair) : whole,
    moved: false,
  }));
  classes.push(...(isWording ? ['wording' as const] : whole));
  const change = { kind: 'changed' as const, parts, classes: sortClasses(classes), movedFrom, sentences, unread: pairs === null };
  return base({ was, is, shown, context }, change);
}

function oneSided(sides: Sides, language: string, budget: Budget): ClauseChange {
  const { is, shown } = sides;
  const kind = is ? 'inserted' : 'deleted';
  const { block, text } = shown;
  // "8. Refunds" is one heading, not two sentences.
  const spans: Span[] | null = block === 'heading' ? [[0, text.length]] : sentenceSpans(text, language, budget);
  const classes: EditClass[] = ['wording'];
  const sentences = (spans ?? []).map((span) => ({
    before: is ? null : span,
    after: is ? span : null,
    classes,
    moved: false,
  }));
  return base(sides, { kind, parts: [{ kind, text: shown.text }], classes, sentences, unread: spans === null });
}

type Sides = Pick<ClauseChange, 'was' | 'is' | 'shown' | 'context'>;
type Told = Partial<ClauseChange> & Pick<ClauseChange, 'kind' | 'parts' | 'classes'>;

function base(sides: Sides, told: Told): ClauseChange {
  return { ...sides, movedFrom: null, sentences: [], unread: false, ...told };
}

function pairClasses(was: string, is: string, { before, after }: { before: Span | null; after: Span | null }): EditClass[] {
  if (before && after) {
    const found = classOf(was.slice(...before), is.slice(...after));
    return found.length === 0 ? ['whitespace'] : found;
  }
  const text = before ? was.slice(...before) : after ? is.slice(...after) : '';
  return /[\p{L}\p{N}\p{S}]/u.test(text) ? ['wording'] : ['punctuation'];
}

/** The number of a heading or a row follows its place: "3. Refunds" that became "2. Refunds" says the same. */
function unnumbered({ block, text }: Compared): string {
  const ordinal =
    block === 'heading' ? /^(?:§\s?)?(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)[.):]?\s+/ : /^(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])[.)]\s+/;
  return `${block === 'heading' ? '#' : ''}${normalise(text).replace(ordinal, '')}`;
}

const spaceless = (text: string) => text.replace(/\s+/g, '');

/**
 * Finds sentences that went from one clause to another as they were. A change that consists of them alone is a reordering, or
 * wording too when they went to another section.
 */
export function settleMoves(changes: readonly ClauseChange[]): void {
  type Place = { change: ClauseChange; sentence: ClauseChange['sentences'][number] };
  const gone = new Map<string, Place[]>();
  const eachOneSided = (side: 'before' | 'after', use: (key: string, place: Place) => void) => {
    for (const change of changes)
      for (const sentence of change.sentences) {
        const span = sentence[side];
        const text = (side === 'before' ? change.was : change.is)?.text;
        if (!span || sentence[side === 'before' ? 'after' : 'before'] || text === undefined) continue;
        const key = normalise(text.slice(...span));
        if (key.length >= leastMovedSentence) use(key, { change, sentence });
      }
  };
  eachOneSided('before', (key, place) => {
    const list = gone.get(key);
    if (list) list.push(place);
    else gone.set(key, [place]);
  });
  eachOneSided('after', (key, place) => {
    const from = gone.get(key)?.shift();
    if (!from) return;
    const elsewhere = from.change.was?.heading !== place.change.is?.heading;
    for (const { sentence } of [from, place]) {
      sentence.moved = true;
      sentence.classes = elsewhere ? ['reorder', 'wording'] : ['reorder'];
    }
  });
  for (const change of changes) {
    if (!change.sentences.some(({ moved }) => moved)) continue;
    const kept = change.classes.filter((each) => each === 'link-target' || each === 'markup' || each === 'reorder');
    change.classes = sortClasses([...kept, ...change.sentences.flatMap(({ classes }) => classes)]);
  }
}
