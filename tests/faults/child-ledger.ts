import { setTimeout as pause } from 'node:timers/promises';
import { publicLeafFields } from '@troth/tlog';
import { openDatabase, openPool } from '../../src/kernel/sql.ts';
import { type Ledger, StoreMismatch } from '../../src/ledger/index.ts';
import { testSecrets } from '../support/ledger.ts';

/** What the processes of the test that kills them tell it, one JSON object a line. */
export type Told =
  | { readonly tell: 'recorded'; readonly log: 'public' | 'private'; readonly id: string }
  | { readonly tell: 'released'; readonly key: string; readonly note: string }
  | { readonly tell: 'fault'; readonly message: string };

/** Written to a pipe before it returns (Node does so on POSIX), so that what was told is not lost with the teller. */
export function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

export function childLedger(url: string): Ledger {
  return {
    db: openDatabase(openPool(url, { connections: 2 })),
    secrets: testSecrets(),
    leafFields: { ...publicLeafFields, 'note.said': ['n'] },
    now: () => Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds),
    wake: () => undefined,
  };
}

/** Does its work for ever, and again when the database was away. Any other failure is one that the test must hear about. */
export async function forEver(work: () => Promise<void>): Promise<never> {
  process.stdin.resume().on('end', () => process.exit(0));
  for (;;) {
    try {
      await work();
    } catch (error) {
      if (!isAway(error))
        tell({ tell: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      await pause(20);
    }
  }
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof StoreMismatch) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(08|57P)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) ||
    // Its socket is gone; a missing file of the store would be a fault.
    (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') ||
    /Connection terminated|connection error|timeout exceeded/i.test(error.message)
  );
}
