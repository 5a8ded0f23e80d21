import type { ClauseComparison, Comparison } from './diff-texts.ts';

/** A run of clauses to show, or a run of unchanged clauses that a reader may open. */
export type Run = { kind: 'shown' | 'folded'; clauses: ClauseComparison[] };

/**
 * Folds what did not change: every changed clause is shown with one clause of context on each side and the heading of its
 * section. The runs alternate, and their clauses joined are those of the comparison.
 */
export function foldComparison({ clauses }: Comparison): Run[] {
  const isShown = clauses.map(() => false);
  let heading = -1;
  clauses.forEach(({ kind, block }, index) => {
    if (block === 'heading' && kind !== 'deleted') heading = index;
    if (kind === 'same') return;
    for (const near of [index - 1, index, index + 1, heading]) if (near >= 0 && near < clauses.length) isShown[near] = true;
  });
  const runs: Run[] = [];
  clauses.forEach((clause, index) => {
    const kind = isShown[index] ? 'shown' : 'folded';
    const last = runs.at(-1);
    if (last?.kind === kind) last.clauses.push(clause);
    else runs.push({ kind, clauses: [clause] });
  });
  return runs;
}
