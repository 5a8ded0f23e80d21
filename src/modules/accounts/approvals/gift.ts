import type { Context, Permission } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import type { Outcome } from '#kernel/outcome';
import { type Deed, type Guarded, guardable } from './four-eyes.ts';
import { requestApproval, type RequestApprovalRefusal } from './request-approval.ts';

/** Anything that lets somebody do more than before: a role, an invitation, a role made wider, what a group of a directory gives. */
export type Gift = {
  /** What is done, and to whom. */
  readonly object: string;
  /** What else is agreed to, so that an approval of it covers no other: ids and names. */
  readonly terms: readonly (string | null)[];
  /** What it allows today. */
  readonly granted: readonly Permission[];
};

/**
 * What a second person agrees to. It falls under the rule for access as a whole, or where that is off under the rule for a permission
 * that it gives: otherwise one owner would invite a second account of their own, and be two people.
 */
export async function giftDeed(ctx: Context, { object, terms, granted }: Gift): Promise<Deed> {
  const digest = sha256(JSON.stringify([object, terms, granted]));
  return { permission: await guardOf(ctx, granted), object, digest };
}

async function guardOf(ctx: Context, granted: readonly Permission[]): Promise<Guarded> {
  const rows = await ctx.db.selectFrom('accounts.fourEyes').select('permission').execute();
  const on = rows.map(({ permission }) => permission);
  if (on.includes('accounts:manage')) return 'accounts:manage';
  return guardable.find((permission) => on.includes(permission) && granted.includes(permission)) ?? 'accounts:manage';
}

/** Whether any gift may take two people, for pages that offer one. */
export async function giftsTakeTwo(ctx: Context): Promise<boolean> {
  return (await ctx.db.selectFrom('accounts.fourEyes').select('permission').executeTakeFirst()) !== undefined;
}

type Words = { readonly title: string; readonly href: string; readonly reason: string };

/** Asks a second person to agree to it. @param asks What whoever gives it must hold; those who decide may hold another permission. */
export async function askForGift(
  ctx: Context,
  gift: Gift,
  asks: Permission,
  words: Words,
): Promise<Outcome<{ approvalId: string }, RequestApprovalRefusal>> {
  return requestApproval(ctx, { ...(await giftDeed(ctx, gift)), ...words, asks, gives: true });
}
