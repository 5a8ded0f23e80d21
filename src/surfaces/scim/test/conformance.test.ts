import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, base, groupUrn, scimSite, type Sender, userBody, userUrn } from './scim-site.ts';

const entraEnterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const okta = 'Okta, SCIM 2.0 Spec Test';
const entra = 'Microsoft Entra, SCIM validator and tutorial "Develop a SCIM endpoint"';
const rfc = (section: string) => `RFC 7644 §${section}`;

type Found = { readonly id: string; readonly other: string; readonly group: string };
type Row = readonly [
  source: string,
  says: string,
  ask: (sender: Sender, found: Found) => Promise<Answer>,
  status: number,
  check?: (body: Answer['body'], found: Found, answer: Answer) => void,
];

const q = (filter: string) => encodeURIComponent(filter);
const get = (path: string) => (sender: Sender) => sender.send('GET', path);
const users = (filter: string, more = '') => get(`/Users?filter=${q(filter)}${more}`);
const patch =
  (...operations: object[]) =>
  (sender: Sender, { id }: Found) =>
    sender.patch(`/Users/${id}`, ...operations);
const patchGroup = (of: (found: Found) => object[]) => (sender: Sender, found: Found) =>
  sender.patch(`/Groups/${found.group}`, ...of(found));
const total = (n: number) => (body: Answer['body']) => assert.equal(body.totalResults, n);
const fault = (scimType: string) => (body: Answer['body']) => {
  assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
  assert.equal(body.scimType, scimType);
};
const members = async (sender: Sender, { group }: Found) => sender.send('GET', `/Groups/${group}`);

/** One line a published check. Each runs on ada@ and bo@ of one connection, and on the group Support with bo@ in it. */
const rows: readonly Row[] = [
  [
    okta,
    'the list of users is a ListResponse with numbers',
    get('/Users?count=1&startIndex=1'),
    200,
    (body) => {
      assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
      assert.deepEqual([body.itemsPerPage, body.startIndex, body.totalResults], [1, 1, 2]);
      const [user] = body.Resources;
      assert(user.id && user.name.familyName && user.name.givenName && user.userName && user.emails[0].value);
      assert.equal(user.active, true);
    },
  ],
  [
    okta,
    'a user is read by id',
    (s, { id }) => s.send('GET', `/Users/${id}`),
    200,
    (body, { id }) => {
      assert.equal(body.id, id);
      assert.deepEqual(body.schemas, [userUrn]);
      assert.equal(body.meta.resourceType, 'User');
      assert.equal(body.meta.location, `${base}/Users/${id}`);
    },
  ],
  [
    okta,
    'an id of nobody is 404 with an Error',
    get('/Users/nobody'),
    404,
    (body) => {
      assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
      assert.equal(body.status, '404');
      assert(body.detail);
    },
  ],
  [
    okta,
    'an unknown userName finds nothing, and is no error',
    users('userName eq "nobody@harbour.example"'),
    200,
    (body) => {
      assert.equal(body.totalResults, 0);
      assert.deepEqual(body.Resources, []);
    },
  ],
  [okta, 'a userName is found by filter', users('userName eq "ada@harbour.example"'), 200, total(1)],
  [okta, 'userName is not case-sensitive', users('userName eq "ADA@Harbour.Example"'), 200, total(1)],
  [
    okta,
    'a new user is 201 with the resource',
    (s) => s.send('POST', '/Users', userBody('new@harbour.example')),
    201,
    (body) => {
      assert.equal(body.active, true);
      assert(body.id && body.name.familyName && body.name.givenName);
      assert.equal(body.userName, 'new@harbour.example');
    },
  ],
  [
    okta,
    'the same user again is 409',
    (s) => s.send('POST', '/Users', userBody('ada@harbour.example')),
    409,
    fault('uniqueness'),
  ],
  [okta, 'groups are listed', get('/Groups?count=100&startIndex=1'), 200, total(1)],
  [
    okta,
    'a PUT that deactivates says so',
    (s, { id }) => s.send('PUT', `/Users/${id}`, userBody('ada@harbour.example', { active: false })),
    200,
    (body) => assert.equal(body.active, false),
  ],
  [
    okta,
    'a PATCH without a path deactivates',
    patch({ op: 'replace', value: { active: false } }),
    200,
    (body) => assert.equal(body.active, false),
  ],
  [
    okta,
    'a group is renamed by a value that carries its own id',
    patchGroup(({ group }) => [{ op: 'replace', value: { id: group, displayName: 'Help desk' } }]),
    204,
  ],
  [
    okta,
    'members are removed by a filter in the path',
    patchGroup(({ other }) => [{ op: 'remove', path: `members[value eq "${other}"]` }]),
    204,
  ],

  [
    entra,
    'a user that is filtered for and not there is an empty list',
    users('externalId eq "58342554-38d6-4ec8-948c-50044d0a33fd"'),
    200,
    total(0),
  ],
  [entra, 'an externalId is found', users('externalId eq "ext-ada"'), 200, total(1)],
  [
    entra,
    'a filter on a work address finds its user',
    users('emails[type eq "work"].value eq "ada@harbour.example"'),
    200,
    total(1),
  ],
  [
    entra,
    'a user is created with attributes of the enterprise extension, which is passed over',
    (s) =>
      s.send('POST', '/Users', {
        ...userBody('ent@harbour.example'),
        schemas: [userUrn, entraEnterprise],
        [entraEnterprise]: { department: 'Claims' },
      }),
    201,
  ],
  [
    entra,
    'properties are replaced by paths',
    patch(
      { op: 'replace', path: 'displayName', value: 'Ada O.' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ada.osei@harbour.example' },
      { op: 'Replace', path: 'name.familyName', value: 'Osei-Bonsu' },
    ),
    200,
    (body) => {
      assert.equal(body.displayName, 'Ada O.');
      assert.deepEqual(body.emails, [{ value: 'ada.osei@harbour.example', type: 'work', primary: true }]);
      assert.equal(body.name.familyName, 'Osei-Bonsu');
      assert.equal(body.name.givenName, 'Ada');
    },
  ],
  [
    entra,
    'userName is replaced',
    patch({ op: 'Replace', path: 'userName', value: 'ada2@harbour.example' }),
    200,
    (body) => assert.equal(body.userName, 'ada2@harbour.example'),
  ],
  [
    entra,
    'dotted names without a path are paths',
    patch({ op: 'Add', value: { 'name.givenName': 'Adwoa', displayName: 'Adwoa' } }),
    200,
    (body) => {
      assert.equal(body.name.givenName, 'Adwoa');
      assert.equal(body.displayName, 'Adwoa');
    },
  ],
  [
    entra,
    'a user is disabled by the text "False"',
    patch({ op: 'Replace', path: 'active', value: 'False' }),
    200,
    (body) => assert.equal(body.active, false),
  ],
  [
    entra,
    'a disabled user is still found by filter, with active',
    async (s, { id }) => {
      await s.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: false });
      return s.send('GET', `/Users?filter=${q('userName eq "ada@harbour.example"')}`);
    },
    200,
    (body) => assert.equal(body.Resources[0].active, false),
  ],
  [
    entra,
    'an attribute of the enterprise extension by path changes nothing and fails nothing',
    patch({ op: 'Add', path: `${entraEnterprise}:department`, value: 'Claims' }),
    200,
  ],
  [
    entra,
    'an address that was not there is added by a filtered path',
    patch({ op: 'Add', path: 'emails[type eq "home"].value', value: 'ada@home.example' }),
    200,
    (body) => assert.equal(body.emails.length, 2),
  ],
  [entra, 'a deleted user is 204', (s, { id }) => s.send('DELETE', `/Users/${id}`), 204],
  [
    entra,
    'a deleted user is 404 from then on',
    async (s, { id }) => {
      await s.send('DELETE', `/Users/${id}`);
      return s.send('GET', `/Users/${id}`);
    },
    404,
  ],
  [
    entra,
    'a second DELETE is 404',
    async (s, { id }) => {
      await s.send('DELETE', `/Users/${id}`);
      return s.send('DELETE', `/Users/${id}`);
    },
    404,
  ],
  [
    entra,
    'a group is created',
    (s) => s.send('POST', '/Groups', { schemas: [groupUrn], displayName: 'Legal', externalId: 'g1' }),
    201,
    (body) => assert.equal(body.meta.resourceType, 'Group'),
  ],
  [
    entra,
    'a group is read without its members',
    (s, { group }) => s.send('GET', `/Groups/${group}?excludedAttributes=members`),
    200,
    (body) => assert(!('members' in body)),
  ],
  [
    entra,
    'a group is found by displayName',
    get(`/Groups?excludedAttributes=members&filter=${q('displayName eq "Support"')}`),
    200,
    total(1),
  ],
  [entra, 'a group is renamed by path', patchGroup(() => [{ op: 'Replace', path: 'displayName', value: 'Care' }]), 204],
  [
    entra,
    'a member is added',
    async (s, found) => {
      const { status } = await s.patch(`/Groups/${found.group}`, {
        op: 'Add',
        path: 'members',
        value: [{ $ref: null, value: found.id }],
      });
      assert.equal(status, 204);
      return members(s, found);
    },
    200,
    (body) => assert.equal(body.members.length, 2),
  ],
  [
    entra,
    'only the named member is removed by a value',
    async (s, found) => {
      await s.patch(`/Groups/${found.group}`, { op: 'Add', path: 'members', value: [{ value: found.id }] });
      await s.patch(`/Groups/${found.group}`, { op: 'Remove', path: 'members', value: [{ value: found.other }] });
      return members(s, found);
    },
    200,
    (body, { id }) =>
      assert.deepEqual(
        body.members.map((each: { value: string }) => each.value),
        [id],
      ),
  ],
  [entra, 'a deleted group is 204', (s, { group }) => s.send('DELETE', `/Groups/${group}`), 204],

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
    (body) => assert.deepEqual([body.totalResults, body.Resources.length], [2, 0]),
  ],
  [
    rfc('3.4.2.4'),
    'the second page follows the first',
    async (s) => {
      const first = await s.send('GET', '/Users?startIndex=1&count=1');
      const second = await s.send('GET', '/Users?startIndex=2&count=1');
      assert.notEqual(first.body.Resources[0].id, second.body.Resources[0].id);
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
      assert.equal(body.emails.length, 2);
      assert.deepEqual(
        body.emails.filter((each: { primary?: boolean }) => each.primary === true).map((each: { value: string }) => each.value),
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
    (body) => assert.deepEqual(Object.keys(body.Resources[0]).toSorted(), ['id', 'name', 'schemas', 'userName']),
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
        [body.patch.supported, body.bulk.supported, body.filter.supported, body.etag.supported],
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
    (body) => assert(body.attributes.some((each: { name: string }) => each.name === 'userName')),
  ],
  [rfc('4'), 'schemas are listed', get('/Schemas'), 200, total(2)],
];

test('each published check of provisioning', async (t) => {
  const site = await scimSite(t);
  const failed: string[] = [];
  for (const [source, says, ask, status, check] of rows) {
    const sender = await site.connect(says.slice(0, 80));
    const found = {
      id: await sender.user('ada@harbour.example', { externalId: 'ext-ada' }),
      other: await sender.user('bo@harbour.example', { externalId: 'ext-bo' }),
      group: '',
    };
    const withGroup = { ...found, group: await sender.group('Support', [found.other]) };
    try {
      const answer = await ask(sender, withGroup);
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      check?.(answer.body, withGroup, answer);
    } catch (error) {
      failed.push(`${source}: ${says}\n${String(error)}`);
    }
    for (const table of ['accounts.scimClaim', 'accounts.scimMember', 'accounts.scimGroup', 'accounts.scimUser'] as const)
      await site.ledger.db.deleteFrom(table).execute();
    await site.ledger.db.updateTable('accounts.account').set({ email: null }).where('passphraseHash', 'is', null).execute();
  }
  assert.deepEqual(failed, []);
});
