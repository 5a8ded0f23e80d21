import { appendLeaves, type Edge, emptyEdge, rootOf } from '@troth/tlog';

/** One hash as it follows from the leaves, and from the lowest tiles. They differ only where something was changed. */
export type Pair = { readonly leaf: Uint8Array; readonly tile: Uint8Array };
export type Layer = { readonly level: number; readonly n: number; readonly pairs: readonly Pair[] };

const tileWidth = 256;

/** Grows all levels of a tree from its lowest one, holding one open tile a level: a whole log passes through in little memory. */
export class Tower {
  readonly #open: { n: number; pairs: Pair[] }[] = [];

  /** @returns the tiles that this hash completes, lowest first. */
  add(pair: Pair, level = 0): Layer[] {
    const open = (this.#open[level] ??= { n: 0, pairs: [] });
    open.pairs.push(pair);
    if (open.pairs.length < tileWidth) return [];
    const full = { level, n: open.n, pairs: open.pairs };
    this.#open[level] = { n: open.n + 1, pairs: [] };
    return [full, ...this.add(rootsOf(full.pairs), level + 1)];
  }

  /** The tiles that are not full at the end, lowest first. */
  rest(): Layer[] {
    return this.#open.flatMap(({ n, pairs }, level) => (pairs.length > 0 ? [{ level, n, pairs }] : []));
  }
}

/** The roots at some sizes, found in passing. */
export class Roots {
  readonly #sizes: readonly number[];
  readonly #found = new Map<number, Pair>();
  #leaf: Edge = emptyEdge;
  #tile: Edge = emptyEdge;

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
  }

  add(pairs: readonly Pair[]): void {
    for (const { leaf, tile } of pairs) {
      this.#leaf = appendLeaves(this.#leaf, [leaf]);
      this.#tile = appendLeaves(this.#tile, [tile]);
      const { size } = this.#leaf;
      if (this.#sizes.includes(size)) this.#found.set(size, { leaf: rootOf(this.#leaf), tile: rootOf(this.#tile) });
    }
  }

  at(size: number): Pair {
    const empty = rootOf(emptyEdge);
    return this.#found.get(size) ?? { leaf: empty, tile: empty };
  }
}

function rootsOf(pairs: readonly Pair[]): Pair {
  const root = (side: keyof Pair) =>
    rootOf(
      appendLeaves(
        emptyEdge,
        pairs.map((pair) => pair[side]),
      ),
    );
  const leaf = root('leaf');
  return { leaf, tile: pairs.every((pair) => pair.leaf === pair.tile) ? leaf : root('tile') };
}
