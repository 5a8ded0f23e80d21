import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { observe } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { testVerbs } from '../../../../tests/support/verbs.ts';
import { takeAllowance } from '../index.ts';

const allowance = { burst: 3, seconds: 60 };
const take = (ledger: TestLedger, key = 'one') => takeAllowance(observe(ledger, visitor), key, allowance);

suite('allowance', { concurrency: 2 }, () => {
  test('so many at once, then one for each part of the time, and being refused costs nothing', async (t) => {
    const ledger = await testVerbs(t);
    const seen: number[] = [];
    for (let time = 0; time < 8; time += 1) seen.push(await take(ledger));
    assert.deepEqual(seen, [0, 0, 0, 20, 20, 20, 20, 20]);
    ledger.clock.advance({ seconds: 19 });
    assert.equal(await take(ledger), 1);
    ledger.clock.advance({ seconds: 1 });
    assert.deepEqual([await take(ledger), await take(ledger)], [0, 20]);
    assert.equal(await take(ledger, 'another'), 0, 'keys do not share');
    ledger.clock.advance({ hours: 1_000 });
    assert.deepEqual([await take(ledger), await take(ledger), await take(ledger), await take(ledger)], [0, 0, 0, 20]);
  });

  test('a clock that is set back gives nothing away and locks nobody out for longer than an empty bucket takes', async (t) => {
    const ledger = await testVerbs(t);
    for (let time = 0; time < 3; time += 1) assert.equal(await take(ledger), 0);
    ledger.clock.advance({ hours: -5 });
    assert.equal(await take(ledger), 20);
    ledger.clock.advance({ seconds: 20 });
    assert.equal(await take(ledger), 0);
  });

  test('fifty attempts at once, over two connections pools, let in exactly so many', async (t) => {
    const ledger = await testVerbs(t);
    const other = { ...ledger, db: ledger.open() };
    const waits = await Promise.all(Array.from({ length: 50 }, (_, time) => take(time % 2 === 0 ? ledger : other)));
    assert.equal(waits.filter((wait) => wait === 0).length, 3);
  });
});
