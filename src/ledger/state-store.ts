/**
 * A place for small immutable files and one that changes, shared by all nodes: the tiles of a log and its last signed checkpoint.
 * Keys look like paths, `public/tile/0/x001/234` or `public/checkpoint`. An implementation must pass
 * `state-store-conformance.ts`.
 */
export type StateStore = {
  /** The bytes with their tag, or undefined. */
  get(key: string): Promise<Stored | undefined>;
  /**
   * Writes or overwrites. When it answers, the bytes survive a power cut; a reader sees the old bytes or the new, never a part.
   */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * Writes only if the stored tag is still `tag` (undefined: only if there is nothing).
   * @returns The new tag, or undefined when somebody else was faster. This is what keeps two nodes from signing different
   *   checkpoints.
   */
  putIfMatch(key: string, bytes: Uint8Array, tag: string | undefined): Promise<string | undefined>;
  /** All keys that begin with `prefix`, sorted by code point. */
  list(prefix: string): Promise<string[]>;
};

type Stored = {
  bytes: Uint8Array;
  /** Changes with the bytes; opaque. */
  tag: string;
};

/** Keys become file names and URLs, so they are held to a set that is safe in both. @throws RangeError on any other. */
export function requireStoreKey(key: string): void {
  const parts = key.split('/');
  const safe = parts.every((part) => /^[a-z0-9][a-z0-9._-]*$/i.test(part) && !part.endsWith('.'));
  if (!safe || key.length > 400) throw new RangeError(`Not a key of the state store: ${JSON.stringify(key)}`);
}
