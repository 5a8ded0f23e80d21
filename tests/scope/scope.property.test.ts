import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { act, observe } from '../../src/ledger/index.ts';
import { openScopeWorld } from './scope-world.ts';
import { scopeCalls } from './scope-calls.ts';

const deep = process.env['TROTH_DEEP'] === '1';
const length = deep ? 1_000 : 100;
const numRuns = 5;

const step = fc.record({
  who: fc.nat(),
  call: fc.nat({ max: scopeCalls.length - 1 }),
  /** Which objects the call is about, by chance: own, others', and such that do not exist. */
  picks: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  minutes: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 1_440 }) }),
});

/** The calls themselves would fill pages; the seed brings them back. */
function reporter({ failed, seed, errorInstance }: { failed: boolean; seed: number; errorInstance: unknown }): void {
  if (failed) throw new Error(`with seed ${seed}: ${String(errorInstance)}`, { cause: errorInstance });
}

describe('whatever somebody does', () => {
  it(`${length} calls in any order read and change nothing outside of what the caller may reach at that moment`, async (t) => {
    const tally = { permitted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: length, maxLength: length, size: 'max' }), async (steps) => {
        const world = await openScopeWorld(t);
        for (const { who, call, picks, minutes } of steps) {
          world.ledger.clock.advance({ minutes });
          const actor = await world.actorOf(who);
          const tried = scopeCalls[call] ?? assert.fail();
          const reach = await world.reachOf(actor);
          const before = await world.ownedRows();
          const ctx = observe(world.ledger, actor);
          const outcome = await tried
            .run({ world, actor, ctx, picks, act: (verb) => act(world.ledger, actor, verb) })
            .catch((error: unknown) => world.permissionOnly(error));
          tally[outcome === null ? 'refused' : 'permitted'] += 1;
          const says = `${tried.name} by ${actor.kind} ${'id' in actor ? actor.id : ''}`;
          for (const owner of outcome?.read ?? []) assert.ok(reach.reads(owner), `${says} read what belongs to ${owner}`);
          for (const owner of await world.changedSince(before))
            assert.ok(reach.changes(owner), `${says} changed what belongs to ${owner}`);
        }
      }),
      { numRuns, endOnFailure: true, reporter, ...(deep ? {} : { seed: 20_261_122 }) },
    );
    assert.ok(
      tally.permitted > (numRuns * length) / 10,
      `only ${tally.permitted} calls of ${tally.permitted + tally.refused} did anything`,
    );
  });
});
