import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { decisionsOf, type DecisionRow, acceptorOf } from './acceptor.ts';
import { askedDocuments } from './asked-documents.ts';
import { decide, type DecideRefusal, type Shown, type Words } from './decide.ts';
import { foldDecisions } from './fold-decisions.ts';
import { type Question, readQuestion } from './read-asking.ts';

type Ticket = { readonly ticket: string; readonly publicUrl: string };

export type LinkQuestion = {
  readonly question: Question;
  /** How many entries the person has about this document. */
  readonly after: number;
  readonly answer: 'yes' | 'no' | 'never-asked';
  readonly returnTo: string | null;
};

/** What a link asks; looking spends nothing. No permission: the ticket is the proof. `null` for one that is spent, old or of elsewhere. */
export async function readLinkQuestion(
  ctx: Context,
  { ticket, publicUrl, ...about }: Ticket & { readonly organisation: string; readonly locale: string },
): Promise<LinkQuestion | null> {
  const link = await ctx.db
    .selectFrom('policies.acceptanceLink')
    .selectAll()
    .where('ticketHash', '=', sha256(ticket))
    .where('expiresAt', '>', ctx.now())
    .where('audience', '=', publicUrl)
    .executeTakeFirst();
  const [document] = link ? await askedDocuments(ctx, { id: link.documentId }) : [];
  if (!link || !document?.rule.asked) return null;
  const decisions = await decisionsOf(ctx, await acceptorOf(ctx, link.accountId), document.id);
  const question = await readQuestion(ctx, document, decisions, about);
  const { last, answer } = foldDecisions(decisions);
  return question && { question, answer, after: last?.n ?? 0, returnTo: link.returnTo };
}

export type LinkAnswer = Ticket & {
  readonly kind: 'accepted' | 'refused';
  readonly shown: Shown;
  readonly words: Exclude<Words, { written: string }>;
  readonly after: number;
};
export type AnswerByLinkRefusal = DecideRefusal | 'policies/link-unknown';

/**
 * The answer of whom a link was made for. Person and document are those of the link, whatever the form says. No permission: the ticket
 * is the proof, and it is spent with the answer; what is refused leaves it as it was.
 */
export async function answerByLink(
  ctx: Context,
  { ticket, publicUrl, ...answer }: LinkAnswer,
): Promise<Outcome<{ decision: DecisionRow; returnTo: string | null }, AnswerByLinkRefusal>> {
  // Of two that come at once the second waits here, and finds nothing.
  const link = await ctx.db
    .deleteFrom('policies.acceptanceLink')
    .where('ticketHash', '=', sha256(ticket))
    .where('expiresAt', '>', ctx.now())
    .where('audience', '=', publicUrl)
    .returningAll()
    .executeTakeFirst();
  if (!link) return refuse('policies/link-unknown');
  const { accountId, documentId, programId, returnTo } = link;
  const program = await ctx.db.selectFrom('accounts.program').select('revokedAt').where('id', '=', programId).executeTakeFirst();
  if (!program || program.revokedAt) return refuse('policies/link-unknown');
  const made = await decide(ctx, { ...answer, accountId, document: { id: documentId }, surface: 'link', programId });
  return made.ok ? done({ decision: made.value, returnTo }) : made;
}
