import assert from 'node:assert/strict';
import { act, observe } from '../../../ledger/index.ts';
import { objectId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../kernel/context.ts';
import { system, type TestLedger } from '../../../../tests/support/ledger.ts';
import { testVerbs } from '../../../../tests/support/verbs.ts';
import { newUser, type User } from '../../accounts/test/mandate-people.ts';
import { openDocument, ownQuestion, publishVersion, setAcceptance } from '../index.ts';
import type { OwnAnswer } from '../acceptance/own-answer.ts';

type Program = Extract<Actor, { kind: 'program' }>;
export const about = { organisation: 'Harbour Bank', locale: 'en' };
export const firstText = '# Terms\n\nWe answer within two days.\n\nYou may cancel at any time.\n';

/** A program with exactly this, as its key would be read. */
export async function newProgram(
  ledger: Pick<TestLedger, 'db' | 'now'>,
  name = 'Web shop',
  ...may: Parameters<Program['may']['has']>[0][]
): Promise<Program> {
  const id = objectId();
  const row = { id, name, scopes: may, madeBy: id, createdAt: ledger.now(), revokedAt: null };
  await ledger.db
    .insertInto('accounts.account')
    .values({
      id,
      kind: 'staff',
      email: null,
      name,
      passphraseHash: null,
      passphraseSetAt: null,
      createdAt: ledger.now(),
      leftAt: null,
    })
    .execute();
  await ledger.db.insertInto('accounts.program').values(row).execute();
  return { kind: 'program', id, may: new Set(may), within: new Map(), onceProved: new Set() };
}

/** Terms in force of which acceptance is asked, and somebody who may answer. */
export async function asking(t: Parameters<typeof testVerbs>[0], options?: Parameters<typeof testVerbs>[1]) {
  const ledger = await testVerbs(t, options);
  const documentId = await newDocument(ledger, 'terms');
  await publish(ledger, documentId, firstText);
  await setAsked(ledger, documentId);
  return { ledger, documentId, uma: await newUser(ledger, 'uma@example.org') };
}

export async function newDocument(ledger: TestLedger, slug: string): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug, title: `Terms ${slug}`, language: 'en' }));
  assert(opened.ok);
  return opened.value.documentId;
}

export async function setAsked(ledger: TestLedger, documentId: string, again = 'each-change', asked = true): Promise<void> {
  assert((await act(ledger, system, (ctx) => setAcceptance(ctx, { documentId, asked, again }))).ok);
}

export async function publish(ledger: TestLedger, documentId: string, text: string, effectiveLocal = ''): Promise<number> {
  const summary = `What ${text.length} letters mean for you.`;
  const sent = { documentId, text: Buffer.from(text), summary, effectiveLocal, zone: 'Europe/Berlin' };
  const published = await act(ledger, system, (ctx) => publishVersion(ctx, sent));
  assert.ok(published.ok, published.ok ? '' : published.refusal);
  return published.value.number;
}

/** How a person stands to a document, as their page reads it. */
export async function standing(ledger: TestLedger, actor: User, slug = 'terms', accountId = actor.id) {
  const read = await ownQuestion(observe(ledger, actor), { accountId, slug, ...about });
  return read ?? assert.fail('nobody is asked');
}

/** The answer that the form of the person's page would send. */
export async function formOf(ledger: TestLedger, actor: User, slug = 'terms', accountId = actor.id): Promise<OwnAnswer> {
  const { question, standing: stands, document } = await standing(ledger, actor, slug, accountId);
  assert(question);
  const shown = { version: question.version.number, textHash: question.textHash.toString('hex'), language: document.language };
  const words = { hash: question.wordingHash.toString('hex'), ...about };
  return { accountId, slug, shown, words, after: stands.last?.n ?? 0 };
}
