/** Where signed checkpoints and tiles lie, outside the database and its backups. Keys look like `public/tile/0/000`. */
export type StateStore = {
  /** @returns the bytes, or `null` when nothing is there. */
  get(key: string): Promise<Uint8Array | null>;
  /** Durable and whole when it resolves: a crash leaves the old bytes or the new. */
  put(key: string, bytes: Uint8Array): Promise<void>;
};

/** The store and the database do not belong together: going on would sign a second history. */
export class StoreMismatch extends Error {
  readonly code: 'ledger/database-behind-checkpoint' | 'ledger/checkpoint-differs' | 'ledger/other-store';
  constructor(code: StoreMismatch['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}
