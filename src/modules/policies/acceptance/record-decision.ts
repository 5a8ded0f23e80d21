import { type Context, instantText, mandateOf } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type DecisionRow } from './acceptor.ts';
import type { DecisionKind, DecisionSurface } from './fold-decisions.ts';

export type NewDecision = {
  readonly accountId: string;
  readonly subjectId: string;
  readonly document: { readonly id: string; readonly slug: string };
  readonly kind: DecisionKind;
  readonly version: number;
  readonly language: string;
  readonly textHash: Buffer;
  readonly wordingHash: Buffer;
  /** The words themselves, which the private log keeps; `null` for what nobody was asked. */
  readonly words: string | null;
  readonly surface: DecisionSurface;
  readonly programId: string | null;
  /** The last count of this person about this document. */
  readonly last: number;
};

/**
 * Adds one entry: an event under the person's acceptance subject and the row that says the same. The caller has asked who acts, holds
 * the lock of the acceptor and knows that the decision changes something.
 */
export async function recordDecision(ctx: Context, decision: NewDecision): Promise<DecisionRow> {
  const { document, kind, version, language, surface, programId, accountId, subjectId } = decision;
  const mandate = mandateOf(ctx.actor, accountId);
  const n = decision.last + 1;
  const body = {
    n,
    document: document.id,
    policy: document.slug,
    version,
    language,
    textHash: decision.textHash.toString('hex'),
    wordingHash: decision.wordingHash.toString('hex'),
    ...(decision.words === null ? {} : { words: decision.words }),
    surface,
    ...(mandate ? { by: mandate.id } : {}),
    ...(programId === null ? {} : { program: programId }),
  };
  const eventId = await ctx.record({ type: `acceptance.${kind}`, subject: subjectId, body });
  // The list of what a delegate did reads the person's own record, and finds the mandate there by itself.
  if (mandate) await ctx.record({ type: 'user.acceptance-decided', subject: accountId, body: { document: document.id, kind } });
  const row: DecisionRow = {
    subjectId,
    documentId: document.id,
    n,
    id: objectId(),
    kind,
    version,
    language,
    textHash: decision.textHash,
    wordingHash: decision.wordingHash,
    surface,
    mandateId: mandate?.id ?? null,
    programId,
    at: Temporal.Instant.from(instantText(ctx.now())),
    eventId,
  };
  await ctx.db.insertInto('policies.decision').values(row).execute();
  return row;
}
