import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Check, fault, get, patch, runChecks, total, users } from './run-checks.ts';
import { base, userBody, userUrn } from './scim-site.ts';

const rfc = (section: string) => `RFC 7644 §${section}`;

const checks: readonly Check[] = [
  [
    rfc('3.3'),
    'a created resource names its address',
    (s) => s.send('POST', '/Users', userBody('loc@harbour.example')),
    201,
    (body, _, { headers }) => {
      assert.equal(headers.get('location'), `${base}/Users/${body.id}`);
      assert.equal(headers.get('content-type'), 'application/scim+json; charset=utf-8');
    },
  ],
  [rfc('3.4.2.2'), 'co, sw and ew', users('userName co "arbo" and userName sw "ADA" and userName ew ".example"'), 200, total(1)],
  [rfc('3.4.2.2'), 'ne, not and or', users('not (userName ne "ada@harbour.example") or externalId eq "ext-bo"'), 200, total(2)],
  [rfc('3.4.2.2'), 'pr', users('externalId pr and title pr'), 400, fault('invalidFilter')],
  [rfc('3.4.2.2'), 'and binds tighter than or', users('active eq true or active eq true and userName eq "x"'), 200, total(2)],
  [rfc('3.4.2.2'), 'dates are compared as instants', users('meta.lastModified ge "2026-11-02T10:00:00+01:00"'), 200, total(2)],
  [rfc('3.4.2.2'), 'a later date finds none', users('meta.created gt "2026-11-02T10:00:00+01:00"'), 200, total(0)],
  [rfc('3.4.2.2'), 'a date that is none is refused', users('meta.created gt "yesterday"'), 400, fault('invalidFilter')],
  [
    rfc('3.4.2.2'),
    'attribute names and operators fold case; a schema may stand in front',
    users(`${userUrn}:USERNAME EQ "ada@harbour.example"`),
    200,
    total(1),
  ],
  [
    rfc('3.4.2.2'),
    'a value filter matches one value with all of it',
    users('emails[type eq "work" and value co "bo@"]'),
    200,
    total(1),
  ],
  [rfc('3.4.2.2'), 'order makes no sense for booleans', users('active gt true'), 400, fault('invalidFilter')],
  [rfc('3.4.2.2'), 'an unknown operator is refused', users('userName like "a"'), 400, fault('invalidFilter')],
  [
    rfc('3.4.2.4'),
    'count 0 is the number alone',
    get('/Users?count=0'),
    200,
    (body) => assert.deepEqual([body.totalResults, body.Resources], [2, []]),
  ],
  [
    rfc('3.4.2.4'),
    'a startIndex below 1 is 1, a negative count is 0',
    get('/Users?startIndex=-5&count=-1'),
    200,
    (body) => assert.deepEqual([body.startIndex, body.itemsPerPage], [1, 0]),
  ],
  [
    rfc('3.4.2.4'),
    'beyond the last there is nothing',
    get('/Users?startIndex=99'),
    200,
    (body) => assert.deepEqual([body.totalResults, body.Resources?.length], [2, 0]),
  ],
  [
    rfc('3.4.2.4'),
    'the second page follows the first',
    async (s) => {
      const first = await s.send('GET', '/Users?startIndex=1&count=1');
      const second = await s.send('GET', '/Users?startIndex=2&count=1');
      assert.notEqual(first.body.Resources?.[0]?.id, second.body.Resources?.[0]?.id);
      return second;
    },
    200,
    (body) => assert.deepEqual([body.itemsPerPage, body.totalResults], [1, 2]),
  ],
  [
    rfc('3.5.2.1'),
    'adding to several values keeps those that are there, and one is primary',
    patch({ op: 'add', path: 'emails', value: [{ value: 'a@b.example', primary: true }] }),
    200,
    (body) => {
      assert.equal(body.emails?.length, 2);
      assert.deepEqual(
        body.emails?.filter((each) => each.primary === true).map((each) => each.value),
        ['a@b.example'],
      );
    },
  ],
  [rfc('3.5.2.2'), 'remove needs a path', patch({ op: 'remove' }), 400, fault('noTarget')],
  [rfc('3.5.2.2'), 'a required attribute stays', patch({ op: 'remove', path: 'userName' }), 400, fault('mutability')],
  [
    rfc('3.5.2.2'),
    'a part is removed',
    patch({ op: 'remove', path: 'name.givenName' }),
    200,
    (body) => assert.deepEqual(body.name, { familyName: 'Osei' }),
  ],
  [
    rfc('3.5.2.3'),
    'replacing what no filter finds is noTarget',
    patch({ op: 'replace', path: 'emails[type eq "other"].value', value: 'x@y.example' }),
    400,
    fault('noTarget'),
  ],
  [
    rfc('3.5.2'),
    'one bad operation undoes the good ones before it',
    async (s, { id }) => {
      const { status } = await s.patch(
        `/Users/${id}`,
        { op: 'replace', path: 'displayName', value: 'Changed' },
        { op: 'replace', path: 'nonsense', value: 1 },
      );
      assert.equal(status, 400);
      return s.send('GET', `/Users/${id}`);
    },
    200,
    (body) => assert.equal(body.displayName, undefined),
  ],
  [
    rfc('3.5.2'),
    'an unknown path is invalidPath',
    patch({ op: 'replace', path: 'shoeSize', value: 44 }),
    400,
    fault('invalidPath'),
  ],
  [
    rfc('3.5.2'),
    'read-only attributes are refused by path',
    patch({ op: 'replace', path: 'id', value: 'x' }),
    400,
    fault('mutability'),
  ],
  [
    rfc('3.5.2'),
    'groups are changed at the groups',
    patch({ op: 'add', path: 'groups', value: [{ value: 'x' }] }),
    400,
    fault('mutability'),
  ],
  [
    rfc('3.9'),
    'attributes narrows, id and schemas stay',
    get('/Users?attributes=userName,name.familyName&count=1'),
    200,
    (body) => assert.deepEqual(Object.keys(body.Resources?.[0] ?? {}).toSorted(), ['id', 'name', 'schemas', 'userName']),
  ],
  [rfc('3.11'), '/Me is not for a token of a system', get('/Me'), 501],
  [rfc('3.12'), 'a body that is no JSON is invalidSyntax', (s) => s.send('POST', '/Users', '{'), 400, fault('invalidSyntax')],
  [
    rfc('3.12'),
    'a missing userName is invalidValue',
    (s) => s.send('POST', '/Users', { schemas: [userUrn] }),
    400,
    fault('invalidValue'),
  ],
  [
    rfc('4'),
    'the configuration says what is supported',
    get('/ServiceProviderConfig'),
    200,
    (body) => {
      assert.deepEqual(
        [body.patch?.supported, body.bulk?.supported, body.filter?.supported, body.etag?.supported],
        [true, false, true, false],
      );
    },
  ],
  [rfc('4'), 'resource types lead to schemas', get('/ResourceTypes/User'), 200, (body) => assert.equal(body.schema, userUrn)],
  [
    rfc('4'),
    'a schema is read by its name',
    get(`/Schemas/${userUrn}`),
    200,
    (body) => assert(body.attributes?.some((each) => each.name === 'userName')),
  ],
  [rfc('4'), 'schemas are listed', get('/Schemas'), 200, total(2)],
];

test('what the protocol itself demands, by section', (t) => runChecks(t, checks));
