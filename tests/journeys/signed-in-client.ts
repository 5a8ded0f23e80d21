import { cookieName } from '../../src/kernel/http.ts';
import { objectId } from '../../src/kernel/ids.ts';
import { openSession } from '../../src/modules/accounts/index.ts';
import { must } from './establish-bank.ts';
import type { JourneySite } from './open-site.ts';
import { form, send, type Sent } from './send.ts';

type Fields = Readonly<Record<string, string>>;
export type Client = (path: string, fields?: Fields) => Promise<Sent>;
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };

/** The token of a session opened without a page. */
export async function tokenFor({ installation }: JourneySite, accountId: string): Promise<string> {
  return (await must(installation.ledger, (ctx) => openSession(ctx, { accountId, method: 'link', device }))).token;
}

export async function client(site: JourneySite, cookie: 'staff' | 'user', accountId: string): Promise<Client> {
  const token = await tokenFor(site, accountId);
  return (path, fields) => {
    const { headers, body } = fields ? form(fields) : { headers: {}, body: '' };
    const sent = { ...headers, cookie: `${cookieName(cookie, false)}=${token}`, 'sec-fetch-site': 'same-origin' };
    return send(site.url, path, { method: fields ? 'POST' : 'GET', body, headers: sent });
  };
}

/** A user who has shown an address to be theirs. */
export async function newUser({ installation }: JourneySite, email: string): Promise<string> {
  const { db, now } = installation.ledger;
  const id = objectId();
  const row = { id, kind: 'user', email, name: null, passphraseHash: null, passphraseSetAt: null, leftAt: null } as const;
  await db
    .insertInto('accounts.account')
    .values({ ...row, createdAt: now() })
    .execute();
  return id;
}

/** The same, signed in. */
export async function user(site: JourneySite, email: string): Promise<Client> {
  return client(site, 'user', await newUser(site, email));
}

export const soon = (site: JourneySite) =>
  site.installation.ledger.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days: 30 });

/** Offers a mandate and has it accepted. @returns its id. */
export async function appoint(site: JourneySite, principal: Client, delegate: Client, delegateAddress: string, scope: Fields) {
  const offer = { kind: 'agent', delegateAddress, words: '', until: soon(site).toString(), ...scope };
  const offered = await principal('/en/me/mandates/offer', offer);
  const [, id] = /mandates\/([0-9a-f-]{36})\/accept/.exec((await delegate('/en/me/mandates')).text) ?? [];
  if (offered.status !== 303 || id === undefined) throw new Error(`no offer reached ${delegateAddress}`);
  const accepted = await delegate(`/en/me/mandates/${id}/accept`, {});
  if (accepted.status !== 303) throw new Error('the offer was not accepted');
  return id;
}
