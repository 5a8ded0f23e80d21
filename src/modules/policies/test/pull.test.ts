import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { outboundFetch, outboundPlaces } from '../../../kernel/fetch.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  openDocument,
  publishVersion,
  pullText,
  readDraft,
  readPull,
  removePull,
  saveDraft,
  setPull,
  takePulled,
} from '../index.ts';
import { serve } from './fault-server.ts';
import { makeRepository } from './git-repository.ts';
import { gitServer } from './git-server.ts';

const writer = staff('policies:write');
const reader = staff('policies:read');
const nobody = '00000000-0000-4000-8000-000000000000';
const reach = { allow: ['127.0.0.1'] };

async function document(ledger: TestLedger): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' }));
  assert(opened.ok);
  return opened.value.documentId;
}

/** A document with a source that says what it is told to say. */
async function pulling(t: TestContext) {
  const ledger = await testVerbs(t);
  const documentId = await document(ledger);
  let source: string | Buffer = 'one';
  const url = await serve(
    t,
    (_, to) => void to.writeHead(source === '' ? 404 : 200, { 'content-type': 'text/plain' }).end(source),
  );
  const set = await act(ledger, system, (ctx) => setPull(ctx, { documentId, url, git: null }));
  assert(set.ok);
  const { pullId } = set.value;
  const whole = { ledger, actor: system, fetch: outboundFetch(reach), locate: outboundPlaces(reach), environment: process.env };
  const pull = async (text?: string | Buffer) => {
    source = text ?? source;
    await pullText(whole, { pull: pullId });
    const found = await readPull(observe(ledger, reader), documentId);
    assert(found);
    return found;
  };
  const draft = () => readDraft(observe(ledger, reader), documentId);
  const edit = async (text: string) => {
    const { summary = '', revision = 0 } = (await draft()) ?? {};
    await accept({ ledger, actor: writer, recorded: [] }, saveDraft, { documentId, text, summary, effectiveLocal: '', revision });
  };
  const publish = async () => {
    const text = Buffer.from((await draft())?.text ?? '');
    const publication = { documentId, text, summary: 'In plain words.', effectiveLocal: '', zone: 'UTC' };
    const published = await act(ledger, system, (ctx) => publishVersion(ctx, publication));
    assert(published.ok);
  };
  return { ledger, documentId, pullId, pull, draft, edit, publish };
}

const events = async (ledger: TestLedger) =>
  (await ledger.db.selectFrom('ledger.event').select('type').where('type', 'like', 'pull.%').orderBy('seq').execute()).map(
    ({ type }) => type,
  );

suite('texts that are written elsewhere', { concurrency: 2 }, () => {
  test('a source is set, changed and removed by who may write the document, and each is recorded', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await document(ledger);
    const file = { documentId, url: 'https://example.org/privacy.md', git: null };
    const recorded = ['private pull.set'];
    const git = { ...file, url: 'https://example.org/legal.git', git: { branch: ' main ', path: 'docs/privacy.md' } };
    const { pullId } = await accept({ ledger, actor: writer, recorded }, setPull, file);
    assert.deepEqual(await accept({ ledger, actor: writer, recorded }, setPull, git), { pullId });
    await accept({ ledger, actor: writer, recorded: [] }, setPull, git);
    const set = await readPull(observe(ledger, reader), documentId);
    assert.deepEqual([set?.branch, set?.path, set?.state], ['main', 'docs/privacy.md', 'unchecked']);
    const withGit = (change: Partial<typeof git.git>) => ({ ...git, git: { ...git.git, ...change } });
    await refuseAll({ ledger, actor: writer }, setPull, {
      'policies/document-not-found': [['no such document', { ...file, documentId: nobody }]],
      'policies/address-not-valid': [['no address', { ...file, url: 'git@example.org:legal' }]],
      'policies/address-not-https': [['plain http', { ...file, url: 'http://example.org/x' }]],
      'policies/branch-not-valid': ['', '-x', 'a..b', 'a b', 'a:b', 'a.lock', 'a/', '.a', 'a\0b', '@{1}', 'a~1', '+a'].map(
        (branch) => [`${branch} is no branch`, withGit({ branch })] as const,
      ),
      'policies/path-not-valid': ['', '/a', '../a', 'a/../b', 'a//b', 'a/', './a', 'a\0b', 'a\\b', 'a\nb'].map(
        (path) => [`${path} is no path`, withGit({ path })] as const,
      ),
    });
    for (const verb of [setPull, removePull]) await needs<typeof file>(ledger, 'policies:write', verb, file);
    await accept({ ledger, actor: writer, recorded: ['private pull.removed'] }, removePull, { documentId });
    await refuseAll({ ledger, actor: writer }, removePull, {
      'policies/document-not-found': [['no such document', { documentId: nobody }]],
      'policies/no-source': [['a second time', { documentId }]],
    });
  });

  test('a new text becomes the draft, once, and never a version by itself', async (t) => {
    const { ledger, documentId, pull, draft, publish } = await pulling(t);
    assert.equal((await pull()).state, 'drafted');
    assert.deepEqual([(await draft())?.text, (await draft())?.updatedBy], ['one', 'system']);
    await pull();
    assert.equal((await draft())?.revision, 1);
    assert.equal((await pull('two')).state, 'drafted');
    assert.equal((await draft())?.text, 'two', 'nobody has touched the first');
    const versions = await ledger.db.selectFrom('policies.version').select('id').where('documentId', '=', documentId).execute();
    assert.equal(versions.length, 0);
    await publish();
    assert.equal((await pull('two\r\n'.trim())).state, 'current');
    assert.equal(await draft(), null);
    await pull('three');
    await publish();
    assert.equal((await pull('one')).state, 'drafted', 'a return to an older text is news');
    assert.deepEqual(await events(ledger), ['pull.set', 'pull.drafted', 'pull.drafted', 'pull.drafted', 'pull.drafted']);
  });

  test('what somebody writes is not overwritten: the newer text waits until it is taken', async (t) => {
    const { ledger, documentId, pull, draft, edit } = await pulling(t);
    await pull();
    await edit('one, mended');
    assert.equal((await pull()).state, 'drafted', 'the same text is no news');
    assert.equal((await draft())?.text, 'one, mended');
    const waits = await pull('two');
    assert.deepEqual([waits.state, waits.waitingText, (await draft())?.text], ['waiting', 'two', 'one, mended']);
    const away = await pull('');
    assert.deepEqual([away.state, away.waitingText, away.reason?.refusal], ['waiting', 'two', 'policies/answer-not-ok']);
    await pull('three');
    await refuseAll({ ledger, actor: writer }, takePulled, {
      'policies/document-not-found': [['no such document', { documentId: nobody, revision: 2 }]],
      'policies/draft-changed-meanwhile': [['a draft that was saved since', { documentId, revision: 1 }, { revision: 2 }]],
      'policies/nothing-waiting': [],
      'policies/text-too-large': [],
    });
    await needs(ledger, 'policies:write', takePulled, { documentId, revision: 2 });
    const taking = { ledger, actor: writer, recorded: ['private pull.drafted'] };
    assert.deepEqual(await accept(taking, takePulled, { documentId, revision: 2 }), { revision: 3 });
    assert.equal((await draft())?.text, 'three');
    const again = await act(ledger, writer, (ctx) => takePulled(ctx, { documentId, revision: 3 }));
    assert(!again.ok && again.refusal === 'policies/nothing-waiting');
    assert.equal((await pull()).state, 'drafted');
  });

  test('a text that waited becomes the draft once the other one is published', async (t) => {
    const { pull, draft, edit, publish } = await pulling(t);
    await edit('by hand');
    assert.equal((await pull('two')).state, 'waiting');
    await publish();
    assert.equal((await pull()).state, 'drafted');
    assert.equal((await draft())?.text, 'two');
  });

  test('what is no text is refused with its reason, and nothing else changes', async (t) => {
    const { pull, draft } = await pulling(t);
    await pull();
    const page = '<!doctype html><article><p>Text</p><img src="x"></article>';
    for (const [source, reason] of [
      ['', 'policies/answer-not-ok'],
      [page, 'policies/pictures-in-text'],
      ['%PDF-1.7', 'policies/file-is-pdf'],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), 'policies/text-binary'],
      [Buffer.from([0xff, 0xc0, 0x41]), 'policies/text-not-utf8'],
      ['<!doctype html><p></p>', 'policies/text-empty'],
      ['x'.repeat(5_000_001), 'fetch/too-large'],
    ] as const) {
      const found = await pull(source);
      assert.deepEqual([found.state, found.reason?.refusal], ['refused', reason]);
    }
    assert.deepEqual([(await draft())?.text, (await draft())?.revision], ['one', 1]);
    assert.equal((await pull('<!doctype html><h1>Title</h1><p>Text</p>')).state, 'drafted');
    assert.equal((await draft())?.text, '# Title\n\nText\n');
  });

  test('a file in a repository is read with its commit, which is shown and recorded', async (t) => {
    const { ledger, documentId, pull, draft } = await pulling(t);
    const { directory, write, commit } = makeRepository(t);
    write('legal/privacy.md', 'from git');
    const hash = commit('one');
    const address = await serve(t, gitServer(dirname(directory)));
    const source = {
      documentId,
      url: `${address}/${basename(directory)}/.git`,
      git: { branch: 'main', path: 'legal/privacy.md' },
    };
    await accept({ ledger, actor: writer, recorded: ['private pull.set'] }, setPull, source);
    const found = await pull();
    assert.deepEqual([found.state, found.gitCommit, (await draft())?.text], ['drafted', hash, 'from git']);
    write('legal/privacy.md', Buffer.from([0, 1, 2]));
    commit('two');
    const refused = await pull();
    assert.deepEqual([refused.state, refused.reason?.refusal, refused.gitCommit], ['refused', 'policies/text-binary', hash]);
  });
});
