import type { AllowedFields } from '@troth/tlog';
import {
  type Actor,
  type Context,
  holds,
  may,
  type Permission,
  PermissionMissing,
  type Place,
  ProofNeeded,
  type Secrets,
} from '#kernel/context';
import type { Outcome, Refused } from '#kernel/outcome';
import { type Database, inTransaction } from '#kernel/sql';
import { openRecorder } from './record.ts';

/** What every act needs from the process it runs in. */
export type Ledger = {
  readonly db: Database;
  readonly secrets: Secrets;
  /** The fields each type of public statement may carry; anything else is refused before it is written. */
  readonly leafFields: AllowedFields;
  readonly now: () => Temporal.Instant;
  /** Called after a commit that recorded something: a hint to sequence now and not at the next poll. */
  readonly wake: () => void;
};

function contextFor(ledger: Ledger, db: Database, actor: Actor, record: Context['record'], now: Temporal.Instant): Context {
  return {
    db,
    actor,
    secrets: ledger.secrets,
    now: () => now,
    record,
    require(permission: Permission, place?: Place) {
      if (may(actor, permission, place)) return;
      throw holds(actor, permission, place) ? new ProofNeeded(permission) : new PermissionMissing(permission);
    },
  };
}

/** Carries a refusal out of the transaction so that it is rolled back: nothing of a refused act stays, whatever the verb wrote. */
class RolledBack extends Error {
  readonly refused: Refused<string>;
  constructor(refused: Refused<string>) {
    super(refused.refusal);
    this.refused = refused;
  }
}

/** Runs one verb in one transaction: its rows and its events are committed together or, when it refuses or throws, not at all. */
export async function act<Value, Refusal extends string>(
  ledger: Ledger,
  actor: Actor,
  verb: (ctx: Context) => Promise<Outcome<Value, Refusal>>,
): Promise<Outcome<Value, Refusal>> {
  let recorded = 0;
  try {
    const answer = await inTransaction(ledger.db, async (tx) => {
      const now = ledger.now();
      const recorder = openRecorder({ db: tx, secrets: ledger.secrets, leafFields: ledger.leafFields, now, actor });
      const outcome = await verb(contextFor(ledger, tx, actor, recorder.record, now));
      if (!outcome.ok) throw new RolledBack(outcome);
      recorded = await recorder.flush();
      return outcome;
    });
    if (recorded > 0) ledger.wake();
    return answer;
  } catch (error) {
    // The type of the refusal is the verb's own: it is the one it answered a moment ago.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    if (error instanceof RolledBack) return error.refused as Refused<Refusal>;
    throw error;
  }
}

/** A context for reading: no transaction, nothing can be recorded. */
export function observe(ledger: Ledger, actor: Actor): Context {
  return contextFor(ledger, ledger.db, actor, () => Promise.reject(new Error('nothing is recorded while reading')), ledger.now());
}
