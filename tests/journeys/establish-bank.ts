import { setTimeout as pause } from 'node:timers/promises';
import { act } from '../../src/ledger/index.ts';
import { operator } from '../../src/app/installation.ts';
import type { Context } from '../../src/kernel/context.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { establishOrganisation } from '../../src/modules/organisation/index.ts';
import { openDocument, publishVersion } from '../../src/modules/policies/index.ts';
import type { JourneySite } from './open-site.ts';

export const owner = { email: 'owner@harbour.example', passphrase: 'barrel organ seven lakes' };

const text = `# Privacy policy

What we hold about you, and what you can make us do.

## What we keep

Your name and your orders, for three years.

## Your rights

You may see, correct or erase what we hold.
`;

/** An organisation with one policy in force, for journeys that begin where the first one ends. */
export async function establishBank({ url, installation }: JourneySite): Promise<void> {
  await must(installation.ledger, (ctx) =>
    establishOrganisation(ctx, {
      name: 'Harbour Bank',
      publicUrl: url,
      languages: ['en', 'de'],
      timeZone: 'Europe/Berlin',
      sector: 'finance',
      ownerEmail: owner.email,
      ownerPassphrase: owner.passphrase,
      demo: false,
      token: null,
    }),
  );
  const document = { slug: 'privacy', title: 'Privacy policy', language: 'en' };
  const { documentId } = await must(installation.ledger, (ctx) => openDocument(ctx, document));
  const version = {
    documentId,
    text: Buffer.from(text),
    summary: 'Our first policy.',
    effectiveLocal: '',
    zone: 'Europe/Berlin',
  };
  await must(installation.ledger, (ctx) => publishVersion(ctx, version));
  await releaseStated(installation);
}

/** The server states its release by itself as soon as there is an organisation; a journey that compares rows begins after it. */
async function releaseStated({ ledger }: JourneySite['installation']): Promise<void> {
  const stated = () =>
    ledger.db.selectFrom('organisation.organisation').select('object').where('clientFiles', '!=', '').executeTakeFirst();
  while (!(await stated())) await pause(20);
}

export async function must<Value>(
  ledger: JourneySite['installation']['ledger'],
  verb: (ctx: Context) => Promise<Outcome<Value, string>>,
): Promise<Value> {
  const outcome = await act(ledger, operator, verb);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
