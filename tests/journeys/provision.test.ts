import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { establishBank, owner } from './establish-bank.ts';
import { openSite } from './open-site.ts';

test('an owner connects a directory, gives its group a role and adds a webhook, all without a script', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const post = (path: string, fields: Record<string, string>, cookie = '', origin = site.url) =>
    fetch(`${site.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const signedIn = await post('/en/console/sign-in', { email: owner.email, passphrase: owner.passphrase });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? assert.fail(String(signedIn.status));
  const read = async (path: string) => (await fetch(`${site.url}${path}`, { headers: { cookie } })).text();
  const page = '/en/console/connections/scim';

  assert.equal((await post(page, { name: 'Entra ID' }, cookie, 'https://elsewhere.example')).status, 403);
  assert.equal((await post(page, { name: ' ' }, cookie)).status, 422);
  const told = await post(page, { name: 'Entra <ID>' }, cookie);
  assert.equal(told.status, 201);
  assert.equal(told.headers.get('cache-control'), 'no-store');
  const [, token] = /<code>([\w-]{43})<\/code>/.exec(await told.text()) ?? assert.fail('no token is shown');
  assert.doesNotMatch(await read(page), new RegExp(String(token)), 'shown once');

  const scim = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${site.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return Object(await answer.json());
  };
  const schema = 'urn:ietf:params:scim:schemas:core:2.0';
  const user = await scim('POST', '/Users', { schemas: [`${schema}:User`], userName: 'ada@harbour.example' });
  const members = [{ value: user.id }];
  const group = await scim('POST', '/Groups', { schemas: [`${schema}:Group`], displayName: 'Support', members });
  const [, connectionId] = /connections\/scim\/([0-9a-f-]{36})\/token/.exec(await read(page)) ?? assert.fail();
  const mapped = await post(`${page}/${connectionId}/map`, { group: group.id, role: 'support', department: '' }, cookie);
  assert.equal(mapped.headers.get('location'), `${page}?just=mapped`);
  const roles = await site.installation.ledger.db
    .selectFrom('accounts.assignment')
    .select('role')
    .where('accountId', '=', user.id)
    .execute();
  assert.deepEqual(roles, [{ role: 'support' }]);
  assert.equal((await post(`${page}/${connectionId}/map`, { group: group.id, role: 'owner' }, cookie)).status, 422);
  const staff = {
    id: 'staff',
    audience: 'staff',
    issuer: 'https://idp.example',
    clientId: 'troth',
    name: 'Colleagues',
    scopes: 'openid',
  };
  const entered = await post('/en/console/connections/providers/new', { ...staff, act: 'save' }, cookie);
  assert.equal(entered.status, 303);
  assert.match(await read(page), /<option value="staff">Colleagues<\/option>/);
  const choose = (id: string) => post(`${page}/${connectionId}/provider`, { [`provider-${connectionId}`]: id }, cookie);
  assert.equal((await choose('staff')).headers.get('location'), `${page}?just=provider`);
  assert.match(await read(page), /<option value="staff" selected>/);
  assert.equal((await choose('nobody')).status, 422);
  await scim('POST', '/Users', { schemas: [`${schema}:User`], userName: owner.email });
  assert.match(await read(page), /Waiting for a decision/);
  assert.equal((await post(`${page}/${connectionId}/close`, {}, cookie)).status, 422);
  assert.equal((await post(`${page}/${connectionId}/close`, { [`close-${connectionId}`]: 'yes' }, cookie)).status, 303);
  assert.equal((await scim('GET', '/Users')).status, '401');

  const hooks = '/en/console/connections/webhooks';
  const url = 'http://127.0.0.1:9/hook';
  assert.equal((await post(hooks, { url: 'http://hooks.example', types: 'visibility.changed' }, cookie)).status, 422);
  const added = await post(hooks, { url, types: 'visibility.changed' }, cookie);
  assert.match(await added.text(), /<code>whsec_[A-Za-z0-9+/]{43}=<\/code>/);
  const [, id] = /connections\/webhooks\/([0-9a-f-]{36})/.exec(await read(hooks)) ?? assert.fail();
  assert.equal((await post(`${hooks}/${id}/test`, {}, cookie)).status, 303);
  let shown = '';
  for (let look = 0; look < 100 && !shown.includes('private network'); look += 1) {
    await pause(100);
    shown = await read(`${hooks}/${id}`);
  }
  assert.match(shown, /private network/, 'what lies inside is not reached from here');
  assert.equal((await post(`${hooks}/${id}/remove`, { confirm: 'yes' }, cookie)).status, 303);
  assert.deepEqual(site.log, []);
});
