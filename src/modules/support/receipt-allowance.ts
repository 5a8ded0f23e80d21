import { takeAllowance } from '#accounts';
import type { Context } from '#kernel/context';
import { parseReceiptCode } from '#kernel/ids';

// The code has 100 bits, but the order number that opens it may have six digits: whoever found a receipt must not try them all.
const perCode = { burst: 10, seconds: 3600 };

/** Counts a try with a code, whether or not it was ever given out. Called before it is looked up. @returns Seconds to wait, or 0. */
export async function takeReceiptAllowance(ctx: Context, { code }: { code: string }): Promise<number> {
  return takeAllowance(ctx, `receipt/${parseReceiptCode(code) ?? ''}`, perCode);
}
