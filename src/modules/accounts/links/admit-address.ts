import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import type { Outcome } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import { type Held, openSession, type OpenSessionRefusal } from '../sessions/open-session.ts';

/** Signs in the user of an address that was just shown to be theirs, and makes the account when there is none. */
export async function admitAddress(
  ctx: Context,
  { address, device, held = null }: { address: string; device: Device } & Held,
): Promise<Outcome<{ token: string }, OpenSessionRefusal>> {
  const accountId = (await findUser(ctx, address)) ?? (await joinUser(ctx, address));
  return openSession(ctx, { accountId, method: 'link', device, held });
}

async function findUser(ctx: Context, address: string): Promise<string | undefined> {
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'user')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(address)])))
    .executeTakeFirst();
  return account?.id;
}

/** Two links to one new address may be opened at once: the second finds what the first made. */
async function joinUser(ctx: Context, address: string): Promise<string> {
  const id = objectId();
  const made = await ctx.db
    .insertInto('accounts.account')
    .values({
      id,
      kind: 'user',
      email: address,
      name: null,
      passphraseHash: null,
      passphraseSetAt: null,
      createdAt: ctx.now(),
      leftAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return (await findUser(ctx, address)) ?? unreachable();
  await ctx.record({ type: 'user.joined', subject: id, body: { by: 'link' } });
  return id;
}

function unreachable(): never {
  throw new Error('an account that stands in the way of a new one can be found');
}
