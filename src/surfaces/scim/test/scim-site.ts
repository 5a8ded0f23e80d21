import assert from 'node:assert/strict';
import { openScimConnection, type ScimObject } from '#accounts';
import { act, observe } from '#ledger';
import { establishOrganisation, readOrganisation } from '#organisation';
import { staff, testVerbs } from '../../../../tests/support/verbs.ts';
import { system, type TestLedger } from '../../../../tests/support/ledger.ts';
import { visitorLimits } from '../../api/visitor-limits.ts';
import { scimRoutes, type ScimSource } from '../scim-routes.ts';

export const ownerEmail = 'owner@harbour.example';
export const base = 'https://trust.harbour.example/scim/v2';
export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

type Valued = { readonly value: string; readonly type?: string; readonly primary?: boolean };
type Supported = { readonly supported: boolean };

/** What these tests read of a resource, a list of them, an error or a description of the service. */
type Told = {
  readonly schemas?: readonly string[];
  readonly id?: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly active?: boolean;
  readonly name?: { readonly familyName?: string; readonly givenName?: string };
  readonly emails?: readonly Valued[];
  readonly groups?: readonly Valued[];
  readonly members?: readonly Valued[];
  readonly meta?: { readonly resourceType: string; readonly location: string };
  readonly Resources?: readonly Told[];
  readonly totalResults?: number;
  readonly startIndex?: number;
  readonly itemsPerPage?: number;
  readonly status?: string;
  readonly scimType?: string;
  readonly detail?: string;
  readonly schema?: string;
  readonly attributes?: readonly { readonly name: string }[];
} & { readonly [feature in 'patch' | 'bulk' | 'filter' | 'etag']?: Supported };

/** `body` is empty where nothing was sent. */
export type Answer = { status: number; body: Told; headers: Headers };

export type Sender = {
  readonly connectionId: string;
  readonly token: string;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, ...operations: readonly object[]): Promise<Answer>;
  /** @returns the id. */
  user(userName: string, more?: object): Promise<string>;
  group(displayName: string, members?: readonly string[]): Promise<string>;
};

export type ScimSite = { readonly ledger: TestLedger; readonly source: ScimSource; connect(name?: string): Promise<Sender> };

/** An organisation with one owner, and identity systems that send to it. */
export async function scimSite(t: { after(hook: () => Promise<void>): void }): Promise<ScimSite> {
  const ledger = await testVerbs(t, { logs: false });
  const established = await act(ledger, system, (ctx) =>
    establishOrganisation(ctx, {
      name: 'Harbour Bank',
      publicUrl: 'https://trust.harbour.example',
      languages: ['en'],
      timeZone: 'Europe/Berlin',
      sector: 'finance',
      ownerEmail,
      ownerPassphrase: 'four quite unrelated words',
      demo: false,
      token: null,
    }),
  );
  assert(established.ok);
  const source: ScimSource = {
    ledger,
    limits: visitorLimits(ledger, () => '192.0.2.1'),
    organisation: () => readOrganisation(observe(ledger, { kind: 'visitor' })),
  };
  const app = scimRoutes(source);
  return {
    ledger,
    source,
    async connect(name = 'Directory') {
      const opened = await act(ledger, staff('accounts:connect'), (ctx) => openScimConnection(ctx, { name }));
      assert(opened.ok);
      return senderOf(app, opened.value);
    },
  };
}

function senderOf(app: ReturnType<typeof scimRoutes>, { connectionId, token }: { connectionId: string; token: string }): Sender {
  const sender: Sender = {
    connectionId,
    token,
    async send(method, path, body, headers = {}) {
      const response = await app.request(path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const told: Told = text === '' ? {} : JSON.parse(text);
      return { status: response.status, body: told, headers: response.headers };
    },
    patch: (path, ...operations) => sender.send('PATCH', path, { schemas: [patchUrn], Operations: operations }),
    async user(userName, more = {}) {
      const { status, body } = await sender.send('POST', '/Users', userBody(userName, more));
      assert.equal(status, 201, JSON.stringify(body));
      return String(body.id);
    },
    async group(displayName, members = []) {
      const sent = { schemas: [groupUrn], displayName, members: members.map((value) => ({ value })) };
      const { status, body } = await sender.send('POST', '/Groups', sent);
      assert.equal(status, 201, JSON.stringify(body));
      return String(body.id);
    },
  };
  return sender;
}

export function userBody(userName: string, more: object = {}): ScimObject {
  return {
    schemas: [userUrn],
    userName,
    name: { givenName: 'Ada', familyName: 'Osei' },
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
    ...more,
  };
}
