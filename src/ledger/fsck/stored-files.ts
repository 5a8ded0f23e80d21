import { hashLength, leafHash, parseEntries, parseTilePath, tilePath } from '@troth/tlog';
import { sameBytes } from '#kernel/crypto';
import type { StateStore } from '../state-store.ts';
import type { LogId } from '../tables.ts';
import type { Tell } from './fault.ts';
import type { Layer, Pair } from './tower.ts';

/** The files of one log in the state store: each is compared as its tile comes by, and what no tile claims is left over. */
export class StoredFiles {
  readonly #widths = new Map<string, Set<number>>();
  readonly #unknown: string[] = [];
  readonly #store: StateStore;
  readonly #log: LogId;
  readonly #tell: Tell;

  constructor(store: StateStore, log: LogId, tell: Tell, keys: readonly string[]) {
    this.#store = store;
    this.#log = log;
    this.#tell = tell;
    for (const key of keys) {
      if (key === `${log}/checkpoint`) continue;
      const tile = parseTilePath(key.slice(log.length + 1));
      if (!tile) this.#unknown.push(key);
      else {
        const name = `${tile.level}/${tile.n}`;
        this.#widths.set(name, (this.#widths.get(name) ?? new Set()).add(tile.width));
      }
    }
  }

  /** @param signedSize The tile at its width under the newest checkpoint must be there; others may be. */
  async compareTile({ level, n, pairs }: Layer, signedSize: number): Promise<void> {
    const unit = 256 ** level;
    const required = Math.min(256, Math.floor(signedSize / unit) - n * 256);
    await this.#each(level, n, pairs.length, required, unit, (bytes, width) => {
      if (bytes.length !== width * hashLength) return 0;
      return pairs.slice(0, width).findIndex((pair, i) => !isOneOf(pair, bytes.subarray(i * hashLength, (i + 1) * hashLength)));
    });
  }

  /** @param leaves As in the database; null where one is missing. */
  async compareEntries(
    n: number,
    leaves: readonly (Uint8Array | null)[],
    pairs: readonly Pair[],
    signedSize: number,
  ): Promise<void> {
    const required = Math.min(256, signedSize - n * 256);
    await this.#each('entries', n, pairs.length, required, 1, (bytes, width) => {
      const entries = parseEntries(bytes);
      if (entries?.length !== width) return 0;
      return entries.findIndex((entry, i) => {
        const leaf = leaves[i];
        const pair = pairs[i];
        return !(leaf && sameBytes(leaf, entry)) && !(pair && sameBytes(pair.tile, leafHash(entry)));
      });
    });
  }

  tellUnknown(): void {
    const left = [...this.#widths].flatMap(([name, widths]) => [...widths].map((width) => this.#file(...split(name), width)));
    for (const file of [...this.#unknown, ...left]) this.#tell('stored-file-unknown', this.#log, null, { file });
  }

  async #each(
    level: number | 'entries',
    n: number,
    present: number,
    required: number,
    unit: number,
    firstFault: (bytes: Uint8Array, width: number) => number,
  ): Promise<void> {
    const first = n * 256 * unit;
    const widths = this.#widths.get(`${level}/${n}`) ?? new Set<number>();
    if (required > 0 && !widths.has(required)) {
      this.#tell('stored-tile-missing', this.#log, first, { file: this.#file(level, n, required) });
    }
    for (const width of widths) {
      // What is wider than the log has entries stays in the list, and is told at the end.
      if (width > present) continue;
      widths.delete(width);
      const file = this.#file(level, n, width);
      const stored = await this.#store.get(file);
      const at = stored ? firstFault(stored.bytes, width) : 0;
      if (at !== -1) this.#tell('stored-tile-differs', this.#log, first + at * unit, { file });
    }
  }

  #file(level: number | 'entries', n: number, width: number): string {
    return `${this.#log}/${tilePath({ level, n, width })}`;
  }
}

function split(name: string): [level: number | 'entries', n: number] {
  const [level = '', n = ''] = name.split('/');
  return [level === 'entries' ? level : Number(level), Number(n)];
}

export function isOneOf({ leaf, tile }: Pair, hash: Uint8Array): boolean {
  return sameBytes(leaf, hash) || sameBytes(tile, hash);
}
