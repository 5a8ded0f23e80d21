import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../canonical.ts';
import { narrow } from '../list-resources.ts';
import { checkFilter, matches } from '../match-filter.ts';
import { type Comparison, type Filter, parseFilter, parsePath } from '../parse-filter.ts';
import { userType } from '../schema.ts';

const comparisons: readonly Comparison[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const path = fc.constantFrom('userName', 'name.familyName', 'displayName', 'externalId', 'emails.value');
const text = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'B', '"', '\\', ' ', ')', 'ß', '.') });
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ is: fc.constant('compare' as const), path, by: fc.constantFrom(...comparisons), to: text }),
  fc.record({ is: fc.constant('present' as const), path }),
);
const filter = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'filter' },
    leaf,
    fc.record({ is: fc.constantFrom('and' as const), left: tie('filter'), right: tie('filter') }),
    fc.record({ is: fc.constantFrom('or' as const), left: tie('filter'), right: tie('filter') }),
    fc.record({ is: fc.constant('not' as const), of: tie('filter') }),
  ),
})).filter;

function write(each: Filter): string {
  if (each.is === 'and' || each.is === 'or') return `(${write(each.left)}) ${each.is.toUpperCase()} (${write(each.right)})`;
  if (each.is === 'not') return `not (${write(each.of)})`;
  if (each.is === 'present') return `${each.path} pr`;
  if (each.is === 'some') return `${each.path}[${write(each.fits)}]`;
  return `${each.path} ${each.by} ${JSON.stringify(each.to)}`;
}

const resource: fc.Arbitrary<JsonObject> = fc.record(
  {
    userName: text,
    externalId: text,
    displayName: text,
    name: fc.record({ familyName: text }),
    emails: fc.array(fc.record({ value: text }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

test('what is written as a filter is read as the same filter', () => {
  fc.assert(
    fc.property(filter, (each) => {
      const written = write(each);
      if (written.length <= 2_000) assert.deepEqual(parseFilter(written), { ok: true, value: JSON.parse(JSON.stringify(each)) });
    }),
  );
});

test('not, and, or mean what they mean, and narrowing loses no match', () => {
  fc.assert(
    fc.property(filter, filter, resource, (a, b, one) => {
      const does = (each: Filter) => matches(each, one, userType.attributes);
      assert(checkFilter(a, userType.attributes).ok);
      assert.equal(does({ is: 'not', of: a }), !does(a));
      assert.equal(does({ is: 'and', left: a, right: b }), does(a) && does(b));
      assert.equal(does({ is: 'or', left: a, right: b }), does(a) || does(b));
      for (const [name, value] of Object.entries(narrow(a))) {
        if (does(a)) assert(matches({ is: 'compare', path: name, by: 'eq', to: value }, one, userType.attributes));
      }
    }),
  );
});

test('no text makes the parser fail in another way than by refusing', () => {
  const part = fc.constantFrom(
    'userName',
    'eq',
    '"a"',
    '(',
    ')',
    '[',
    ']',
    'not',
    'and',
    'pr',
    '.value',
    '"',
    '\\',
    'true',
    '-1',
    'urn:a:b',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join(' ')),
      ),
      (any) => {
        for (const outcome of [parseFilter(any), parsePath(any)])
          assert(outcome.ok || outcome.refusal.startsWith('accounts/scim-invalid'));
      },
    ),
  );
});

test('paths as identity systems send them', () => {
  const fits = { is: 'compare', path: 'type', by: 'eq', to: 'work' } as const;
  const read = (sent: string) => {
    const parsed = parsePath(sent);
    return parsed.ok ? parsed.value : null;
  };
  assert.deepEqual(read('emails[type eq "work"].value'), { attribute: 'emails', fits, sub: 'value' });
  assert.deepEqual(read('emails[type eq "work"]'), { attribute: 'emails', fits, sub: null });
  assert.deepEqual(read('name.givenName'), { attribute: 'name', fits: null, sub: 'givenName' });
  for (const wrong of ['', 'name.', 'emails[type eq "work"', 'emails].value', 'a b', 'emails[type eq "work"].value.more'])
    assert.equal(read(wrong), null, wrong);
});
