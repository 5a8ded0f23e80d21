import type { Context } from '#kernel/context';
import { ownAccount } from '../own-account.ts';
import { limits } from './limits.ts';
import { surfaceOf } from './open-session.ts';

export type OwnSession = {
  readonly id: string;
  readonly method: string;
  readonly device: string;
  readonly network: string;
  readonly createdAt: Temporal.Instant;
  readonly seenAt: Temporal.Instant;
};

/** Where whoever acts is signed in, last seen first. Those that ended by themselves are not shown: they open nothing. */
export async function ownSessions(ctx: Context): Promise<OwnSession[]> {
  const { id, kind } = ownAccount(ctx, 'self:read');
  return ctx.db
    .selectFrom('accounts.session')
    .select(['id', 'method', 'device', 'network', 'createdAt', 'seenAt'])
    .where('accountId', '=', id)
    .where('expiresAt', '>', ctx.now())
    .where('seenAt', '>', ctx.now().subtract(limits[surfaceOf[kind]].idle))
    .orderBy('seenAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
