import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import {
  closeScimConnection,
  handOverAccount,
  listScimConnections,
  mapScimGroup,
  openSession,
  permissions,
  readStaffSession,
  replaceScimToken,
} from '#accounts';
import { act, observe } from '#ledger';
import { visitor } from '../../../../tests/support/ledger.ts';
import { everyRow, staff } from '../../../../tests/support/verbs.ts';
import { groupUrn, ownerEmail, scimSite, type ScimSite, userBody, userUrn } from './scim-site.ts';

const manager = staff(...permissions);
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const unknownToken = (token: string) => ({ authorization: `Bearer ${token}` });

async function signIn({ ledger }: ScimSite, accountId: string): Promise<string | null> {
  const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId, method: 'oidc', device }));
  return opened.ok ? opened.value.token : null;
}
const holder = async ({ ledger }: ScimSite, token: string) =>
  (await readStaffSession(observe(ledger, visitor), { token }))?.account.id ?? null;
const rolesOf = async ({ ledger }: ScimSite, accountId: string) =>
  (
    await ledger.db.selectFrom('accounts.assignment').select('role').where('accountId', '=', accountId).orderBy('role').execute()
  ).map(({ role }) => role);

suite('provisioning abused', { concurrency: 2 }, () => {
  test('a connection neither sees nor changes what another one made, and an owner’s account is out of reach of both', async (t) => {
    const site = await scimSite(t);
    const [mine, other] = [await site.connect('Mine'), await site.connect('Other')];
    const user = await other.user('ada@harbour.example', { externalId: 'x1' });
    const group = await other.group('Support', [user]);
    const owner = await site.ledger.db
      .selectFrom('accounts.account')
      .select('id')
      .where('email', '=', ownerEmail)
      .executeTakeFirstOrThrow();
    const before = await everyRow(site.ledger.db);
    for (const path of [`/Users/${user}`, `/Users/${owner.id}`, `/Groups/${group}`]) {
      const urn = path.startsWith('/Users') ? userUrn : groupUrn;
      const whole = { schemas: [urn], userName: 'eve', displayName: 'eve', active: false };
      assert.equal((await mine.send('GET', path)).status, 404);
      assert.equal((await mine.send('PUT', path, whole)).status, 404);
      assert.equal((await mine.patch(path, { op: 'replace', path: 'displayName', value: 'eve' })).status, 404);
      assert.equal((await mine.send('DELETE', path)).status, 404);
    }
    for (const filter of [`id eq "${user}"`, 'userName sw "a"', 'externalId eq "x1"', 'not (userName eq "x")'])
      assert.equal((await mine.send('GET', `/Users?filter=${encodeURIComponent(filter)}`)).body.totalResults, 0);
    for (const value of [user, owner.id, group, 'x', '00000000-0000-0000-0000-000000000000']) {
      const sent = { schemas: [groupUrn], displayName: `G ${value}`, members: [{ value }] };
      const { status, body } = await mine.send('POST', '/Groups', sent);
      assert.deepEqual([status, body.scimType], [400, 'invalidValue']);
    }
    const used = [...before.keys()].filter((name) => name !== 'accounts.scim_token');
    const after = await everyRow(site.ledger.db);
    for (const name of used) assert.equal(after.get(name), before.get(name), name);
  });

  test('only the token of an open connection speaks; one that was replaced still does for a day', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    for (const headers of [unknownToken('x'.repeat(43)), unknownToken(''), { authorization: `Basic ${sender.token}` }]) {
      const { status, headers: answer } = await sender.send('GET', '/Users', undefined, headers);
      assert.deepEqual([status, answer.get('www-authenticate')], [401, 'Bearer']);
    }
    const { connectionId } = sender;
    const replaced = await act(site.ledger, manager, (ctx) => replaceScimToken(ctx, { connectionId }));
    assert(replaced.ok);
    const fresh = unknownToken(replaced.value.token);
    assert.equal((await sender.send('GET', '/Users')).status, 200);
    assert.equal((await sender.send('GET', '/Users', undefined, fresh)).status, 200);
    site.ledger.clock.advance({ hours: 24 });
    assert.equal((await sender.send('GET', '/Users')).status, 401);
    assert.equal((await sender.send('GET', '/Users', undefined, fresh)).status, 200);
    await act(site.ledger, manager, (ctx) => closeScimConnection(ctx, { connectionId }));
    assert.equal((await sender.send('GET', '/Users', undefined, fresh)).status, 401);
    for (let n = 0; n < 60; n += 1) await sender.send('GET', '/Users');
    const { status, headers } = await sender.send('GET', '/Users');
    assert.equal(status, 429);
    assert(Number(headers.get('retry-after')) > 0);
    assert.equal((await (await site.connect('Another')).send('GET', '/Users')).status, 200, 'who has a token is not counted');
  });

  test('somebody let go loses every session at once, and coming back revives none', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const ways = [
      (id: string) => sender.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' }),
      (id: string) => sender.patch(`/Users/${id}`, { op: 'replace', value: { active: false } }),
      (id: string) => sender.send('PUT', `/Users/${id}`, userBody('ada@harbour.example', { active: false })),
    ];
    const id = await sender.user('ada@harbour.example');
    for (const letGo of ways) {
      const token = await signIn(site, id);
      assert(token);
      assert.equal(await holder(site, token), id);
      assert.equal((await letGo(id)).body.active, false);
      assert.equal((await site.ledger.db.selectFrom('accounts.session').selectAll().execute()).length, 0);
      assert.equal(await signIn(site, id), null, 'and there is no way in');
      // A PUT that does not say so brings nobody back.
      const { active: _, ...silent } = userBody('ada@harbour.example');
      assert.equal((await sender.send('PUT', `/Users/${id}`, silent)).body.active, false);
      assert.equal((await sender.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })).body.active, true);
      assert.equal(await holder(site, token), null);
      site.ledger.clock.advance({ seconds: 1 });
    }
    assert(await signIn(site, id));
    const types = await site.ledger.db
      .selectFrom('ledger.event')
      .select('type')
      .where('object', '=', id)
      .orderBy('seq')
      .execute();
    const told = types.map(({ type }) => type).filter((type) => type !== 'staff.signed-in');
    assert.deepEqual(told, ['staff.joined', ...ways.flatMap(() => ['staff.left', 'staff.returned'])]);
  });

  test('whom the console let go, no identity system brings back', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const id = await sender.user('ada@harbour.example');
    await site.ledger.db.updateTable('accounts.account').set({ leftAt: site.ledger.now() }).where('id', '=', id).execute();
    site.ledger.clock.advance({ minutes: 1 });
    assert.equal((await sender.send('PUT', `/Users/${id}`, userBody('ada@harbour.example'))).body.active, false);
    assert.equal((await sender.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })).status, 200);
    await sender.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true });
    assert.equal((await sender.send('GET', `/Users/${id}`)).body.active, false);
    assert.equal(await signIn(site, id), null);
  });

  test('a user who is deleted and made again under the same name is somebody new', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const old = await sender.user('ada@harbour.example', { externalId: 'x1' });
    const group = await sender.group('Support', [old]);
    await act(site.ledger, manager, (ctx) => mapScimGroup(ctx, { groupId: group, role: 'support', departmentId: null }));
    const token = await signIn(site, old);
    assert(token);
    assert.equal((await sender.send('DELETE', `/Users/${old}`)).status, 204);
    assert.equal(await holder(site, token), null);
    const fresh = await sender.user('ada@harbour.example', { externalId: 'x1' });
    assert.notEqual(fresh, old);
    assert.deepEqual([await rolesOf(site, old), await rolesOf(site, fresh)], [[], []]);
    assert.equal((await sender.send('GET', `/Users/${fresh}`)).body.groups, undefined);
    assert.equal(await signIn(site, old), null);
    const kept = await site.ledger.db
      .selectFrom('accounts.account')
      .select(['name', 'email'])
      .where('id', '=', old)
      .executeTakeFirst();
    assert.deepEqual(kept, { name: 'Ada Osei', email: null }, 'the record of who that was stays');
  });

  test('names that a person reads as one are one', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    await sender.user('kay@harbour.example');
    for (const userName of ['KAY@harbour.example', '\u212Aay@harbour.example', 'ｋay@harbour.example', ' kay@harbour.example '])
      assert.equal((await sender.send('POST', '/Users', userBody(userName, { emails: [] }))).status, 409, userName);
    for (const userName of ['kay\u200B@harbour.example', 'kay\u0000', 'kay\n', '\ud800', '  ', 'x'.repeat(1_001)])
      assert.equal(
        (await sender.send('POST', '/Users', userBody(userName, { emails: [] }))).status,
        400,
        JSON.stringify(userName),
      );
    const other = await site.connect('Other');
    const { status } = await other.send(
      'POST',
      '/Users',
      userBody('kay@harbour.example', { emails: [{ value: 'k2@harbour.example' }] }),
    );
    assert.equal(status, 201, 'another connection has its own names');
    assert.equal(
      (await other.send('POST', '/Users', userBody('k3', { emails: [{ value: 'KAY@Harbour.example' }] }))).status,
      409,
    );
  });

  test('nothing but what the schema names is taken from a payload', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const id = await sender.user('eve@harbour.example', {
      id: '00000000-0000-4000-8000-000000000001',
      meta: { created: '2001-01-01T00:00:00Z', resourceType: 'Owner' },
      roles: [{ value: 'owner', primary: true }],
      groups: [{ value: 'x' }],
      entitlements: [{ value: 'accounts:manage' }],
      kind: 'owner',
      passphraseHash: 'x',
      __proto__: { admin: true },
      constructor: { prototype: { admin: true } },
    });
    assert.notEqual(id, '00000000-0000-4000-8000-000000000001');
    const operations = ['roles', 'entitlements', 'password'].map((path) => ({ op: 'add', path, value: 'owner' }));
    assert.equal((await sender.patch(`/Users/${id}`, ...operations)).status, 200);
    assert.equal(
      (await sender.patch(`/Users/${id}`, { op: 'add', value: { id: 'x', meta: {}, groups: [], kind: 'owner' } })).status,
      200,
    );
    for (const path of ['__proto__.admin', 'constructor', 'meta.created'])
      assert.equal((await sender.patch(`/Users/${id}`, { op: 'add', path, value: 'x' })).status, 400, path);
    const { body } = await sender.send('GET', `/Users/${id}`);
    assert.deepEqual(Object.keys(body).toSorted(), ['active', 'emails', 'id', 'meta', 'name', 'schemas', 'userName']);
    assert.deepEqual(await rolesOf(site, id), []);
    const account = await site.ledger.db
      .selectFrom('accounts.account')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    assert.deepEqual([account.kind, account.passphraseHash], ['staff', null]);
  });

  test('filters and bodies have bounds', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const long = Array.from({ length: 200 }, () => 'userName eq "x"').join(' or ');
    const filters = [
      long,
      `${'('.repeat(60)}userName pr${')'.repeat(60)}`,
      '('.repeat(1_999),
      'userName eq "\\',
      '',
      '"',
      'a.b.c eq 1',
    ];
    for (const filter of filters) {
      const { status, body } = await sender.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      assert.deepEqual([status, body.scimType], [400, 'invalidFilter'], filter.slice(0, 40));
    }
    assert.equal((await sender.send('POST', '/Users', ' '.repeat(1_000_001))).status, 413);
    assert.equal((await sender.send('POST', '/Users', `${'['.repeat(40_000)}${']'.repeat(40_000)}`)).status, 400);
    assert.equal((await sender.send('POST', '/Users', '{}', { 'content-type': 'text/plain' })).status, 415);
    const many = Array.from({ length: 1_001 }, () => ({ op: 'add', path: 'displayName', value: 'x' }));
    const id = await sender.user('ada@harbour.example');
    assert.equal((await sender.patch(`/Users/${id}`, ...many)).body.scimType, 'tooMany');
    assert.equal((await sender.send('DELETE', '/Users')).status, 405);
    for (const query of ['count=x', 'startIndex=1e3']) assert.equal((await sender.send('GET', `/Users?${query}`)).status, 400);
  });

  test('no value of any type at any place ends in a failure of ours', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const id = await sender.user('ada@harbour.example');
    const group = await sender.group('Support', [id]);
    const name = fc.constantFrom(
      'userName',
      'name',
      'emails',
      'active',
      'members',
      'displayName',
      'externalId',
      'schemas',
      'groups',
      'x',
    );
    const value = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
    const body = fc.dictionary(name, value, { maxKeys: 5 });
    const path = fc.oneof(
      name,
      fc.string({ maxLength: 20 }),
      fc.constantFrom('emails[type eq "work"].value', 'name.givenName', 'members[value pr]'),
    );
    const operation = fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path, value }, { requiredKeys: ['op'] });
    await fc.assert(
      fc.asyncProperty(body, fc.array(operation, { maxLength: 3 }), async (sent, operations) => {
        const answers = [
          await sender.send('POST', '/Users', { schemas: [userUrn], ...sent }),
          await sender.send('PUT', `/Groups/${group}`, { schemas: [groupUrn], ...sent }),
          await sender.patch(`/Users/${id}`, ...operations),
          await sender.patch(`/Groups/${group}`, ...operations),
        ];
        for (const { status } of answers) assert(status < 500);
      }),
      { numRuns: 60 },
    );
  });
});

suite('accounts that exist, and roles', { concurrency: 2 }, () => {
  test('an account that exists is never joined by its address; an owner hands it over, and only one that owns nothing', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const { ledger } = site;
    const native = '0d9c1f1e-0000-4000-8000-00000000000a';
    const account = { id: native, kind: 'staff' as const, email: 'bo@harbour.example', name: 'Bo', passphraseHash: null };
    await ledger.db
      .insertInto('accounts.account')
      .values({ ...account, passphraseSetAt: null, createdAt: ledger.now(), leftAt: null })
      .execute();
    await ledger.db
      .insertInto('accounts.assignment')
      .values({ accountId: native, role: 'support', departmentId: null, grantedAt: ledger.now() })
      .execute();
    for (const email of ['BO@harbour.example', ownerEmail]) {
      const { status, body } = await sender.send(
        'POST',
        '/Users',
        userBody(`user-${email}`, { emails: [{ value: email }], externalId: 'b' }),
      );
      assert.deepEqual([status, body.scimType], [409, 'uniqueness']);
    }
    const ada = await sender.user('ada@harbour.example');
    const stolen = await sender.patch(`/Users/${ada}`, {
      op: 'replace',
      path: 'emails',
      value: [{ value: 'bo@harbour.example' }],
    });
    assert.equal(stolen.status, 409, 'nor by changing an address later');
    const { connectionId } = sender;
    const [listed] = await listScimConnections(observe(ledger, manager));
    assert.deepEqual(listed?.claims.map(({ email }) => email).toSorted(), ['bo@harbour.example', ownerEmail]);
    const owner = listed?.claims.find(({ email }) => email === ownerEmail)?.accountId ?? '';
    const give = (accountId: string) => act(ledger, manager, (ctx) => handOverAccount(ctx, { connectionId, accountId }));
    assert.deepEqual(await give(owner), { ok: false, refusal: 'accounts/scim-owner-never', facts: {} });
    await assert.rejects(
      act(ledger, staff('accounts:connect'), (ctx) => handOverAccount(ctx, { connectionId, accountId: native })),
    );
    assert((await give(native)).ok);
    assert.equal((await give(native)).ok, false, 'once');
    const token = await signIn(site, native);
    assert(token);
    const found = await sender.send('GET', `/Users?filter=${encodeURIComponent('externalId eq "b"')}`);
    assert.equal(found.body.Resources?.[0]?.id, native);
    await sender.patch(`/Users/${native}`, { op: 'replace', path: 'active', value: false });
    assert.equal(await holder(site, token), null);
    assert.deepEqual(await rolesOf(site, native), ['support'], 'what was given by hand is not taken by groups');
  });

  test('a group gives its role with membership and takes it in the same transaction; never that of an owner', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const [ada, bo] = [await sender.user('ada@harbour.example'), await sender.user('bo@harbour.example')];
    const [one, two] = [await sender.group('One', [ada]), await sender.group('Two', [ada])];
    const map = (groupId: string, role: string | null) =>
      act(site.ledger, manager, (ctx) => mapScimGroup(ctx, { groupId, role, departmentId: null }));
    assert.deepEqual(await map(one, 'owner'), { ok: false, refusal: 'accounts/scim-owner-never', facts: {} });
    assert.deepEqual(await map(one, 'emperor'), { ok: false, refusal: 'accounts/scim-role-unknown', facts: {} });
    await assert.rejects(
      act(site.ledger, staff('accounts:connect'), (ctx) => mapScimGroup(ctx, { groupId: one, role: 'hr', departmentId: null })),
    );
    assert((await map(one, 'support')).ok && (await map(two, 'support')).ok);
    assert.deepEqual(await rolesOf(site, ada), ['support']);
    await assert.rejects(
      act(site.ledger, staff('accounts:connect'), (ctx) => replaceScimToken(ctx, { connectionId: sender.connectionId })),
      { name: 'Error', message: /accounts:manage/ },
      'whoever holds the token gives the role',
    );
    await sender.patch(
      `/Groups/${one}`,
      { op: 'add', path: 'members', value: [{ value: bo }] },
      { op: 'remove', path: `members[value eq "${ada}"]` },
    );
    assert.deepEqual(
      [await rolesOf(site, ada), await rolesOf(site, bo)],
      [['support'], ['support']],
      'the other group still gives it',
    );
    await sender.send('DELETE', `/Groups/${two}`);
    assert.deepEqual([await rolesOf(site, ada), await rolesOf(site, bo)], [[], ['support']]);
    assert((await map(one, 'auditor')).ok);
    assert.deepEqual(await rolesOf(site, bo), ['auditor']);
    await sender.send('PUT', `/Groups/${one}`, { schemas: [groupUrn], displayName: 'One' });
    assert.deepEqual(await rolesOf(site, bo), []);
  });

  test('the only owner is not let go from outside', async (t) => {
    const site = await scimSite(t);
    const sender = await site.connect();
    const ada = await sender.user('ada@harbour.example');
    await site.ledger.db
      .insertInto('accounts.assignment')
      .values({ accountId: ada, role: 'owner', departmentId: null, grantedAt: site.ledger.now() })
      .execute();
    await site.ledger.db
      .updateTable('accounts.account')
      .set({ leftAt: site.ledger.now() })
      .where('email', '=', ownerEmail)
      .execute();
    assert.equal((await sender.send('DELETE', `/Users/${ada}`)).status, 403);
    assert.equal((await sender.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: false })).status, 403);
    assert(await signIn(site, ada));
  });
});
