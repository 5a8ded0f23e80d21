import assert from 'node:assert/strict';
import type { Actor, Context } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { establishOrganisation } from '../../organisation/index.ts';
import { openDocument, publishVersion, splitClauses } from '../../policies/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { testVerbs } from '../../../../tests/support/verbs.ts';
import { askQuestion, type ErasedBy, eraseQuestion, readByReceipt } from '../index.ts';

const text = '# Privacy\n\n## Sharing\n\nWe share nothing.\n';
const [clause] = splitClauses(text).slice(-1);
export const question = {
  slug: 'privacy',
  version: 1,
  clauseId: clause?.id ?? null,
  question: ' Why did Doctor Octavius ring me? ',
  email: 'mary.jane@example.org',
  mayPublish: true,
  language: 'en',
};
export const { email } = question;
export const sent = (change: Partial<typeof question>) => ({ ...question, ...change });
export const personal = ['Octavius', 'mary.jane', 'Parker'];

/** An organisation with one published policy, on a Monday at ten in its zone. */
export async function office(t: { after(hook: () => Promise<void>): void }): Promise<TestLedger> {
  const ledger = await testVerbs(t, { logs: false });
  const made = await act(ledger, system, async (ctx) => {
    const established = await establishOrganisation(ctx, {
      name: 'Example Savings Bank',
      publicUrl: 'https://trust.example.org',
      languages: ['en'],
      timeZone: 'Europe/Berlin',
      sector: 'finance',
      ownerEmail: 'ada@example.org',
      ownerPassphrase: 'a long enough passphrase',
      demo: false,
      token: null,
    });
    assert(established.ok);
    return openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' });
  });
  assert(made.ok);
  const { documentId } = made.value;
  const version = { documentId, text: Buffer.from(text), summary: 'first', effectiveLocal: '', zone: 'Europe/Berlin' };
  assert((await act(ledger, system, (ctx) => publishVersion(ctx, version))).ok);
  return ledger;
}

export async function asked(ledger: TestLedger, change: Partial<typeof question> = {}): Promise<{ code: string; id: string }> {
  const answer = await act(ledger, visitor, (ctx) => askQuestion(ctx, { ...question, ...change }));
  assert(answer.ok);
  const { code } = answer.value;
  return { code, id: (await readByReceipt(observe(ledger, visitor), { code, email }))?.id ?? assert.fail() };
}

export const none = { 'support/question-not-found': [], 'support/erased': [] } as const;

export const erase = (ctx: Context, by: ErasedBy) => eraseQuestion(ctx, by);
export const by = (says: string, receipt: { code: string; email?: string }): readonly [string, ErasedBy] => [says, { receipt }];

export const user = (id: string): Actor => ({ kind: 'user', id, mandates: [], onceProved: new Set() });
