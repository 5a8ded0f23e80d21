import type { Clause } from './clauses.ts';
import { normalise } from './normalise.ts';

export type Compared = Pick<Clause, 'id' | 'heading' | 'block' | 'text' | 'links' | 'markup' | 'raw'>;

/** What a clause stands under. An item under another sentence that leads its list in may say something else. */
export type Context = {
  /** Equal where heading and lead-in are. */
  key: string;
  /** Heading, lead-in and the first row or item of the list, for a reader. */
  text: string;
};

/** One of the two texts of a comparison. */
export type Side = { readonly clauses: readonly Compared[]; readonly contexts: readonly Context[] };

export function sideOf(clauses: readonly Compared[]): Side {
  let lead = '';
  let first = '';
  const contexts = clauses.map(({ block, heading, text }) => {
    if (block === 'heading') {
      lead = first = '';
      return { key: '', text: heading };
    }
    if (block !== 'list-item' && block !== 'table-row') {
      lead = text;
      first = '';
      return { key: normalise(heading), text: heading };
    }
    first ||= text;
    return { key: `${normalise(heading)}\n${normalise(lead)}`, text: `${heading}\n${lead}\n${first}` };
  });
  return { clauses, contexts };
}
