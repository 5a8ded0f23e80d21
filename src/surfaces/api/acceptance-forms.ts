import { z } from 'zod';
import { address, hash, instant, prose, slug, versionNumber } from '#kernel/json-forms';

const subject = z
  .string()
  .max(1000)
  .meta({ description: 'Your own id of the person, as in a hand-off. Never an e-mail address that can change hands.' });
const language = z.string().max(35).meta({ description: 'BCP 47 tag of the text that was shown.' });

export const idempotencyForm = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/)
    .meta({
      description:
        'A random value for this one request. Sent again with the same body, the answer is the same and nothing is added.',
    }),
});

export const newAcceptanceForm = z
  .strictObject({
    subject,
    policy: slug,
    decision: z.enum(['accepted', 'refused', 'withdrawn']),
    shown: z
      .strictObject({
        version: versionNumber,
        language,
        textHash: hash.meta({ description: 'SHA-256 of the exact bytes of the text that your form showed or linked to.' }),
        words: prose.min(1).max(4000).meta({ description: 'The sentence beside the box or button, to the letter.' }),
      })
      .nullable()
      .default(null)
      .meta({ description: 'What the person had before them. null only when a yes is withdrawn.' }),
  })
  .meta({ id: 'NewAcceptance' });

const decision = z
  .strictObject({
    id: z.uuid(),
    policy: slug,
    decision: z.enum(['accepted', 'refused', 'withdrawn', 'carried']).meta({
      description:
        'carried: the organisation’s entry that an acceptance stands for a version that says the same. Nobody accepted that one.',
    }),
    version: versionNumber,
    language,
    textHash: hash,
    surface: z.enum(['portal', 'link', 'api', 'system']),
    at: instant,
    receipt: address,
  })
  .meta({ id: 'AcceptanceDecision' });

const answer = z.enum(['yes', 'no', 'never-asked']);

export const recordedForm = z
  .strictObject({
    recorded: decision,
    answer: answer.meta({ description: 'How the person stands now; another than recorded when an old request is sent again.' }),
  })
  .meta({ id: 'RecordedAcceptance' });

export const acceptanceListForm = z
  .strictObject({
    subject,
    acceptances: z.array(
      z
        .strictObject({
          policy: slug,
          answer,
          asked: z.boolean().meta({ description: 'The person is owed the question about the version in force.' }),
          inForce: versionNumber.nullable(),
          version: versionNumber.nullable().meta({ description: 'The version that the answer is for.' }),
          decisions: z.array(decision).meta({ description: 'Newest first.' }),
        })
        .meta({ id: 'Acceptance' }),
    ),
  })
  .meta({ id: 'AcceptanceList' });

export const newLinkForm = z
  .strictObject({
    subject,
    policy: slug,
    audience: z.string().max(1000).meta({ description: 'The public address of the site that asks.' }),
    returnTo: z.string().max(1000).nullable().default(null).meta({
      description: 'Where the page leads on to: one of the addresses that staff allowed, to the letter. Nothing is added to it.',
    }),
  })
  .meta({ id: 'NewAcceptanceLink' });

export const linkForm = z
  .strictObject({
    url: z.string().meta({ description: 'Send the person’s browser there. It counts once.' }),
    expiresAt: instant,
  })
  .meta({ id: 'AcceptanceLink' });

const id = '3f0a6f6e-52b8-4b6e-9a53-1f9a5f0c7d11';

export const examples = {
  newAcceptance: {
    subject: 'customer-48213',
    policy: 'terms',
    decision: 'accepted',
    shown: { version: 2, language: 'en', textHash: '9f'.repeat(32), words: 'I accept the terms of Harbour Bank, version 2.' },
  },
  decision: {
    id,
    policy: 'terms',
    decision: 'accepted',
    version: 2,
    language: 'en',
    textHash: '9f'.repeat(32),
    surface: 'api',
    at: '2026-11-02T09:00:00Z',
    receipt: `/api/v1/acceptances/${id}/receipt`,
  },
  newLink: {
    subject: 'customer-48213',
    policy: 'terms',
    audience: 'https://trust.harbour.example',
    returnTo: 'https://shop.harbour.example/welcome',
  },
} as const;
