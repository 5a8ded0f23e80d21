import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseBundle } from '@troth/tlog';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { readConfig } from '../../app/config.ts';
import { openInstallation } from '../../app/installation.ts';
import { act, bundleStatement, observe, type Ledger } from '../../ledger/index.ts';
import { endDocument, openDocument, publishVersion, readPolicy, versionViews } from '../../modules/policies/index.ts';
import { signNow } from '../sign-now.ts';
import { askTroth } from './ask-troth.ts';

const operator = { kind: 'system', name: 'test' } as const;
const zone = 'Europe/Berlin';

/** An installation whose policy was published on 2 January, replaced from 1 March on, and ends on 1 June 2026. */
async function installation(t: TestContext) {
  const folder = await temporaryFolder(t);
  const { url } = await testDatabase(t);
  const environment = { DATABASE_URL: url, TROTH_DATA: folder, PATH: process.env['PATH'] ?? '' };
  const set = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];
  await askTroth(['init', ...set, '--time-zone', zone], { environment, input: 'four unrelated words\n' });
  const opened = await openInstallation(readConfig(environment), () => {});
  t.after(() => opened.close());
  const on = (day: string): Ledger => ({ ...opened.ledger, now: () => Temporal.Instant.from(`${day}T09:00:00Z`) });
  const document = await act(on('2026-01-02'), operator, (ctx) =>
    openDocument(ctx, { slug: 'terms', title: 'Terms', language: 'en' }),
  );
  assert(document.ok);
  const { documentId } = document.value;
  const publish = async (day: string, text: string, effectiveLocal: string, audience = 'everyone') => {
    const publication = { documentId, text: Buffer.from(text), summary: 'Short.', effectiveLocal, zone, audience };
    assert((await act(on(day), operator, (ctx) => publishVersion(ctx, publication))).ok);
    await signNow(opened);
  };
  await publish('2026-01-02', 'one', '');
  await publish('2026-02-01', 'two', '2026-03-01T12:00');
  await publish('2026-04-01', 'for staff', '', 'staff');
  const end = { documentId, endsLocal: '2026-06-01', zone, reason: 'We close the programme.' };
  assert((await act(on('2026-05-01'), operator, (ctx) => endDocument(ctx, end))).ok);
  await signNow(opened);
  return { folder, opened, troth: (...args: string[]) => askTroth(args, { environment }) };
}

test('policies at answers for days, instants, audiences and ends; its exit code says whether anything was in force', async (t) => {
  const { troth } = await installation(t);
  const table: readonly [args: string[], code: number, lines: RegExp][] = [
    [['2025-12-31'], 1, /nothing: it began on 2 January 2026/],
    [['2026-02-01'], 0, /^1 February 2026.* {2}version 1$/],
    [['2026-03-01'], 0, /^1 March 2026 at 00:00.*version 1\n1 March 2026 at 12:00.*version 2$/],
    [['2026-03-01T11:00:00Z'], 0, /version 2$/],
    [['2026-04-15', '--audience', 'staff', '--jurisdiction', 'DE'], 0, /version 3$/],
    [['2026-04-15', '--audience', 'customers'], 0, /version 2$/],
    [['2026-06-01'], 1, /nothing: the document had ended$/],
    [['2999-01-01'], 1, /ended\nIt is still to come/],
  ];
  for (const [args, code, lines] of table) {
    const answer = await troth('policies', 'at', 'terms', ...args);
    assert.equal(answer.code, code, args.join(' '));
    assert.match(answer.printed.join('\n'), lines);
  }
  for (const args of [
    ['policies'],
    ['policies', 'att'],
    ['policies', 'at', 'terms'],
    ['policies', 'at', 'terms', 'soon'],
    ['policies', 'at', 'terms', '2026-02-30'],
    ['policies', 'at', 'terms', '2026-02-01', '--audience', 'martians'],
    ['policies', 'at', 'terms', '2026-02-01', '--jurisdiction', 'Germany'],
  ])
    assert.equal((await troth(...args)).code, 2, args.join(' '));
  assert.equal((await troth('policies', 'at', 'other', '2026-02-01')).code, 1);
});

test('the proof of a version answers for a day offline, or says what it does not exclude', async (t) => {
  const { folder, opened, troth } = await installation(t);
  const { db } = opened.ledger;
  const ctx = observe(opened.ledger, { kind: 'visitor' });
  const record = await readPolicy(ctx, 'terms');
  assert(record);
  const policy = join(folder, 'policy');
  const text = (await troth('log', 'policy')).printed.join('\n');
  await writeFile(policy, `${text}\n`);
  const entryOf = new Map((await versionViews(ctx, record)).map(({ number, entry }) => [number, entry ?? -1]));
  const ask = async (number: number, day: string) => {
    const file = join(folder, `${number}.json`);
    const bundle = await bundleStatement(db, entryOf.get(number) ?? -1, text);
    assert(bundle);
    const parsed = parseBundle(bundle);
    assert(parsed.ok && parsed.value.kind === 'statement' && parsed.value.policy === text);
    assert(parsed.value.items.length <= 9);
    await writeFile(file, bundle);
    const { code, printed } = await troth('log', 'verify', file, '--policy', policy, '--on', day);
    const said = printed.join('\n');
    return [code, said.slice(said.indexOf('In force on that day?'))] as const;
  };
  const table: readonly [version: number, day: string, code: number, says: RegExp, certain: boolean][] = [
    [1, '2026-01-01', 1, /No\. Version 1 took effect only on 2 January/, false],
    [1, '2026-02-15', 0, /Yes\. Version 1 was in force all that day/, true],
    [1, '2026-03-01', 0, /For a part of that day/, true],
    [1, '2026-03-02', 1, /No\. Version 2 took its place/, true],
    [2, '2026-04-15', 0, /Yes\. Version 2 was in force all that day/, true],
    [2, '2026-05-20', 1, /Yes\. Version 2[^]*superseding is not excluded after entry \d+ of 1 May 2026/, false],
    [2, '2026-06-02', 1, /No\. The document ended[^]*not excluded/, false],
    [3, '2026-04-15', 0, /audience “staff” everywhere[^]*Yes\. Version 3/, true],
  ];
  for (const [version, day, code, says, certain] of table) {
    const [answered, said] = await ask(version, day);
    assert.match(said, says, `${version} on ${day}`);
    assert.equal(answered, code, `${version} on ${day}`);
    assert.equal(said.includes('without contradicting the log'), certain, `${version} on ${day}`);
  }
  const [code, said] = await ask(1, 'never');
  assert.deepEqual([code, said.includes('This is not a day')], [1, true]);
});
