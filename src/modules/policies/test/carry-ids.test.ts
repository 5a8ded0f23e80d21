import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type CarriedIds, carryIds, resolveId } from '../text/carry-ids.ts';
import { splitClauses } from '../text/clauses.ts';

const numRuns = process.env['TROTH_DEEP'] === '1' ? 3_000 : 100;

/** The versions of one document, one after the other, and what a link finds at the end. */
function history(...sources: string[]) {
  const ended = new Map<string, { into: string | null; version: number }>();
  const versions: CarriedIds[] = [];
  for (const [index, source] of sources.entries()) {
    const carried = carryIds(versions.at(-1)?.clauses ?? [], new Set(ended.keys()), source);
    for (const { id, into } of carried.ended) ended.set(id, { into, version: index + 1 });
    versions.push(carried);
  }
  const idOf = (version: number, words: string) =>
    versions[version - 1]?.clauses.find(({ text }) => text.includes(words))?.id ?? '';
  const current = new Set(versions.at(-1)?.clauses.map(({ id }) => id));
  return { versions, idOf, resolve: (id: string) => resolveId(id, current, ended) };
}

const first =
  '## Data\n\nWe keep your orders for ten years.\n\nWe never sell them to anybody.\n\n## Rights\n\nYou may ask us what we hold.';

test('a first version has the ids of its text alone', () => {
  const { versions } = history(first);
  assert.deepEqual(
    versions[0]?.clauses.map(({ id }) => id),
    splitClauses(first).map(({ id }) => id),
  );
});

test('a clause keeps its id when it is reworded, moved, or its heading gets another name', () => {
  const second = first
    .replace('ten years', 'six years')
    .replace('## Rights', '## Your rights')
    .replace('We never sell them to anybody.\n\n', '');
  const { idOf, resolve } = history(first, second, `${second}\n\nWe never sell them to anybody.`);
  assert.equal(idOf(2, 'orders'), idOf(1, 'orders'));
  assert.equal(idOf(2, 'Your rights'), idOf(1, 'Rights'));
  assert.equal(idOf(2, 'ask us'), idOf(1, 'ask us'));
  assert.deepEqual(resolve(idOf(1, 'orders')), { id: idOf(3, 'orders') });
});

test('a link to a clause that went says with which version, even where the same words come back', () => {
  const { idOf, resolve } = history(first, first.replace('We never sell them to anybody.\n\n', ''), first);
  assert.deepEqual(resolve(idOf(1, 'never sell')), { endedIn: 2 });
  assert.notEqual(idOf(3, 'never sell'), idOf(1, 'never sell'));
  assert.equal(resolve('c-never-was'), null);
});

test('a link to a clause that was put into another one leads there', () => {
  const joined = first.replace('for ten years.\n\nWe never', 'for ten years. We never');
  const { idOf, resolve } = history(first, joined);
  assert.deepEqual(resolve(idOf(1, 'never sell')), { id: idOf(2, 'never sell') });
});

const block = fc.constantFrom(
  '## Data',
  '## Rights',
  'We keep your orders.',
  'You may ask us.',
  '- one item',
  '- other item',
  '| a | b |\n|-|-|\n| c | d |',
);
const sources = fc.array(
  fc.array(block, { maxLength: 10 }).map((blocks) => blocks.join('\n\n')),
  { minLength: 1, maxLength: 6 },
);

test('ids are unique in each version, an id that ended never comes back, every old id is resolved, and all is the same again', () => {
  fc.assert(
    fc.property(sources, (texts) => {
      const { versions, resolve } = history(...texts);
      const over = new Set<string>();
      for (const { clauses, ended } of versions) {
        const ids = clauses.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert(ids.every((id) => !over.has(id) && /^c-[a-z0-9._~-]+$/.test(id)));
        for (const { id } of ended) over.add(id);
      }
      for (const { id } of versions.flatMap(({ clauses }) => clauses)) assert.notEqual(resolve(id), null);
      assert.deepEqual(history(...texts).versions, versions);
    }),
    { numRuns },
  );
});
