import type { Refused } from '#kernel/outcome';
import type { ElsewhereRefusal } from '../elsewhere/reason.ts';
import type { GitFileRefusal } from './read-git-file.ts';

export type PullRefusal = ElsewhereRefusal | GitFileRefusal;
/** As it is kept beside the row. */
export type PullReason = Pick<Refused<PullRefusal>, 'refusal' | 'facts'>;

export type Pulled =
  | { readonly found: 'text'; readonly text: string; readonly commit: string | null }
  | { readonly found: 'nothing'; readonly reason: PullReason };

export type Before = {
  /** The newest version's text; `null` when there is none. */
  readonly newest: string | null;
  /** Whose draft is open: `ours` came from the source and nobody has touched it since. */
  readonly draft: 'none' | 'ours' | 'somebodys';
  /** Whether this text became the draft before, whatever became of it then. */
  readonly wasTaken: boolean;
};

/**
 * What to do with a text from a source. It becomes the draft when nobody writes one, and waits when somebody does; what a person has
 * thrown away does not come back, and what is published already is no news.
 */
export function judgePulled(text: string, { newest, draft, wasTaken }: Before): 'current' | 'drafted' | 'waiting' | 'known' {
  if (newest !== null && plain(newest) === plain(text)) return 'current';
  if (wasTaken) return 'known';
  return draft === 'somebodys' ? 'waiting' : 'drafted';
}

/** A draft keeps no other line ends, so they cannot be told apart. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
