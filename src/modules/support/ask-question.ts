import { isEmailAddress } from '#accounts';
import type { Context } from '#kernel/context';
import { receiptCode } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type AskedAbout, placeQuestion, type PlaceRefusal } from './place-question.ts';
import { isReference } from './reference.ts';

export type NewQuestion = AskedAbout & {
  /** May be empty: the receipt code is enough to read the answer. */
  readonly email: string;
  /** An order or customer number, which opens the receipt as the address does; may be empty. */
  readonly reference?: string | undefined;
  readonly mayPublish: boolean;
};

export type AskRefusal = PlaceRefusal | 'support/email-not-valid' | 'support/reference-not-valid';

/** A visitor asks about a text. The code told here is the only way back to it; only its hash is kept. */
export async function askQuestion(
  ctx: Context,
  { mayPublish, ...input }: NewQuestion,
): Promise<Outcome<{ code: string; dueAt: Temporal.Instant }, AskRefusal>> {
  const email = input.email.trim();
  const reference = input.reference?.trim() ?? '';
  if (email !== '' && !isEmailAddress(email)) return refuse('support/email-not-valid');
  if (reference !== '' && !isReference(reference)) return refuse('support/reference-not-valid');
  const code = receiptCode();
  const accountId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
  const placed = await placeQuestion(ctx, input, { accountId, code, email, reference, mayPublish, by: null });
  return placed.ok ? done({ code, dueAt: placed.value.dueAt }) : placed;
}
