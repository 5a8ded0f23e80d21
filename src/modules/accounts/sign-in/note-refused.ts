import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import type { Device } from '../sessions/describe-device.ts';
import type { SignInMethod } from '../sessions/sign-in-method.ts';

export type RefusedSignIn = { readonly accountId: string | undefined; readonly method: SignInMethod; readonly device: Device };

/** Shown to the account's owner. One statement whether or not there is an account, so that the answer takes as long. */
export async function noteRefused(ctx: Context, { accountId, method, device }: RefusedSignIn): Promise<void> {
  await ctx.db
    .insertInto('accounts.signIn')
    .columns(['id', 'accountId', 'at', 'method', 'outcome', 'device', 'network'])
    .expression((eb) =>
      eb
        .selectFrom('accounts.account')
        .select([
          eb.val(rowId(ctx.now())).as('id'),
          'id as accountId',
          eb.val(ctx.now()).as('at'),
          eb.val(method).as('method'),
          eb.val('refused').as('outcome'),
          eb.val(device.device).as('device'),
          eb.val(device.network).as('network'),
        ])
        .where('id', '=', accountId ?? '00000000-0000-0000-0000-000000000000'),
    )
    .execute();
}
