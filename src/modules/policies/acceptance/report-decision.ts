import { handedAccount, isHandedSubject } from '#accounts';
import { type Context, PermissionMissing } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type DecisionRow, decisionsOf } from './acceptor.ts';
import { decide, type DecideRefusal, type Shown } from './decide.ts';
import { foldDecisions, type Standing } from './fold-decisions.ts';
import { takeBack, type TakeBackRefusal } from './take-back.ts';

export type ReportedDecision = {
  /** Chosen by the sender for this one request; the same key with the same content is answered again and recorded once. */
  readonly idempotencyKey: string;
  /** Who it is, as the organisation's own site calls them. */
  readonly subject: string;
  readonly policy: string;
  readonly decision: 'accepted' | 'refused' | 'withdrawn';
  /** Text and words that the organisation's form asked with; `null` only when a yes is withdrawn. */
  readonly shown: (Shown & { readonly words: string }) | null;
};

export type ReportRefusal =
  | DecideRefusal
  | TakeBackRefusal
  | 'policies/subject-not-valid'
  | 'policies/shown-missing'
  | 'policies/key-used-otherwise'
  | 'policies/person-erased';

export type Reported = {
  readonly decision: DecisionRow;
  /** How the person stands after this. An old request that is sent again answers what it recorded, and changes nothing. */
  readonly answer: Standing<DecisionRow>['answer'];
};

/** Records what a person decided on the organisation's own site, at the word of the program that reports it. */
export async function reportDecision(ctx: Context, reported: ReportedDecision): Promise<Outcome<Reported, ReportRefusal>> {
  ctx.require('acceptances:record');
  // Only a program has a name space of subjects.
  if (ctx.actor.kind !== 'program') throw new PermissionMissing('acceptances:record');
  const { id: programId } = ctx.actor;
  const { subject, policy, decision, shown } = reported;
  if (!isHandedSubject(subject)) return refuse('policies/subject-not-valid');
  if (shown === null && decision !== 'withdrawn') return refuse('policies/shown-missing');
  const request = {
    programId,
    keyHash: sha256(reported.idempotencyKey),
    requestHash: sha256(
      JSON.stringify([subject, policy, decision, shown?.version, shown?.textHash, shown?.language, shown?.words]),
    ),
  };
  const answered = await answerBefore(ctx, request);
  if (answered) return answered.ok ? done(await reportedOf(ctx, answered.value)) : answered;

  const accountId = await handedAccount(ctx, { programId, subject });
  if (accountId === null) throw new PermissionMissing('acceptances:record');
  const common = { accountId, document: { slug: policy }, after: null, surface: 'api', programId } as const;
  const made =
    decision === 'withdrawn' || shown === null
      ? await takeBack(ctx, common)
      : await decide(ctx, { ...common, kind: decision, shown, words: { written: shown.words } });
  if (!made.ok) return made;
  await ctx.db
    .updateTable('policies.acceptanceRequest')
    .set({ decisionId: made.value.id })
    .where('programId', '=', programId)
    .where('keyHash', '=', request.keyHash)
    .execute();
  return done(await reportedOf(ctx, made.value));
}

async function reportedOf(ctx: Context, decision: DecisionRow): Promise<Reported> {
  const { answer } = foldDecisions(await decisionsOf(ctx, decision.subjectId, decision.documentId));
  return { decision, answer };
}

type Request = { readonly programId: string; readonly keyHash: Buffer; readonly requestHash: Buffer };
type AnswerBefore = Outcome<DecisionRow, 'policies/key-used-otherwise' | 'policies/person-erased'>;

/** Takes the key, or answers as before: of two requests with one key at once the second waits for the first. A refusal gives it back. */
async function answerBefore(ctx: Context, request: Request): Promise<AnswerBefore | null> {
  const taken = await ctx.db
    .insertInto('policies.acceptanceRequest')
    .values({ ...request, decisionId: null, at: ctx.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return null;
  const before = await ctx.db
    .selectFrom('policies.acceptanceRequest')
    .select(['requestHash', 'decisionId'])
    .where('programId', '=', request.programId)
    .where('keyHash', '=', request.keyHash)
    .executeTakeFirstOrThrow();
  if (before.decisionId === null) return refuse('policies/person-erased');
  if (!before.requestHash.equals(request.requestHash)) return refuse('policies/key-used-otherwise');
  const row = await ctx.db
    .selectFrom('policies.decision')
    .selectAll()
    .where('id', '=', before.decisionId)
    .executeTakeFirstOrThrow();
  return done(row);
}
