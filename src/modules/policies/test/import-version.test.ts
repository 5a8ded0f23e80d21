import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, visitor } from '../../../../tests/support/ledger.ts';
import { accept, everyRow, publicLeaves, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import { askFourEyesOff, setFourEyes } from '../../accounts/index.ts';
import { agree, newMember, switchOn } from '../../accounts/test/approval-people.ts';
import { everyone, importVersion, inForce, openDocument, publishVersion, readPolicy, readVersionText } from '../index.ts';

const importer = staff('policies:import');
const opened = ['public policy.document-opened', 'public policy.version-imported'];
const version = (n: number, text: string, change: Partial<Parameters<typeof importVersion>[1]> = {}) => ({
  slug: 'terms',
  path: 'legal/terms.md',
  commit: String(n).repeat(40),
  committedAt: Temporal.Instant.from(`2020-0${n}-01T00:00:00Z`),
  bytes: Buffer.from(text),
  language: 'en',
  ...change,
});

suite('importing versions', { concurrency: 2 }, () => {
  test('nobody imports alone what takes two people to publish, not even the machine; two let one do it for the time', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await newMember(ledger, 'ada@example.org', 'owner');
    const bo = await newMember(ledger, 'bo@example.org', 'owner');
    await accept({ ledger, actor: system, recorded: opened }, importVersion, version(1, 'first'));
    await switchOn(ledger, ada);
    for (const actor of [importer, ada, system]) {
      const answer = await act(ledger, actor, (ctx) => importVersion(ctx, version(2, 'second')));
      assert.equal(!answer.ok && answer.refusal, 'policies/import-takes-two');
    }
    assert((await act(ledger, system, (ctx) => importVersion(ctx, version(1, 'first')))).ok, 'what is known changes nothing');
    const off = { permission: 'policies:publish', reason: 'For the import.' };
    const { approvalId } = await accept({ ledger, actor: ada, recorded: ['private staff.approval-asked'] }, askFourEyesOff, off);
    await agree(ledger, bo, approvalId);
    assert((await act(ledger, ada, (ctx) => setFourEyes(ctx, { ...off, on: false }))).ok);
    assert((await act(ledger, system, (ctx) => importVersion(ctx, version(2, 'second')))).ok);
  });

  test('history comes in once, in its order, named by the text, claimed and not seen', async (t) => {
    const ledger = await testVerbs(t);
    const adding = { ledger, actor: importer, recorded: opened };
    assert.deepEqual(await accept(adding, importVersion, version(1, '# Terms of Ada Lovelace')), { state: 'added' });
    const more = { ledger, actor: importer, recorded: ['public policy.version-imported'] };
    assert.deepEqual(await accept(more, importVersion, version(2, '---\ntitle: Terms\n---\nnew\r\n')), { state: 'added' });
    const before = await everyRow(ledger.db);
    for (const n of [1, 2]) {
      assert.deepEqual(await accept({ ledger, actor: importer, recorded: [] }, importVersion, version(n, 'whatever')), {
        state: 'known',
      });
    }
    assert.deepEqual(await everyRow(ledger.db), before, 'a second run changes nothing');
    const moved = version(2, 'moved', { path: 'terms.md' });
    assert.deepEqual(
      await accept(more, importVersion, moved),
      { state: 'added' },
      'the same commit under another path is another text',
    );
    const seen = await readPolicy(observe(ledger, visitor), 'terms');
    assert(seen);
    assert.deepEqual(
      seen.versions.map(({ number, title, origin, effectiveAt }) => [number, title, origin, effectiveAt]),
      [
        [3, 'terms', 'imported', null],
        [2, 'Terms', 'imported', null],
        [1, 'Terms of Ada Lovelace', 'imported', null],
      ],
    );
    assert.equal(
      (await readVersionText(observe(ledger, visitor), seen.document.id, 2))?.toString(),
      '---\ntitle: Terms\n---\nnew\r\n',
    );
    const january = inForce(seen, everyone, Temporal.Instant.from('2020-01-15T00:00:00Z'));
    assert.deepEqual([january?.version.number, january?.claimed], [1, true]);
    const leaves = await publicLeaves(ledger.db);
    assert.match(leaves, /"claimedPublishedAt":"2020-01-01T00:00:00.000Z"/);
    assert(!leaves.includes('Lovelace'));
  });

  test('each refusal of an import writes nothing; after a version of our own the past is closed', async (t) => {
    const ledger = await testVerbs(t);
    await accept({ ledger, actor: importer, recorded: opened }, importVersion, version(1, 'one'));
    const bytes = (...all: number[]) => version(2, '', { bytes: Uint8Array.from(all) });
    const table = {
      'policies/import-takes-two': [],
      'policies/text-empty': [['no bytes', bytes()]],
      'policies/text-too-large': [['over five million', version(2, 'x'.repeat(5_000_001))]],
      'policies/text-binary': [['a PDF', version(2, '%PDF-1.7'), { format: 'PDF' }]],
      'policies/text-not-utf8': [['Latin-1', bytes(0x63, 0x61, 0x66, 0xe9), { offset: 3 }]],
      'policies/text-other-encoding': [['UTF-16', bytes(0xfe, 0xff, 0, 97), { encoding: 'UTF-16' }]],
      'policies/slug-not-valid': [['a path is no slug', version(2, 'x', { slug: 'legal/terms' }), { slug: 'legal/terms' }]],
      'policies/title-missing': [],
      'policies/slug-taken': [],
    } as const;
    await refuseAll({ ledger, actor: importer }, importVersion, { ...table, 'policies/published-here-since': [] });
    const { document } = (await readPolicy(observe(ledger, visitor), 'terms')) ?? assert.fail();
    const own = { documentId: document.id, text: Buffer.from('own'), summary: 'ours', effectiveLocal: '', zone: 'UTC' };
    assert.deepEqual(await act(ledger, system, (ctx) => publishVersion(ctx, own)), { ok: true, value: { number: 2 } });
    await refuseAll({ ledger, actor: importer }, importVersion, {
      ...table,
      'policies/published-here-since': [['history does not grow behind it', version(3, 'three'), { slug: 'terms', version: 2 }]],
    });
    assert.deepEqual(await accept({ ledger, actor: importer, recorded: [] }, importVersion, version(1, 'one')), {
      state: 'known',
    });
  });

  test('two imports of the same version at once add it once', async (t) => {
    const ledger = await testVerbs(t);
    const run = () => act(ledger, importer, (ctx) => importVersion(ctx, version(1, 'one')));
    const answers = await Promise.all([run(), run(), run()]);
    assert.equal(answers.filter((answer) => answer.ok && answer.value.state === 'added').length, 1);
    for (const answer of answers) assert(answer.ok || answer.refusal === 'policies/slug-taken');
    assert.equal((await ledger.db.selectFrom('policies.version').select('id').execute()).length, 1);
  });

  test('a document in rehearsal becomes public by an imported version, which keeps its text', async (t) => {
    const ledger = await testVerbs(t);
    const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'terms', title: 'Terms', language: 'en' }));
    assert(opened.ok);
    const recorded = ['public visibility.changed', 'public policy.version-imported'];
    await accept({ ledger, actor: importer, recorded }, importVersion, version(1, 'one'));
    assert.equal((await readPolicy(observe(ledger, visitor), 'terms'))?.versions.length, 1);
    assert.equal((await readVersionText(observe(ledger, visitor), opened.value.documentId, 1))?.toString(), 'one');
  });
});
