import type { Context } from '#kernel/context';
import { done } from '#kernel/outcome';
import { act, bodyOfEvent, type Ledger, observe } from '#ledger';
import { sha256 } from '#kernel/crypto';
import { type AskedDocument, askedDocuments } from './asked-documents.ts';
import { decisionsOf, lockAcceptor } from './acceptor.ts';
import { standingTo } from './read-asking.ts';
import { recordDecision } from './record-decision.ts';
import { wordingChanged } from './wording-changed.ts';

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
  const ctx = observe(ledger, carrier);
  let carried = 0;
  for (const document of await askedDocuments(ctx)) {
    const versions = await sayingTheSame(ctx, document);
    if (versions.length === 0) continue;
    for (let after = ''; ;) {
      const accounts = await waiting(ctx, document.id, versions, after);
      for (const accountId of accounts) {
        if (signal?.aborted) return carried;
        const one = await act(ledger, carrier, (tx) => carryOne(tx, accountId, document.id));
        if (one.ok && one.value) carried += 1;
      }
      const next = accounts.at(-1);
      if (next === undefined || accounts.length < batch) break;
      after = next;
    }
  }
  return carried;
}

/** Numbers of the versions that people answered about before the one in force, and that say the same: asked once of the texts, and not of each person. */
async function sayingTheSame(ctx: Context, { id, rule, current, versions, language }: AskedDocument): Promise<number[]> {
  if (!rule.asked || !current) return [];
  const answered = await ctx.db
    .selectFrom('policies.decision')
    .select('version')
    .distinct()
    .where('documentId', '=', id)
    .where('version', '<', current.number)
    .execute();
  const same: number[] = [];
  for (const { version: number } of answered) {
    const before = versions.find((version) => version.number === number);
    if (before && !(await wordingChanged(ctx, before, current, language))) same.push(number);
  }
  return same;
}

/** People whose last word about a document is a yes to one of these versions, by account. */
async function waiting(ctx: Context, documentId: string, versions: readonly number[], after: string): Promise<string[]> {
  let query = ctx.db
    .selectFrom('policies.decision as decision')
    .innerJoin('policies.acceptor as acceptor', 'acceptor.subjectId', 'decision.subjectId')
    .select('acceptor.accountId')
    .where('decision.documentId', '=', documentId)
    .where('decision.version', 'in', [...versions])
    .where('decision.kind', 'in', ['accepted', 'carried'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policies.decision as later')
            .select('later.n')
            .whereRef('later.subjectId', '=', 'decision.subjectId')
            .whereRef('later.documentId', '=', 'decision.documentId')
            .whereRef('later.n', '>', 'decision.n'),
        ),
      ),
    )
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
