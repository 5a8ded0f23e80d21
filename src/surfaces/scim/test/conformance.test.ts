import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Check, fault, type Found, get, patch, runChecks, total, users } from './run-checks.ts';
import { base, groupUrn, type Sender, userBody, userUrn } from './scim-site.ts';

const entraEnterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const okta = 'Okta, SCIM 2.0 Spec Test';
const entra = 'Microsoft Entra, SCIM validator and tutorial "Develop a SCIM endpoint"';
const patchGroup = (of: (found: Found) => object[]) => (sender: Sender, found: Found) =>
  sender.patch(`/Groups/${found.group}`, ...of(found));
const members = async (sender: Sender, { group }: Found) => sender.send('GET', `/Groups/${group}`);

const checks: readonly Check[] = [
  [
    okta,
    'the list of users is a ListResponse with numbers',
    get('/Users?count=1&startIndex=1'),
    200,
    (body) => {
      assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
      assert.deepEqual([body.itemsPerPage, body.startIndex, body.totalResults], [1, 1, 2]);
      const [user] = body.Resources ?? [];
      assert(user?.id && user.name?.familyName && user.name.givenName && user.userName && user.emails?.[0]?.value);
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
      assert.equal(body.meta?.resourceType, 'User');
      assert.equal(body.meta?.location, `${base}/Users/${id}`);
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
      assert(body.id && body.name?.familyName && body.name?.givenName);
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
      assert.equal(body.name?.familyName, 'Osei-Bonsu');
      assert.equal(body.name?.givenName, 'Ada');
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
      assert.equal(body.name?.givenName, 'Adwoa');
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
      return s.send('GET', `/Users?filter=${encodeURIComponent('userName eq "ada@harbour.example"')}`);
    },
    200,
    (body) => assert.equal(body.Resources?.[0]?.active, false),
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
    (body) => assert.equal(body.emails?.length, 2),
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
    (body) => assert.equal(body.meta?.resourceType, 'Group'),
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
    get(`/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "Support"')}`),
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
    (body) => assert.equal(body.members?.length, 2),
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
        body.members?.map((each) => each.value),
        [id],
      ),
  ],
  [entra, 'a deleted group is 204', (s, { group }) => s.send('DELETE', `/Groups/${group}`), 204],
];

test('each check that makers of identity systems publish', (t) => runChecks(t, checks));
