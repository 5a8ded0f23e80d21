import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { staff, testVerbs } from '../../../../tests/support/verbs.ts';
import { judgePublication, mergeDraft, openDocument, publishVersion, readDraft, readPolicy, saveDraft } from '../index.ts';

const writer = staff('policies:write', 'policies:read', 'policies:publish');
const fields = { summary: '', effectiveLocal: '', audience: 'everyone', jurisdiction: '', changeClass: '', legalBasis: '' };
const began = '# Privacy\n\nWe keep data for ten years.\n\nWrite to us.\n';
const mine = { ...fields, text: began.replace('ten', 'six'), changeClass: 'adverse', summary: 'Shorter.', revision: 1 };

async function twoEditors(ledger: TestLedger, theirs: Partial<typeof mine>) {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' }));
  assert(opened.ok);
  const { documentId } = opened.value;
  const save = async (edit: typeof mine) => {
    const saved = await act(ledger, writer, (ctx) => saveDraft(ctx, { documentId, ...edit }));
    return saved.ok ? saved.value.revision : saved.refusal;
  };
  assert.equal(await save({ ...mine, ...fields, text: began, revision: 0 }), 1);
  assert.equal(await save({ ...mine, ...fields, text: began, ...theirs, revision: 1 }), 2);
  assert.equal(await save(mine), 'policies/draft-changed-meanwhile');
  const merge = async () => {
    const ctx = observe(ledger, writer);
    const record = await readPolicy(ctx, 'privacy');
    assert(record);
    return mergeDraft(ctx, record, mine, 'en');
  };
  return { documentId, save, merge };
}

test('the second of two editors gets both changes in one draft, which is then saved', async (t) => {
  const ledger = await testVerbs(t);
  const text = began.replace('Write to us.', 'Write to us or call.');
  const { documentId, save, merge } = await twoEditors(ledger, { text, effectiveLocal: '2027-01-01', audience: 'staff' });
  const merged = await merge();
  assert(merged);
  assert.deepEqual([merged.conflicts, merged.overruled, merged.base], [0, [], began]);
  const both = { ...mine, text: text.replace('ten', 'six'), effectiveLocal: '2027-01-01', audience: 'staff', revision: 2 };
  assert.deepEqual(merged.entered, both);
  assert.equal(await save(merged.entered), 3);
  assert.equal((await readDraft(observe(ledger, writer), documentId))?.text, both.text);
});

test('what both wrote at one place cannot be published before somebody decides, and no choice is overruled in silence', async (t) => {
  const ledger = await testVerbs(t);
  const theirs = { text: began.replace('ten', 'two'), summary: 'Much shorter.', changeClass: 'editorial' };
  const { documentId, merge } = await twoEditors(ledger, theirs);
  const merged = await merge();
  assert(merged);
  assert.deepEqual([merged.conflicts, merged.overruled, merged.entered.changeClass], [2, ['changeClass'], 'adverse']);
  for (const wrote of ['six years', 'two years']) assert.ok(merged.entered.text.includes(wrote), wrote);
  const publication = { documentId, summary: 'x', effectiveLocal: '', zone: 'UTC', text: Buffer.from('x') };
  for (const undecided of [{ text: Buffer.from(merged.entered.text) }, { summary: merged.entered.summary }]) {
    const judged = await judgePublication(observe(ledger, writer), { ...publication, ...undecided });
    assert.equal(judged.ok || judged.refusal, 'policies/blank-left');
  }
});

test('a draft that was published meanwhile, or is too old, is not merged, and never overwrites the next one', async (t) => {
  const ledger = await testVerbs(t);
  const { documentId, save, merge } = await twoEditors(ledger, { text: 'theirs' });
  const publication = { documentId, text: Buffer.from('theirs'), summary: 'x', effectiveLocal: '', zone: 'UTC' };
  assert((await act(ledger, writer, (ctx) => publishVersion(ctx, publication))).ok);
  assert.equal(await merge(), null);
  assert.equal(await save({ ...mine, revision: 0 }), 3);
  assert.equal(await save(mine), 'policies/draft-changed-meanwhile');
  assert.equal(await merge(), null);
  for (let revision = 3; revision < 56; revision += 1) assert.equal(await save({ ...mine, revision }), revision + 1);
  const kept = await ledger.db.selectFrom('policies.draftRevision').select('revision').orderBy('revision').execute();
  assert.deepEqual([kept.length, kept[0]?.revision], [50, 7]);
  const record = await readPolicy(observe(ledger, system), 'privacy');
  assert(record);
  await assert.rejects(mergeDraft(observe(ledger, visitor), record, mine, 'en'), /policies:read/);
});
