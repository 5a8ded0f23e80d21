import type { Context } from '#kernel/context';
import { mailAddress, queueMail } from '#mail';
import './link-tables.ts';

export type TellNewDevice = {
  readonly signIn: string;
  readonly publicUrl: string;
  readonly organisation: string;
  readonly zone: string;
  readonly locale: string;
};

/** The reaction to a sign-in from where there was none before. Running again queues no second letter. */
export async function tellNewDevice(
  ctx: Context,
  { signIn, publicUrl, organisation, zone, locale }: TellNewDevice,
): Promise<void> {
  const found = await ctx.db
    .selectFrom('accounts.signIn as event')
    .innerJoin('accounts.account as account', 'account.id', 'event.accountId')
    .select(['account.email', 'account.kind', 'event.at', 'event.device', 'event.network'])
    .where('event.id', '=', signIn)
    .where('account.leftAt', 'is', null)
    .executeTakeFirst();
  // Some staff addresses came before the stricter reading of what an address is; nobody is locked out over a letter.
  if (!found?.email || mailAddress(found.email) === null) return;
  const { kind, at, device, network } = found;
  await queueMail(ctx, {
    to: found.email,
    template: 'new-device',
    locale,
    once: `new-device/${signIn}`,
    values: {
      organisation,
      at: at.toString(),
      zone,
      device,
      network,
      href: `${publicUrl}/${locale}/${kind === 'staff' ? 'console' : 'me'}/security`,
    },
  });
}
