import type { Context } from '#kernel/context';
import type { Device } from '../sessions/describe-device.ts';
import { takeAllowance } from '../sign-in/take-allowance.ts';

/**
 * Six digits are soon guessed if nothing counts the tries. 20 an hour over all, three codes good at a time: one chance in 700 for
 * somebody who has the passphrase and goes on for a whole day, each try in the owner's history. Called outside of an act.
 * @returns the seconds to wait, 0 for none.
 */
export async function takeCodeAllowance(ctx: Context, accountId: string, device: Device): Promise<number> {
  return (
    (await takeAllowance(ctx, `code/${accountId}/${device.network}`, { burst: 5, seconds: 15 * 60 })) ||
    (await takeAllowance(ctx, `code/${accountId}`, { burst: 20, seconds: 60 * 60 }))
  );
}
