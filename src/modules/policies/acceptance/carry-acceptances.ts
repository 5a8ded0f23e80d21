import type { Context } from '#kernel/context';
import { done } from '#kernel/outcome';
import { act, bodyOfEvent, type Ledger, observe } from '#ledger';
import { sha256 } from '#kernel/crypto';
import { askedDocuments } from './asked-documents.ts';
import { decisionsOf, lockAcceptor } from './acceptor.ts';
import { standingTo } from './read-asking.ts';
import { recordDecision } from './record-decision.ts';

declare module '#kernel/jobs' {
  interface Tasks {
    /** Carries acceptances over to versions in force that say the same. */
    'acceptances/carry': Record<string, never>;
  }
}

const carrier = { kind: 'system', name: 'acceptances' } as const;
const batch = 200;

/**
 * Wherever a version in force says the same as the one that people accepted, their acceptance is carried over, as an entry of its own.
 * One act a person, so that a stop in between loses nothing; doing it again changes nothing.
 * @returns How many were carried.
 */
export async function carryAcceptances(ledger: Ledger, signal?: AbortSignal): Promise<number> {
  let carried = 0;
  for (const document of await askedDocuments(observe(ledger, carrier))) {
    const { current } = document;
    if (!document.rule.asked || !current) continue;
    for (let after = ''; ;) {
      const accounts = await waiting(observe(ledger, carrier), document.id, current.number, after);
      for (const accountId of accounts) {
        if (signal?.aborted) return carried;
        const one = await act(ledger, carrier, (ctx) => carryOne(ctx, accountId, document.id));
        if (one.ok && one.value) carried += 1;
      }
      const next = accounts.at(-1);
      if (next === undefined || accounts.length < batch) break;
      after = next;
    }
  }
  return carried;
}

/** People who decided about a version before the one in force and about none since, by account. */
async function waiting(ctx: Context, documentId: string, current: number, after: string): Promise<string[]> {
  let query = ctx.db
    .selectFrom('policies.decision as decision')
    .innerJoin('policies.acceptor as acceptor', 'acceptor.subjectId', 'decision.subjectId')
    .select('acceptor.accountId')
    .where('decision.documentId', '=', documentId)
    .groupBy('acceptor.accountId')
    .having((eb) => eb(eb.fn.max('decision.version'), '<', current))
    .orderBy('acceptor.accountId')
    .limit(batch);
  if (after !== '') query = query.where('acceptor.accountId', '>', after);
  return (await query.execute()).map(({ accountId }) => accountId);
}

/** Asks again under the lock: between the list and this the person may have decided otherwise. */
async function carryOne(ctx: Context, accountId: string, documentId: string) {
  const [document] = await askedDocuments(ctx, { id: documentId });
  const subjectId = await lockAcceptor(ctx, accountId);
  if (subjectId === null) return done(false);
  const decisions = await decisionsOf(ctx, subjectId, documentId);
  const version = document?.current;
  if (!document || !version?.eventId) return done(false);
  const { standing, asking } = await standingTo(ctx, document, decisions);
  const text = await bodyOfEvent(ctx.db, version.eventId);
  if (asking !== 'carry' || !standing.last || !text) return done(false);
  const { wordingHash, n } = standing.last;
  const same = { kind: 'carried', version: version.number, language: document.language, textHash: sha256(text) } as const;
  const nobody = { words: null, surface: 'system', programId: null, last: n, wordingHash } as const;
  await recordDecision(ctx, { accountId, subjectId, document, ...same, ...nobody });
  return done(true);
}
