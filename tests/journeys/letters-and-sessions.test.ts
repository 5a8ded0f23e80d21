import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { act } from '../../src/ledger/index.ts';
import { acceptInvitation, endSession, invite, openSession, saveCustomRole } from '../../src/modules/accounts/index.ts';
import { establishBank, must } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { send } from './send.ts';

const ends: (() => Promise<void>)[] = [];
let site: JourneySite;
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };

before(async () => {
  site = await openSite({ after: (end) => void ends.push(end) }, undefined, { mail: 'catch' });
  await establishBank(site);
});
after(async () => {
  for (const end of ends) await end();
});

const read = (path: string, token: string) =>
  send(site.url, path, { headers: { accept: 'text/html', cookie: `plain-staff=${token}` } });

/** Somebody who came by an invitation, signed in. */
async function staffAs(role: string, email: string): Promise<{ accountId: string; token: string }> {
  const { ledger } = site.installation;
  const letter = { organisation: 'Harbour Bank', publicUrl: site.url, locale: 'en' };
  const { token: invitation } = await must(ledger, (ctx) => invite(ctx, { email, role, departmentId: null, ...letter }));
  const joining = { token: invitation, name: 'Kit', passphrase: 'four words of nonsense' };
  const { accountId } = await must(ledger, (ctx) => acceptInvitation(ctx, joining));
  const { token } = await must(ledger, (ctx) => openSession(ctx, { accountId, method: 'passphrase', device }));
  return { accountId, token };
}

test('caught letters are read by whoever holds everything, and by nobody below: links and invitations are among them', async () => {
  const { ledger } = site.installation;
  const manages = { id: 'manages', name: 'Manages', permissions: ['accounts:manage', 'accounts:read', 'accounts:invite'] };
  await must(ledger, (ctx) => saveCustomRole(ctx, manages));
  const owner = await staffAs('owner', 'ada@harbour.example');
  assert.equal((await read('/en/console/mail', owner.token)).status, 200);
  const letter = await ledger.db.selectFrom('mail.message').select('id').executeTakeFirstOrThrow();
  for (const role of ['support', 'security', 'manages']) {
    const { token } = await staffAs(role, `${role}@harbour.example`);
    for (const path of ['/en/console/mail', `/en/console/mail/${letter.id}`]) {
      const answer = await read(path, token);
      assert.equal(answer.status, 403, `${role}: ${path}`);
      assert.doesNotMatch(answer.text, /token=/);
    }
  }
  assert.equal((await read('/en/console/mail', '')).status, 303);
});

test('a session that this process ended opens nothing at the very next request, also when no notification comes', async () => {
  const { ledger } = site.installation;
  const { accountId, token } = await staffAs('support', 'bo@harbour.example');
  // The database says nothing of sessions that are gone; without the process's own word rows would count for a second.
  await sql`alter table accounts.session disable trigger session_gone`.execute(ledger.db);
  try {
    assert.equal((await read('/en/console', token)).status, 200);
    const { id: sessionId } = await ledger.db
      .selectFrom('accounts.session')
      .select('id')
      .where('accountId', '=', accountId)
      .executeTakeFirstOrThrow();
    const self = {
      kind: 'staff',
      id: accountId,
      may: new Set<never>(),
      within: new Map(),
      onceProved: new Set<never>(),
    } as const;
    assert((await act(ledger, self, (ctx) => endSession(ctx, { sessionId }))).ok);
    assert.equal((await read('/en/console', token)).status, 303);
  } finally {
    await sql`alter table accounts.session enable trigger session_gone`.execute(ledger.db);
  }
});
