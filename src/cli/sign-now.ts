import { publishCheckpoint, sequencePrivate, sequencePublic } from '#ledger';
import type { Installation } from '../app/installation.ts';
import { privateInterval } from '../app/keep-logs.ts';

/**
 * Puts what a command recorded under a signed checkpoint. A running server does the same by polling, and both may do it at once:
 * the row of each log is the fence. Private events wait for their interval, for which the next start or a running server cares.
 */
export async function signNow({ ledger, store }: Pick<Installation, 'ledger' | 'store'>): Promise<void> {
  const scope = { db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() };
  while ((await sequencePublic(ledger.db)) > 0);
  await sequencePrivate(ledger.db, ledger.now(), privateInterval);
  for (const log of ['public', 'private'] as const) await publishCheckpoint(scope, log);
}
