import type { Context } from '#kernel/context';
import { mailAddress } from '#mail';
import { takeAllowance } from '../sign-in/take-allowance.ts';

/**
 * Whether one more letter may be sent. Called outside of the act that sends it.
 * `quiet`: the address has had enough for now; whoever asks is answered as ever, or the answer would tell that others asked.
 * @returns `wait`: whole seconds until this network may ask again.
 */
export async function allowLink(
  ctx: Context,
  { email, network }: { email: string; network: string },
): Promise<'go' | 'quiet' | { wait: number }> {
  const wait = await takeAllowance(ctx, `link/from/${network}`, { burst: 20, seconds: 15 * 60 });
  if (wait > 0) return { wait };
  // Folded, although case may matter to the mailbox: otherwise 2^n ways to write an address were 2^n buckets.
  const address = (mailAddress(email) ?? email).toLowerCase();
  const full =
    (await takeAllowance(ctx, `link/to/${address}`, { burst: 3, seconds: 15 * 60 })) ||
    (await takeAllowance(ctx, `link/day/${address}`, { burst: 12, seconds: 24 * 3600 }));
  return full > 0 ? 'quiet' : 'go';
}
