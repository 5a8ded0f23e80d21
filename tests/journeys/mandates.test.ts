import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectId } from '../../src/kernel/ids.ts';
import { observe } from '../../src/ledger/index.ts';
import { listAllMandates } from '../../src/modules/accounts/index.ts';
import { operator } from '../../src/app/installation.ts';
import { establishBank } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { type Client, client, soon, user } from './signed-in-client.ts';

async function owner(site: JourneySite): Promise<Client> {
  const row = await site.installation.ledger.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'staff')
    .executeTakeFirstOrThrow();
  return client(site, 'staff', row.id);
}

test('a request goes from the portal to staff and back, and its number opens nothing for anybody else', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const dora = await user(site, 'dora@example.org');
  const petra = await user(site, 'petra@example.org');
  const eve = await user(site, 'eve@example.org');
  const staff = await owner(site);
  const until = soon(site).toString();
  const wanted = {
    kind: 'carer',
    principalName: 'Petra',
    bornOn: '',
    words: '',
    proof: 'Order of the court of Husum',
    read: 'yes',
    until,
  };
  const ask = (principalAddress: string) => dora('/en/me/mandates/request', { ...wanted, principalAddress });
  const answers = [await ask('petra@example.org'), await ask('unheard-of@example.org')];
  for (const { status, headers, text } of answers)
    assert.deepEqual([status, headers['location'], text], [303, '/en/me/mandates?just=requested', '']);
  const wrong = await dora('/en/me/mandates/request', { ...wanted, principalAddress: '', proof: '' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /href="#proof"/);

  const [first] = await listAllMandates(observe(site.installation.ledger, operator));
  const id = first?.id ?? assert.fail();
  const queue = await staff('/en/console/mandates');
  assert.ok(queue.text.includes(`/en/console/mandates/${id}`));
  assert.ok((await staff('/en/console')).text.includes(`/en/console/mandates/${id}`), 'it is a task');
  assert.match((await staff(`/en/console/mandates/${id}`)).text, /court of Husum/);
  assert.equal((await dora(`/en/me/for/${id}`)).status, 404, 'not before it is decided');
  const approval = { principal: 'by-address', read: 'yes', until };
  const wider = await staff(`/en/console/mandates/${id}/approve`, { ...approval, manage: 'yes' });
  assert.equal(wider.status, 422);
  assert.equal((await staff(`/en/console/mandates/${id}/approve`, approval)).status, 303);

  const inside = await dora(`/en/me/for/${id}`);
  assert.equal(inside.status, 200);
  assert.match(inside.text, /You are acting for .*petra@example.org/);
  assert.match((await petra('/en/me/mandates')).text, /dora@example.org/);
  for (const other of [eve, petra]) assert.equal((await other(`/en/me/for/${id}`)).status, 404);
  for (const act of ['accept', 'end']) assert.equal((await eve(`/en/me/mandates/${id}/${act}`, {})).status, 404, act);
  assert.equal((await eve(`/en/me/for/${objectId()}`)).status, 404);
  assert.equal((await petra(`/en/me/mandates/${id}/end`, {})).status, 303);
  assert.equal((await dora(`/en/me/for/${id}`)).status, 404, 'at the very next click');
});

test('an offer is accepted in the portal by whoever has the address, and console rooms are closed to others', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const petra = await user(site, 'petra@example.org');
  const dora = await user(site, 'dora@example.org');
  const offer = {
    kind: 'agent',
    delegateAddress: 'dora@example.org',
    words: 'Please.',
    read: 'yes',
    until: soon(site).toString(),
  };
  assert.equal((await petra('/en/me/mandates/offer', offer)).status, 303);
  const [, id] = /mandates\/([0-9a-f-]{36})\/accept/.exec((await dora('/en/me/mandates')).text) ?? [];
  assert.ok(id !== undefined);
  assert.doesNotMatch((await petra('/en/me/mandates')).text, /\/accept"/);
  assert.equal((await dora(`/de/me/mandates/${id}/accept`, {})).status, 303);
  assert.match((await dora(`/de/me/for/${id}`)).text, /Sie handeln für/);
  site.advance({ hours: 24 });
  const session = await user(site, 'late@example.org');
  assert.equal((await session('/en/console/mandates')).status, 303, 'a user is no member of staff');
  let status = 0;
  for (let tries = 0; tries < 21; tries += 1)
    ({ status } = await petra('/en/me/mandates/offer', { ...offer, delegateAddress: '' }));
  assert.equal(status, 429);
});
