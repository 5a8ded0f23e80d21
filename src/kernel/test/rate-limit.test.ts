import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { networkOf, RateLimit } from '../rate-limit.ts';

function limited(mostClients?: number) {
  let now = Temporal.Instant.from('2026-11-21T12:00:00Z');
  const limit = new RateLimit({ burst: 3, seconds: 60 }, () => now, mostClients);
  return { limit, pass: (seconds: number) => void (now = now.add({ seconds })) };
}

suite('rate limit', () => {
  test('so many at once, and then one for each part of the time', () => {
    const { limit, pass } = limited();
    assert.deepEqual(
      [1, 2, 3, 4].map(() => limit.take('192.0.2.1')),
      [0, 0, 0, 20],
    );
    pass(19);
    assert.equal(limit.take('192.0.2.1'), 1);
    pass(1);
    assert.deepEqual(
      [1, 2].map(() => limit.take('192.0.2.1')),
      [0, 20],
    );
  });

  test('waiting for ever gives no more than so many', () => {
    const { limit, pass } = limited();
    limit.take('192.0.2.1');
    pass(1_000_000);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => limit.take('192.0.2.1')),
      [0, 0, 0, 20],
    );
  });

  test('being refused costs nothing, so who waits as told is let in', () => {
    const { limit, pass } = limited();
    for (let time = 0; time < 100; time++) limit.take('192.0.2.1');
    pass(20);
    assert.equal(limit.take('192.0.2.1'), 0);
  });

  test('a clock that is set back gives nothing away and locks nobody out', () => {
    const { limit, pass } = limited();
    for (let time = 0; time < 3; time++) limit.take('192.0.2.1');
    pass(-3600);
    assert.equal(limit.take('192.0.2.1'), 20);
    pass(20);
    assert.equal(limit.take('192.0.2.1'), 0);
  });

  test('one client does not spend what another has, and one network is one client', () => {
    const { limit } = limited();
    for (let time = 0; time < 3; time++) limit.take(`2001:db8:0:1::${time}`);
    assert.equal(limit.take('2001:db8:0:1:ffff::1'), 20);
    assert.equal(limit.take('2001:db8:0:2::1'), 0);
  });

  test('memory is bounded: full buckets go first and without loss, then the one idle for longest', () => {
    const { limit, pass } = limited(100);
    for (let client = 0; client < 1000; client++) limit.take(`10.0.${client >> 8}.${client & 255}`);
    assert.equal(limit.size, 100);
    pass(61);
    limit.take('192.0.2.1');
    assert.equal(limit.size, 1);
  });

  for (const [address, network] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'unknown'],
    ['not an address', 'unknown'],
    ['1.2.3.4, 5.6.7.8', 'unknown'],
  ] as const) {
    test(`"${address}" belongs to ${network}`, () => {
      assert.equal(networkOf(address), network);
    });
  }
});
