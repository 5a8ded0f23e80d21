import { sha256 } from '#kernel/crypto';
import type { MandateRow } from '../mandates/mandates-in-force.ts';
import type { AssignmentRow } from '../roles/grants-of.ts';
import type { Surface } from '../tables.ts';

/** A session as it stands in the database, with its owner. */
export type SessionRow = {
  readonly sessionId: string;
  seenAt: Temporal.Instant;
  readonly provedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
};

/** What else is read with a session of each surface. */
type RowsOf = {
  console: { readonly session: SessionRow; readonly assignments: readonly AssignmentRow[] };
  portal: {
    readonly session: SessionRow;
    readonly mandates: readonly MandateRow[];
    readonly preferences: readonly { readonly name: string; readonly value: string }[];
  };
};
type Kept<Rows> = { readonly rows: Rows; readonly readAt: Temporal.Instant };
type KeptOf = { readonly [surface in Surface]: Map<string, Kept<RowsOf[surface]>> };

/** Notifications may be lost without anybody hearing of it, when a network falls silent. What is older than this is not used. */
const longest = Temporal.Duration.from({ seconds: 1 }).total('milliseconds');
/** About a kilobyte each. */
const most = 10_000;

/**
 * Rows that were read about sessions, for a moment, in this process. Only rows: who may do what at an instant is worked out of them at
 * each read. Empty and off until `listening` says that changes will be heard of, and off again with `deaf`.
 */
export class SessionCache {
  // A surface has a map of its own, so that no token of one opens the other.
  readonly #kept: KeptOf = { console: new Map(), portal: new Map() };
  #on = false;
  #generation = 0;

  listening(): void {
    this.changed();
    this.#on = true;
  }

  deaf(): void {
    this.#on = false;
    this.changed();
  }

  /** Something that rows here may depend on was committed. What is being read at this moment may be older and is not kept either. */
  changed(): void {
    this.#generation += 1;
    this.#kept.console.clear();
    this.#kept.portal.clear();
  }

  /**
   * @param usable Whether these rows still hold at `now`; rows that do not are read again.
   * @param load What the database says now. `null` is not kept: strangers could fill the cache with it.
   */
  async read<On extends Surface>(
    surface: On,
    token: string,
    now: Temporal.Instant,
    usable: (rows: RowsOf[On]) => boolean,
    load: (tokenHash: Buffer) => Promise<RowsOf[On] | null>,
  ): Promise<RowsOf[On] | null> {
    const hash = sha256(token);
    if (!this.#on) return load(hash);
    const kept: Map<string, Kept<RowsOf[On]>> = this.#kept[surface];
    const key = hash.toString('base64');
    const found = kept.get(key);
    if (found && isRecent(found.readAt, now) && usable(found.rows)) return found.rows;
    kept.delete(key);
    const generation = this.#generation;
    const rows = await load(hash);
    if (rows && generation === this.#generation) {
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { rows, readAt: now });
    }
    return rows;
  }
}

/** By the clock of the act, which may also have been set back. */
function isRecent(readAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const age = now.epochMilliseconds - readAt.epochMilliseconds;
  return age >= 0 && age <= longest;
}
