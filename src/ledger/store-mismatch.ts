/** The store and the database do not belong together: going on would sign a second history. */
export class StoreMismatch extends Error {
  readonly code: 'ledger/database-behind-checkpoint' | 'ledger/checkpoint-differs' | 'ledger/other-store';
  constructor(code: StoreMismatch['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}
