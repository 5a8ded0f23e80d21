import { findHandedAccount, isHandedSubject } from '#accounts';
import { type Context, PermissionMissing } from '#kernel/context';
import { isId } from '#kernel/ids';
import { bundleReceipt, readSubject } from '#ledger';
import { acceptorOf, decisionsOf, type DecisionRow } from './acceptor.ts';
import { type AskedDocument, askedDocuments } from './asked-documents.ts';
import { type Question, readQuestion, standingTo, type Stood } from './read-asking.ts';

/** How one person stands to one document, with everything they said about it, newest first. */
export type PersonAcceptance = Stood & { readonly document: AskedDocument; readonly decisions: readonly DecisionRow[] };

/** What a person is asked and what they decided: every document of which acceptance is asked, or was answered. */
export async function ownAcceptances(ctx: Context, { accountId }: { accountId: string }): Promise<PersonAcceptance[]> {
  ctx.require('self:read', { subject: accountId });
  return acceptancesOf(ctx, accountId);
}

/** The same of somebody else, for staff whose work it is. */
export async function readAcceptances(ctx: Context, { accountId }: { accountId: string }): Promise<PersonAcceptance[]> {
  ctx.require('acceptances:read');
  return acceptancesOf(ctx, accountId);
}

/** The same of whom a program calls so. Whom nobody named yet has decided nothing. `null` for what cannot name anybody. */
export async function acceptancesOfSubject(ctx: Context, { subject }: { subject: string }): Promise<PersonAcceptance[] | null> {
  ctx.require('acceptances:read');
  if (ctx.actor.kind !== 'program') throw new PermissionMissing('acceptances:read');
  if (!isHandedSubject(subject)) return null;
  return acceptancesOf(ctx, await findHandedAccount(ctx, { programId: ctx.actor.id, subject }));
}

async function acceptancesOf(ctx: Context, accountId: string | null): Promise<PersonAcceptance[]> {
  const decisions = await decisionsOf(ctx, accountId === null ? null : await acceptorOf(ctx, accountId));
  const documents = await askedDocuments(ctx);
  const found: PersonAcceptance[] = [];
  for (const document of documents) {
    const own = decisions.filter(({ documentId }) => documentId === document.id).toReversed();
    if (own.length > 0 || document.rule.asked)
      found.push({ document, decisions: own, ...(await standingTo(ctx, document, own)) });
  }
  return found;
}

export type OwnQuestion = PersonAcceptance & { readonly question: Question | null };

/** One document as it is asked of one person; `null` when there is no such public document, or nobody was ever asked about it. */
export async function ownQuestion(
  ctx: Context,
  asked: { accountId: string; slug: string; organisation: string; locale: string },
): Promise<OwnQuestion | null> {
  ctx.require('self:read', { subject: asked.accountId });
  const [document] = await askedDocuments(ctx, { slug: asked.slug });
  if (!document) return null;
  const decisions = await decisionsOf(ctx, await acceptorOf(ctx, asked.accountId), document.id);
  if (!(document.rule.asked && document.isPublic) && decisions.length === 0) return null;
  const question = document.rule.asked ? await readQuestion(ctx, document, decisions, asked) : null;
  return { document, decisions: decisions.toReversed(), question, ...(await standingTo(ctx, document, decisions)) };
}

/** Proof of everything that a person decided, for themselves; `null` while nothing of it is signed. */
export async function ownAcceptanceReceipt(ctx: Context, { accountId }: { accountId: string }): Promise<Uint8Array | null> {
  ctx.require('self:read', { subject: accountId });
  const subject = await acceptorOf(ctx, accountId);
  return subject === null ? null : bundleReceipt(ctx, subject);
}

/** The same for the program that the person belongs to, by any decision of theirs: `undefined` where it has no such decision. */
export async function acceptanceReceipt(ctx: Context, { id }: { id: string }): Promise<Uint8Array | null | undefined> {
  ctx.require('acceptances:read');
  if (ctx.actor.kind !== 'program') throw new PermissionMissing('acceptances:read');
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('policies.decision as decision')
    .innerJoin('policies.acceptor as acceptor', 'acceptor.subjectId', 'decision.subjectId')
    .innerJoin('accounts.handedIdentity as handed', 'handed.accountId', 'acceptor.accountId')
    .innerJoin('ledger.event as event', 'event.id', 'decision.eventId')
    .innerJoin('ledger.log as log', 'log.id', 'event.log')
    .select(['decision.subjectId', 'event.index', 'log.signedSize'])
    .where('decision.id', '=', id)
    .where('handed.programId', '=', ctx.actor.id)
    .executeTakeFirst();
  if (!row) return undefined;
  // A receipt without the decision that was asked for would prove everything but that.
  const isSigned = row.index !== null && row.index < row.signedSize;
  return isSigned ? bundleReceipt(ctx, row.subjectId) : null;
}

/** Everything kept here about a person, as data. The words that asked stand in the events. */
export async function exportAcceptances(ctx: Context, { accountId }: { accountId: string }): Promise<Record<string, unknown>> {
  ctx.require('self:read', { subject: accountId });
  const subject = await acceptorOf(ctx, accountId);
  if (subject === null) return { decisions: [], events: [] };
  const rows = await decisionsOf(ctx, subject);
  const decisions = rows.map((row) => ({
    ...row,
    textHash: row.textHash.toString('hex'),
    wordingHash: row.wordingHash.toString('hex'),
  }));
  const { entries } = await readSubject(ctx, subject);
  const events = entries.map(({ n, index, canonical }) => ({
    n,
    privateLogEntry: index,
    event: JSON.parse(Buffer.from(canonical).toString('utf8')) as unknown,
  }));
  return { decisions, events };
}
