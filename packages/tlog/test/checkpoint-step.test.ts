import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveConsistency, verifyCheckpointStep, type Checkpoint } from '../src/index.ts';
import { entryAt, naiveLeafHash, naiveTree } from './naive-tree.ts';

const tree = naiveTree(Array.from({ length: 9 }, (_, i) => naiveLeafHash(entryAt(i))));
const other = naiveTree(Array.from({ length: 9 }, (_, i) => naiveLeafHash(entryAt(i === 2 ? 99 : i))));

function checkpoint(size: number, of = tree, origin = 'o'): Checkpoint {
  return { origin, size, root: of.root(0, size), extensions: [] };
}

const rows = [
  { says: 'the first checkpoint ever is taken', remembered: null, next: checkpoint(5), answer: 'first' },
  { says: 'the same checkpoint again', remembered: checkpoint(5), next: checkpoint(5), answer: 'same' },
  { says: 'a log that grew', remembered: checkpoint(5), next: checkpoint(9), answer: 'grown' },
  { says: 'a log that grew from nothing', remembered: checkpoint(0), next: checkpoint(9), answer: 'grown' },
  { says: 'a shorter log', remembered: checkpoint(9), next: checkpoint(5), answer: 'step/rolled-back' },
  { says: 'another root of the same size', remembered: checkpoint(5), next: checkpoint(5, other), answer: 'step/split-view' },
  { says: 'a rewritten past', remembered: checkpoint(5), next: checkpoint(9, other), answer: 'step/not-consistent' },
  { says: 'another log', remembered: checkpoint(5), next: checkpoint(9, tree, 'p'), answer: 'step/other-log' },
] as const;

for (const { says, remembered, next, answer } of rows) {
  test(`${says}: ${answer}`, async () => {
    const of = next.root === other.root(0, next.size) ? other : tree;
    const from = Math.min(remembered?.size ?? 0, next.size);
    const step = verifyCheckpointStep(remembered, next, await proveConsistency(of.readTile, from, next.size));
    assert.equal(step.ok ? step.value : step.refusal, answer);
  });
}

test('growth without its proof is not taken', () => {
  const step = verifyCheckpointStep(checkpoint(5), checkpoint(9), []);
  assert.equal(step.ok ? step.value : step.refusal, 'step/not-consistent');
});
