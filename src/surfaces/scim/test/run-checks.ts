import assert from 'node:assert/strict';
import { type Answer, scimSite, type Sender } from './scim-site.ts';

/** What each check finds: two users and a group with the second of them in it. */
export type Found = { readonly id: string; readonly other: string; readonly group: string };

/** One published check. */
export type Check = readonly [
  source: string,
  says: string,
  ask: (sender: Sender, found: Found) => Promise<Answer>,
  status: number,
  check?: (body: Answer['body'], found: Found, answer: Answer) => void,
];

export const get = (path: string) => (sender: Sender) => sender.send('GET', path);
export const users = (filter: string) => get(`/Users?filter=${encodeURIComponent(filter)}`);
export const patch =
  (...operations: object[]) =>
  (sender: Sender, { id }: Found) =>
    sender.patch(`/Users/${id}`, ...operations);
export const total = (n: number) => (body: Answer['body']) => assert.equal(body.totalResults, n);
export const fault = (scimType: string) => (body: Answer['body']) => {
  assert.deepEqual(body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
  assert.equal(body.scimType, scimType);
};

/** Each check has a connection of its own. */
export async function runChecks(t: { after(hook: () => Promise<void>): void }, checks: readonly Check[]): Promise<void> {
  const site = await scimSite(t);
  const failed: string[] = [];
  for (const [source, says, ask, status, check] of checks) {
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
}
