import { type Alignable, alignClauses } from './align-clauses.ts';
import { splitClauses } from './clauses.ts';
import { similarity, wordNumbers } from './pair-similar.ts';

/** A clause with the id that links to it use, for as long as the document lives. */
export type IdentifiedClause = Alignable & { readonly id: string };

/** An id that no clause has any longer. */
export type EndedId = {
  readonly id: string;
  /** The clause that took its words in, when there is one; it may end later and lead on. */
  readonly into: string | null;
};

export type CarriedIds = {
  /** Every clause of the new text in its order. */
  readonly clauses: readonly IdentifiedClause[];
  /** The ids that ended with this version. */
  readonly ended: readonly EndedId[];
};

/** A clause that ended went into another one when so much of its words stand there. */
const leastTakenIn = 0.7;

/**
 * Gives each clause of a new version its id: the one it had in the version before, wherever it stands and if it was reworded
 * slightly (see `alignClauses`), else a new one as `splitClauses` makes it. An id that ended is never given again, since a link
 * would then lead to another clause. Anybody who folds this over the public texts of all versions gets the same ids.
 * @param previous Clauses of the version before, with their ids; empty for a first version.
 * @param everEnded Ids that ended with any version before.
 */
export function carryIds(previous: readonly IdentifiedClause[], everEnded: ReadonlySet<string>, source: string): CarriedIds {
  const now = splitClauses(source);
  const links = alignClauses(previous, now);
  const kept = new Map(
    links.flatMap(({ before, after }) => (before === null || after === null ? [] : [[after, previous[before]?.id] as const])),
  );
  const used = new Set([...previous.map(({ id }) => id), ...everEnded]);
  const clauses = now.map(({ id, block, text, heading }, index) => ({
    id: kept.get(index) ?? fresh(id, used),
    block,
    text,
    heading,
  }));
  const gone = links.flatMap(({ before, after }, place) => (before !== null && after === null ? [{ before, place }] : []));
  return {
    clauses,
    ended: gone.flatMap(({ before, place }) => {
      const clause = previous[before];
      if (!clause) return [];
      // It can only have gone into a neighbour that says something new: what moved far is found by the alignment.
      const near = links
        .slice(Math.max(0, place - 4), place + 5)
        .flatMap(({ before: was, after }) =>
          after === null || (was !== null && previous[was]?.text === now[after]?.text) ? [] : [clauses[after]],
        );
      return [{ id: clause.id, into: tookIn(clause, near) }];
    }),
  };
}

function fresh(id: string, used: Set<string>): string {
  let candidate = id;
  for (let count = 2; used.has(candidate); count++) candidate = `${id}~${count}`;
  used.add(candidate);
  return candidate;
}

/** Rows of one table share most of their words and are about different things. */
const isProse = ({ block }: IdentifiedClause) => block !== 'heading' && block !== 'table-row';

/** The clause that holds most of the words, or null. */
function tookIn(clause: IdentifiedClause, near: readonly (IdentifiedClause | undefined)[]): string | null {
  const numbers = new Map<string, number>();
  const words = wordNumbers(clause.text, numbers);
  if (words.length < 4 || !isProse(clause)) return null;
  let best: { id: string; share: number } | null = null;
  for (const other of near) {
    if (!other || !isProse(other)) continue;
    const theirs = wordNumbers(other.text, numbers);
    // Dice's coefficient turned into the share of this clause's words that the other one has.
    const share = (similarity(words, theirs) * (words.length + theirs.length)) / (2 * words.length);
    if (share >= leastTakenIn && share > (best?.share ?? 0)) best = { id: other.id, share };
  }
  return best?.id ?? null;
}

/** Where a link leads today: to a clause, or to the version with which the clause ended; null for an id that never was. */
export type ResolvedId = { readonly id: string } | { readonly endedIn: number } | null;

/** @param ended Every id of the document that ended, with the number of the version that did not have it any longer. */
export function resolveId(
  id: string,
  current: ReadonlySet<string>,
  ended: ReadonlyMap<string, { readonly into: string | null; readonly version: number }>,
): ResolvedId {
  let at = id;
  // Each step leads to an id that lived longer, so no circle is possible.
  for (let end = ended.get(at); !current.has(at) && end; end = ended.get(at)) {
    if (end.into === null) return { endedIn: end.version };
    at = end.into;
  }
  return current.has(at) ? { id: at } : null;
}
