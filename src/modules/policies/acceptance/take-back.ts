import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { decisionsOf, type DecisionRow, lockAcceptor } from './acceptor.ts';
import { foldDecisions } from './fold-decisions.ts';
import { recordDecision } from './record-decision.ts';

export type TakingBack = {
  readonly accountId: string;
  readonly document: { readonly slug: string } | { readonly id: string };
  /** How many entries about this document the page knew of; `null` for a form that does not show them. */
  readonly after: number | null;
  readonly surface: 'portal' | 'link' | 'api';
  readonly programId: string | null;
};

export type TakeBackRefusal =
  | 'policies/policy-not-found'
  | 'policies/nothing-accepted'
  | 'policies/decided-meanwhile'
  | 'policies/person-erased';

/**
 * Takes a yes back, whichever version it is for and whether or not it is still asked for. Doing it twice is one entry. The caller has
 * asked who acts.
 */
export async function takeBack(ctx: Context, taking: TakingBack): Promise<Outcome<DecisionRow, TakeBackRefusal>> {
  const { accountId, surface, programId } = taking;
  let query = ctx.db.selectFrom('policies.document').select(['id', 'slug']);
  query = 'slug' in taking.document ? query.where('slug', '=', taking.document.slug) : query.where('id', '=', taking.document.id);
  const document = await query.executeTakeFirst();
  if (!document) return refuse('policies/policy-not-found');
  const subjectId = await lockAcceptor(ctx, accountId);
  if (subjectId === null) return refuse('policies/person-erased');
  const { answer, last } = foldDecisions(await decisionsOf(ctx, subjectId, document.id));
  if (last?.kind === 'withdrawn') return done(last);
  if (answer !== 'yes' || !last) return refuse('policies/nothing-accepted');
  if (taking.after !== null && taking.after !== last.n) return refuse('policies/decided-meanwhile');
  const { version, language, textHash, wordingHash } = last;
  const taken = { kind: 'withdrawn', version, language, textHash, wordingHash, words: null, last: last.n } as const;
  return done(await recordDecision(ctx, { accountId, subjectId, document, ...taken, surface, programId }));
}
