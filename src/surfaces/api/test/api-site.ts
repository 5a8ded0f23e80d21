import assert from 'node:assert/strict';
import { publicLeafFields } from '@troth/tlog';
import type { Hono } from 'hono';
import { makeKey } from '#accounts';
import type { Context, Permission } from '#kernel/context';
import type { Outcome } from '#kernel/outcome';
import { act, observe, publishCheckpoint, sequencePrivate, sequencePublic } from '#ledger';
import { establishOrganisation, organisationLeafFields, readOrganisation } from '#organisation';
import { openDocument, policyLeafFields, publishVersion } from '#policies';
import { supportLeafFields } from '#support';
import { memoryStore, system, testLedger, type TestLedger } from '../../../../tests/support/ledger.ts';
import { staff } from '../../../../tests/support/verbs.ts';
import { apiRoutes } from '../api-routes.ts';
import { visitorLimits } from '../visitor-limits.ts';

const leafFields = { ...publicLeafFields, ...organisationLeafFields, ...policyLeafFields, ...supportLeafFields };

export type ApiSite = {
  readonly app: Hono;
  readonly ledger: TestLedger;
  act<Value>(verb: (ctx: Context) => Promise<Outcome<Value, string>>): Promise<Value>;
  establish(): Promise<void>;
  /** Signs what was recorded so far. */
  sign(): Promise<void>;
  publish(text: string, effectiveLocal?: string): Promise<number>;
  /** The key of a new program, made by the owner. */
  key(...scopes: Permission[]): Promise<string>;
};

/** An installation in memory and a database of its own. A client is who its `x-test-client` header says. */
export async function apiSite(t: { after(hook: () => Promise<void>): void }): Promise<ApiSite> {
  const ledger = await testLedger(t, leafFields, { logs: false });
  const store = memoryStore();
  const source = { ledger, organisation: () => readOrganisation(observe(ledger, { kind: 'visitor' })) };
  const limits = visitorLimits(ledger, (request) => request.headers.get('x-test-client') ?? '192.0.2.1');
  let document: string | null = null;
  const made: ApiSite = {
    app: apiRoutes(source, limits),
    ledger,
    async act(verb) {
      const outcome = await act(ledger, system, verb);
      assert(outcome.ok, outcome.ok ? '' : outcome.refusal);
      return outcome.value;
    },
    async establish() {
      await made.act((ctx) =>
        establishOrganisation(ctx, {
          name: 'Harbour Bank',
          publicUrl: 'https://trust.harbour.example',
          languages: ['en', 'de'],
          timeZone: 'Europe/Berlin',
          sector: 'finance',
          ownerEmail: 'ada@harbour.example',
          ownerPassphrase: 'four quite unrelated words',
          demo: false,
          token: null,
        }),
      );
    },
    async sign() {
      while ((await sequencePublic(ledger.db)) > 0);
      await sequencePrivate(ledger.db, ledger.now(), Temporal.Duration.from({ seconds: 10 }));
      for (const id of ['public', 'private'] as const)
        await publishCheckpoint({ db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() }, id);
    },
    async publish(text, effectiveLocal = '') {
      const title = { slug: 'privacy-policy', title: 'Privacy policy', language: 'en' };
      document ??= (await made.act((ctx) => openDocument(ctx, title))).documentId;
      const publication = {
        documentId: document,
        text: Buffer.from(text),
        summary: 'What we keep.',
        effectiveLocal,
        zone: 'Europe/Berlin',
      };
      return (await made.act((ctx) => publishVersion(ctx, publication))).number;
    },
    async key(...scopes) {
      const owner = await ledger.db.selectFrom('accounts.account').select('id').executeTakeFirstOrThrow();
      const actor = { ...staff('accounts:connect', ...scopes), id: owner.id };
      const key = await act(ledger, actor, (ctx) => makeKey(ctx, { name: scopes.join(' '), scopes, days: 30 }));
      assert(key.ok, key.ok ? '' : key.refusal);
      return key.value.key;
    },
  };
  return made;
}
