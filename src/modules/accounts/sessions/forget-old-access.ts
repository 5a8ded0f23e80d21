import type { Database } from '#kernel/sql';
import '../tables.ts';
import { historyLasts } from './sign-in-history.ts';

declare module '#kernel/jobs' {
  interface Tasks {
    'accounts/forget': Record<string, never>;
  }
}

/**
 * Clears away what no longer opens, guards or tells anything: sessions and half sessions that ended, sign-ins older than their history,
 * addresses that accounts had before, buckets of attempts that are full again, logout tokens that nobody would take any more. None of it
 * is asked for its presence; every reader looks at the time as well.
 */
export async function forgetOldAccess(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('accounts.session').where('expiresAt', '<', now).execute();
  await db.deleteFrom('accounts.halfSession').where('expiresAt', '<', now).execute();
  await db.deleteFrom('accounts.signIn').where('at', '<', now.subtract(historyLasts)).execute();
  // Clocks differ: for some seconds a token is taken that has ended by this one.
  await db
    .deleteFrom('accounts.spentLogout')
    .where('expiresAt', '<', now.subtract({ minutes: 1 }))
    .execute();
  await db
    .updateTable('accounts.account')
    .set({ emailBefore: null })
    .where('emailBefore', 'is not', null)
    .where('emailSetAt', '<', now.subtract(historyLasts))
    .execute();
  await db.deleteFrom('accounts.allowance').where('fullAt', '<=', now).execute();
}
