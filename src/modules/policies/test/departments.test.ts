import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Actor, Permission } from '../../../kernel/context.ts';
import { PermissionMissing, ProofNeeded } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { openDepartment } from '../../accounts/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import { listPolicies, moveDocument, openDocument, publishVersion, readDraft, readPolicy, saveDraft } from '../index.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const all: Permission[] = ['policies:read', 'policies:write', 'policies:publish'];
const title = { title: 'Promise', language: 'en' };

/** Holds these permissions there and nowhere else. */
function within(departments: readonly string[], ...may: Permission[]): Extract<Actor, { kind: 'staff' }> {
  const actor = staff();
  assert(actor.kind === 'staff');
  return { ...actor, within: new Map(departments.map((id) => [id, new Set(may)])) };
}

async function parts(ledger: TestLedger): Promise<{ loans: string; cards: string }> {
  const open = async (name: string) => {
    const opened = await act(ledger, system, (ctx) => openDepartment(ctx, { name }));
    assert(opened.ok);
    return opened.value.departmentId;
  };
  return { loans: await open('Loans'), cards: await open('Cards') };
}

const slugs = async (ledger: TestLedger, actor: Actor) =>
  (await listPolicies(observe(ledger, actor))).map(({ document }) => document.slug).toSorted();

suite('departments of documents', { concurrency: 2 }, () => {
  test('a document is opened only where one may write, and seen only there', async (t) => {
    const ledger = await testVerbs(t);
    const { loans, cards } = await parts(ledger);
    const writer = within([loans], ...all);
    const recorded = ['private policy.document-opened', 'private staff.document-placed'];
    await accept({ ledger, actor: writer, recorded }, openDocument, { ...title, slug: 'loans', departmentId: loans });
    for (const departmentId of [cards, null, nobody])
      await assert.rejects(
        act(ledger, writer, (ctx) => openDocument(ctx, { ...title, slug: 'other', departmentId })),
        PermissionMissing,
      );
    await act(ledger, system, (ctx) => openDocument(ctx, { ...title, slug: 'cards', departmentId: cards }));
    await act(ledger, system, (ctx) => openDocument(ctx, { ...title, slug: 'whole' }));
    assert.deepEqual(await slugs(ledger, writer), ['loans']);
    assert.deepEqual(await slugs(ledger, within([loans, cards], ...all)), ['cards', 'loans']);
    assert.deepEqual(await slugs(ledger, staff('policies:read')), ['cards', 'loans', 'whole']);
    assert.equal(await readPolicy(observe(ledger, writer), 'cards'), null);
    for (const actor of [
      visitor,
      { kind: 'user', id: nobody, mandates: [], onceProved: new Set<Permission>() } as const,
      { kind: 'guest', matter: nobody } as const,
    ])
      assert.deepEqual(await slugs(ledger, actor), [], `${actor.kind} sees nothing that is in rehearsal`);
    await assert.rejects(slugs(ledger, within([loans], 'support:read')), PermissionMissing);
  });

  test('a verb asks in the department of the document, and there too for a fresh proof', async (t) => {
    const ledger = await testVerbs(t);
    const { loans, cards } = await parts(ledger);
    const opened = await act(ledger, system, (ctx) => openDocument(ctx, { ...title, slug: 'cards', departmentId: cards }));
    assert(opened.ok);
    const { documentId } = opened.value;
    const draft = { documentId, text: 'A promise', summary: 'A promise', effectiveLocal: '', revision: 0 };
    const publication = { documentId, text: Buffer.from('A promise'), summary: 'x', effectiveLocal: '', zone: 'Europe/Berlin' };
    const stranger = within([loans], ...all);
    await assert.rejects(
      act(ledger, stranger, (ctx) => saveDraft(ctx, draft)),
      PermissionMissing,
    );
    await assert.rejects(
      act(ledger, stranger, (ctx) => publishVersion(ctx, publication)),
      PermissionMissing,
    );
    await accept({ ledger, actor: within([cards], ...all), recorded: [] }, saveDraft, draft);
    await assert.rejects(readDraft(observe(ledger, stranger), documentId), PermissionMissing);
    const stale: Actor = { ...within([cards], ...all), onceProved: new Set(['policies:publish']) };
    await assert.rejects(
      act(ledger, stale, (ctx) => publishVersion(ctx, publication)),
      ProofNeeded,
    );
  });

  test('a document is handed on by somebody who may write on both sides, and that is recorded under them', async (t) => {
    const ledger = await testVerbs(t);
    const { loans, cards } = await parts(ledger);
    const opened = await act(ledger, system, (ctx) => openDocument(ctx, { ...title, slug: 'loans', departmentId: loans }));
    assert(opened.ok);
    const { documentId } = opened.value;
    const move = { documentId, departmentId: cards };
    for (const actor of [within([loans], ...all), within([cards], ...all)])
      await assert.rejects(
        act(ledger, actor, (ctx) => moveDocument(ctx, move)),
        PermissionMissing,
      );
    const both = within([loans, cards], 'policies:write');
    await accept({ ledger, actor: both, recorded: ['private staff.document-placed'] }, moveDocument, move);
    await assert.rejects(
      act(ledger, both, (ctx) => moveDocument(ctx, { documentId, departmentId: null })),
      PermissionMissing,
    );
    await refuseAll({ ledger, actor: staff('policies:write') }, moveDocument, {
      'policies/document-not-found': [['no such document', { ...move, documentId: nobody }]],
      'policies/department-not-found': [['no such department', { documentId, departmentId: nobody }]],
      'policies/department-unchanged': [['where it is', move]],
    });
    await needs(ledger, 'policies:write', moveDocument, move);
    assert.deepEqual(await slugs(ledger, within([cards], ...all)), ['loans']);
  });
});
