import assert from 'node:assert/strict';
import type { Actor, Context, Permission } from '../../../kernel/context.ts';
import { sha256 } from '../../../kernel/crypto.ts';
import { objectId } from '../../../kernel/ids.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { act } from '../../../ledger/index.ts';
import type { TestLedger } from '../../../../tests/support/ledger.ts';
import { permissions } from '../index.ts';
import { decideApproval } from '../approvals/decide-approval.ts';
import type { Deed } from '../approvals/four-eyes.ts';
import { requestApproval } from '../approvals/request-approval.ts';
import { secondPersonMissing } from '../approvals/second-person-missing.ts';
import { setFourEyes } from '../approvals/set-four-eyes.ts';

export type Member = Extract<Actor, { kind: 'staff' }>;

/** A member of staff with a role, and the actor their session opens. */
export async function newMember(
  ledger: TestLedger,
  email: string,
  role: string,
  may: readonly Permission[] = permissions,
): Promise<Member> {
  const id = objectId();
  const rest = { name: null, passphraseHash: null, passphraseSetAt: null, createdAt: ledger.now(), leftAt: null };
  await ledger.db
    .insertInto('accounts.account')
    .values({ id, kind: 'staff', email, ...rest })
    .execute();
  await ledger.db
    .insertInto('accounts.assignment')
    .values({ accountId: id, role, departmentId: null, grantedAt: ledger.now() })
    .execute();
  return { kind: 'staff', id, may: new Set(may), within: new Map(), onceProved: new Set() };
}

export const deed = (change: Partial<Deed> = {}): Deed => ({
  permission: 'policies:publish',
  object: 'privacy',
  digest: sha256('as it stands'),
  ...change,
});

export const asking = (change: Partial<Deed> & { reason?: string } = {}) => ({
  ...deed(),
  title: 'Privacy (2)',
  href: 'console/policies/privacy/review',
  reason: 'The board decided it.',
  ...change,
});

/** Stands for any verb that needs two people. */
export async function doIt(ctx: Context, sent: Deed) {
  if (await secondPersonMissing(ctx, sent)) return refuse('accounts/second-person-needed');
  return done(null);
}

export async function isDone(ledger: TestLedger, actor: Actor, sent: Deed = deed()): Promise<boolean> {
  return (await act(ledger, actor, (ctx) => doIt(ctx, sent))).ok;
}

export async function ask(ledger: TestLedger, actor: Actor, change: Parameters<typeof asking>[0] = {}): Promise<string> {
  const asked = await act(ledger, actor, (ctx) => requestApproval(ctx, asking(change)));
  assert(asked.ok, asked.ok ? '' : asked.refusal);
  return asked.value.approvalId;
}

export async function agree(ledger: TestLedger, actor: Actor, approvalId: string, approve = true): Promise<void> {
  const decided = await act(ledger, actor, (ctx) => decideApproval(ctx, { approvalId, approve, note: 'So be it.' }));
  assert(decided.ok, decided.ok ? '' : decided.refusal);
}

export async function switchOn(ledger: TestLedger, actor: Actor, permission = 'policies:publish'): Promise<void> {
  const set = await act(ledger, actor, (ctx) => setFourEyes(ctx, { permission, on: true }));
  assert(set.ok, set.ok ? '' : set.refusal);
}
