import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { z } from 'zod';
import { answered, type Contract, publicRead, type RefusalAnswer, refusalsOf, route } from '../contract.ts';
import { refuse } from '../outcome.ts';

type Refusal = 'tea/too-hot' | 'tea/none-left';

const responses = {
  200: { description: 'Tea.', mediaType: 'application/json', schema: z.strictObject({ cups: z.int() }) },
} as const;
const contract = { ...publicRead, path: '/tea', summary: 'Tea.', responses } as const;
const refusals = {
  'tea/too-hot': [409, 'Wait.'],
  'tea/none-left': [404, 'Nothing is left.'],
} as const satisfies Record<Refusal, RefusalAnswer>;

suite('a contract', () => {
  // Each of these is held by the compiler: without the error the line above it would be one.
  test('does not compile when something it cannot say is answered', () => {
    // @ts-expect-error A refusal that the map forgot.
    const forgotten = { 'tea/too-hot': [409, 'Wait.'] } as const satisfies Record<Refusal, RefusalAnswer>;
    // @ts-expect-error A refusal that has no line in the contract.
    const unknown = route({ ...contract, refusals: forgotten }, () => Promise.resolve(refuse('tea/none-left')));
    // @ts-expect-error A status that is not documented.
    const status = route({ ...contract, refusals }, () => Promise.resolve(answered(201, { cups: 1 })));
    // @ts-expect-error A value that the schema would not accept.
    const value = route({ ...contract, refusals }, () => Promise.resolve(answered(200, { cups: 'one' })));
    const right = route({ ...contract, refusals }, () => Promise.resolve(answered(200, { cups: 1 })));
    assert.equal(new Set([unknown, status, value, right]).size, 4);
    assert.equal(Object.keys(forgotten).length, 1);
  });

  test('adds to the refusals of its verb what its kind of request can get wrong', () => {
    const get: Contract = { ...contract, refusals };
    const post: Contract = { ...get, method: 'post', body: z.strictObject({}), limit: 'asking' };
    assert.deepEqual(Object.keys(refusalsOf(get)), ['request/not-valid', ...Object.keys(refusals)]);
    const statuses = Object.values(refusalsOf(post)).map(([status]) => status);
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [400, 403, 404, 409, 413, 415, 422, 429],
    );
  });
});
