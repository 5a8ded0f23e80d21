import assert from 'node:assert/strict';
import type { Actor, Context } from '../../../kernel/context.ts';
import { objectId } from '../../../kernel/ids.ts';
import { done } from '../../../kernel/outcome.ts';
import { act, observe } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import { acceptMandate, offerMandate, openSession, readUserSession } from '../index.ts';

const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const zone = 'Europe/Berlin';
export type User = Extract<Actor, { kind: 'user' }>;

/** A member of staff who decides about mandates, with an account, since decisions are kept with who made them. */
export async function newReviewer(ledger: TestLedger): Promise<Actor> {
  const actor = staff('accounts:mandates');
  assert(actor.kind === 'staff');
  await insertAccount(ledger, { id: actor.id, kind: 'staff', email: 'ria@example.org' });
  return actor;
}

type Accounts = Pick<TestLedger, 'db' | 'now'>;
type NewAccount = { readonly id: string; readonly kind: 'staff' | 'user'; readonly email: string | null };

async function insertAccount(ledger: Accounts, account: NewAccount): Promise<void> {
  const rest = { name: null, passphraseHash: null, passphraseSetAt: null, createdAt: ledger.now(), leftAt: null };
  await ledger.db
    .insertInto('accounts.account')
    .values({ ...account, ...rest })
    .execute();
}

/** A user who has shown an address to be theirs, as sign-in opens it. */
export async function newUser(ledger: Accounts, email: string | null): Promise<User> {
  const id = objectId();
  await insertAccount(ledger, { id, kind: 'user', email });
  return { kind: 'user', id, mandates: [], onceProved: new Set() };
}

export async function tokenOf(ledger: TestLedger, { id }: User): Promise<string> {
  const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: id, method: 'link', device }));
  assert(opened.ok);
  return opened.value.token;
}

export async function holder(ledger: TestLedger, token: string): Promise<User> {
  const signedIn = await readUserSession(observe(ledger, visitor), { token });
  return signedIn?.actor ?? assert.fail('signed out');
}

export const until = (ledger: TestLedger, days: number) =>
  ledger.now().toZonedDateTimeISO(zone).toPlainDate().add({ days }).toString();

export const asking = (ledger: TestLedger, delegate: User, change = {}) => ({
  delegateId: delegate.id,
  kind: 'carer',
  principalName: 'Petra Principal',
  principalAddress: 'petra@example.org',
  bornOn: '',
  words: 'My aunt cannot see any more.',
  proof: 'Order of the court of Husum of 2026-10-01',
  scope: ['self:read', 'self:manage'],
  until: until(ledger, 100),
  zone,
  ...change,
});

export const offering = (ledger: TestLedger, principal: User, change = {}) => ({
  principalId: principal.id,
  kind: 'agent',
  delegateAddress: 'dora@example.org',
  words: 'Please look after my settings.',
  scope: ['self:read', 'self:manage'],
  until: until(ledger, 30),
  zone,
  ...change,
});

export const granting = (ledger: TestLedger, mandateId: string, change = {}) => ({
  mandateId,
  principal: 'by-address' as const,
  scope: ['self:read'],
  until: until(ledger, 50),
  zone,
  ...change,
});

/** Dora acts for Petra, by Petra's own word. */
export async function pair(t: Parameters<typeof testVerbs>[0]) {
  const ledger = await testVerbs(t);
  const dora = await newUser(ledger, 'Dora@example.org');
  const petra = await newUser(ledger, 'petra@example.org');
  const offered = { ledger, actor: petra, recorded: ['private user.mandate-offered'] };
  const { mandateId } = await accept(offered, offerMandate, offering(ledger, petra));
  const both = ['private user.mandate-accepted', 'private user.mandate-accepted'];
  await accept({ ledger, actor: dora, recorded: both }, acceptMandate, { delegateId: dora.id, mandateId });
  return { ledger, dora, petra, mandateId, token: await tokenOf(ledger, dora) };
}

/** Stands for any verb on somebody's own matters. */
export const change = async (ctx: Context, subject: string) => {
  ctx.require('self:manage', { subject });
  await ctx.record({ type: 'user.language-set', subject, body: { language: 'de' } });
  return done(null);
};

/** The birthday of somebody who is so old in so many days. */
export function yearsAgo(ledger: TestLedger, years: number, inDays = 0): string {
  return ledger.now().toZonedDateTimeISO(zone).toPlainDate().add({ days: inDays }).subtract({ years }).toString();
}
