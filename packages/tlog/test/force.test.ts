import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeBundle,
  encodePublicLeaf,
  hashBody,
  leafHash,
  parseBundle,
  readForce,
  toHex,
  utf8,
  verifyBundle,
  type FieldValue,
  type Report,
  type StatementItem,
} from '../src/index.ts';
import { fixed, policy, proofOf, publicLogKey, witnessedAt } from './sample-log.ts';

const day = (date: string) => `2026-${date}T00:00:00.000Z`;
type Entry = { type: string; at: string; object?: string; fields?: Record<string, FieldValue>; prev?: string };

const published = (version: number, at: string, effectiveAt: string, change: Record<string, FieldValue> = {}): Entry => ({
  type: 'policy.version-published',
  at: day(at),
  fields: {
    version,
    audience: 'everyone',
    jurisdiction: null,
    effectiveAt: day(effectiveAt),
    effectiveZone: 'Europe/Berlin',
    ...change,
  },
});
const withdrawn = (version: number, at: string): Entry => ({
  type: 'policy.version-withdrawn',
  at: day(at),
  fields: { version },
});
const ended = (lastVersion: number, at: string, effectiveAt: string): Entry => ({
  type: 'policy.document-ended',
  at: day(at),
  fields: { lastVersion, effectiveAt: day(effectiveAt), effectiveZone: 'Europe/Berlin' },
});
const summary = (at: string): Entry => ({ type: 'policy.summary-published', at: day(at), fields: {} });

/** A log of these entries in which each object's are linked, with a proof for each. */
async function items(...entries: readonly Entry[]): Promise<StatementItem[]> {
  const last = new Map<string, { seq: number; hash: string }>();
  const leaves = entries.map(({ type, at, object = 'terms', fields = {}, prev }, i) => {
    const before = last.get(object);
    const [salt, bytes] = [fixed(`force ${i}`), utf8(`text ${i}`)];
    const leaf = encodePublicLeaf(
      {
        type,
        object,
        at,
        fields,
        mediaType: 'text/plain',
        bodyHash: hashBody(salt, bytes),
        bodyLength: bytes.length,
        seq: (before?.seq ?? 0) + 1,
        prev: prev ?? before?.hash ?? null,
      },
      { [type]: Object.keys(fields) },
    );
    last.set(object, { seq: (before?.seq ?? 0) + 1, hash: toHex(leafHash(leaf)) });
    return leaf;
  });
  return Promise.all(
    leaves.map(async (leaf, i) => ({
      proof: await proofOf(publicLogKey, leaves, i),
      leaf,
      body: { salt: fixed(`force ${i}`), bytes: utf8(`text ${i}`), mediaType: 'text/plain' },
    })),
  );
}

const check = (all: readonly StatementItem[]): Report =>
  verifyBundle({ kind: 'statement', items: all, policy: null }, policy, { now: witnessedAt + 60 });
/** `from-until by known`, or the refusal. */
const force = (all: readonly StatementItem[]): string => {
  const read = readForce(all);
  if (!read.ok) return read.refusal;
  const short = (text: string | null) => text?.slice(5, 10) ?? '';
  const { from, until, by, knownUntil, knownEntry } = read.value;
  return `${short(from)}..${short(until)} ${by ?? '-'} known ${short(knownUntil)} entry ${knownEntry}`;
};
const two = [published(1, '01-01', '01-10'), summary('01-01'), published(2, '02-01', '03-01'), summary('02-01')] as const;

test('without a successor a version is in force from its effect, and known up to the last entry shown', async () => {
  const all = await items(published(1, '01-01', '01-10'), summary('01-02'));
  assert.equal(check(all).state, 'ok');
  assert.equal(force(all), '01-10.. - known 01-02 entry 1');
  assert.equal(force(all.slice(0, 1)), '01-10.. - known 01-01 entry 0');
});

test('a successor for the same people ends it at its own effect; one for others, and one withdrawn in time, does not', async () => {
  assert.equal(force(await items(...two)), '01-10..03-01 2 known 02-01 entry 3');
  for (const change of [{ audience: 'staff' }, { jurisdiction: 'DE' }])
    assert.equal(force(await items(two[0], published(2, '02-01', '03-01', change))), '01-10.. - known 02-01 entry 1');
  assert.equal(force(await items(...two, withdrawn(2, '02-15'))), '01-10.. - known 02-15 entry 4');
  assert.equal(
    force(await items(...two, withdrawn(2, '02-15'), published(3, '02-20', '03-10'))),
    '01-10..03-10 3 known 02-20 entry 5',
  );
  assert.equal(force(await items(...two, published(3, '02-20', '02-25'))), '01-10..02-25 3 known 02-20 entry 4', 'the earliest');
});

test('the end of the document ends it, and a version withdrawn before its effect was never in force', async () => {
  assert.equal(force(await items(two[0], ended(1, '02-01', '04-01'))), '01-10..04-01 ending known 02-01 entry 1');
  assert.equal(force(await items(two[0], withdrawn(1, '01-05'))), 'force/withdrawn');
  const imported = { type: 'policy.version-imported', at: day('01-01'), fields: { version: 1 } };
  assert.equal(force(await items(imported)), 'force/claimed-only');
  assert.equal(force(await items(summary('01-01'))), 'force/not-a-version');
});

test('a swapped next leaf breaks the chain: the file fails, and nothing is read behind the break', async () => {
  const all = await items(...two);
  const other = await items(two[0], { ...summary('01-01'), fields: { version: 9 } }, ...two.slice(2));
  const swapped = [all[0], other[1], all[2]].flatMap((item) => item ?? []);
  assert.equal(check(swapped).state, 'failed');
  // Its own proof is of the other log, so the link is what the test is about: with a fitting proof it still fails.
  const forged = await items(two[0], { ...summary('01-01'), prev: 'ab'.repeat(32) });
  assert.equal(check(forged).whole.find(({ code }) => code === 'object-chain-unbroken')?.state, 'failed');
  assert.equal(force(forged), '01-10.. - known 01-01 entry 0');
});

test('the next leaf of another object says nothing about this one', async () => {
  const elsewhere = { ...published(2, '02-01', '03-01'), object: 'privacy' };
  const all = await items(two[0], elsewhere);
  assert.equal(check(all).state, 'ok');
  assert.equal(force(all), '01-10.. - known 01-01 entry 0');
});

test('an altered effective date is not in the log', async () => {
  const all = await items(...two);
  const altered = all.map((item, i) =>
    i === 0 ? { ...item, leaf: utf8(Buffer.from(item.leaf).toString().replace(day('01-10'), day('01-02'))) } : item,
  );
  const report = check(altered);
  assert.equal(report.state, 'failed');
  assert.equal(report.items[0]?.steps.find(({ code }) => code === 'leaf-included')?.state, 'failed');
});

test('a withdrawal after the effect is a contradiction, whether of this version or of its successor', async () => {
  assert.equal(force(await items(two[0], withdrawn(1, '01-10'))), 'force/withdrawn-after-effect');
  assert.equal(force(await items(...two, withdrawn(2, '03-01'))), 'force/withdrawn-after-effect');
});

test('a missing link of the chain limits what is known, and a successor behind it is not believed to be the next', async () => {
  const all = await items(...two);
  const gap = [all[0], all[2], all[3]].flatMap((item) => item ?? []);
  const report = check(gap);
  assert.equal(report.state, 'ok');
  assert.deepEqual(report.whole.find(({ code }) => code === 'object-chain-unbroken')?.facts, { object: 'terms', missing: 2 });
  assert.equal(force(gap), '01-10.. - known 01-01 entry 0');
});

test('entries that reach back in time are a contradiction: what is known would not be', async () => {
  assert.equal(force(await items(published(1, '01-10', '01-05'))), 'force/backdated');
  assert.equal(force(await items(two[0], published(2, '02-01', '01-20'))), 'force/backdated');
  assert.equal(force(await items(two[0], ended(1, '02-01', '01-20'))), 'force/backdated');
  assert.equal(force(await items(published(1, '02-01', '02-01'), summary('01-31'))), 'force/order-broken');
  assert.equal(force(await items(published(2, '01-01', '01-01'), published(2, '02-01', '02-01'))), 'force/order-broken');
  assert.equal(force(await items(published(1, '01-01', '01-01', { effectiveAt: 'soon' }))), 'force/fields-missing');
});

test('the order of the items does not matter behind the first, and a file in the old form reads as before', async () => {
  const all = await items(...two);
  const [first, ...rest] = all;
  assert(first);
  assert.equal(force([first, ...rest.toReversed()]), force(all));
  const old = parseBundle(encodeBundle({ kind: 'statement', items: all.slice(0, 2), policy: null }));
  assert(old.ok && old.value.kind === 'statement');
  assert.equal(check(old.value.items).state, 'ok');
});
