import type { Context } from '#kernel/context';
import { ownAccount } from '../own-account.ts';

export type Passkey = {
  readonly id: string;
  readonly label: string;
  /** The host it works for. */
  readonly rpId: string;
  readonly backedUp: boolean;
  readonly createdAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
};

/** Whoever acts sees their own, oldest first. */
export async function ownPasskeys(ctx: Context): Promise<Passkey[]> {
  const { id } = ownAccount(ctx, 'self:read');
  return ctx.db
    .selectFrom('accounts.passkey')
    .select(['id', 'label', 'rpId', 'backedUp', 'createdAt', 'usedAt'])
    .where('accountId', '=', id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}
