import { makeHandOff, type MakeHandOffRefusal } from '#accounts';
import { z } from 'zod';
import { answered, type RefusalAnswer, type Route, route } from '#kernel/contract';
import { instant } from '#kernel/json-forms';
import { readOrganisation } from '#organisation';

const mediaType = 'application/json';

const refusals = {
  'accounts/hand-off-subject-not-valid': [
    422,
    'A subject has 1 to 200 characters, without control characters or space around it.',
  ],
  'accounts/hand-off-audience-wrong': [422, 'The audience is not the public address of this site.'],
  'accounts/return-path-not-valid': [422, 'A return path leads into the portal, such as /me/questions.'],
} as const satisfies Record<MakeHandOffRefusal, RefusalAnswer>;

const newHandOffForm = z
  .strictObject({
    subject: z
      .string()
      .max(1000)
      .meta({ description: 'Your own id of the person, always the same. Never an e-mail address that can change hands.' }),
    audience: z.string().max(1000).meta({ description: 'The public address of the site on which they are to be signed in.' }),
    returnTo: z.string().max(1000).nullable().default(null).meta({ description: 'Where they go on to: a path of the portal.' }),
  })
  .meta({ id: 'NewHandOff' });

const handOffForm = z
  .strictObject({
    url: z.string().meta({ description: 'Send the person’s browser there. A page with one button; it counts once.' }),
    expiresAt: instant,
  })
  .meta({ id: 'HandOff' });

const example = { subject: 'customer-48213', audience: 'https://trust.harbour.example', returnTo: '/me' };

export const handOffRoutes: readonly Route[] = [
  route(
    {
      method: 'post',
      path: '/hand-offs',
      summary: 'Hand a person over who is signed in on your own site.',
      description:
        'Counts once, for one minute. The first time, an account is made for the subject. Subjects belong to the program: ' +
        'the same subject from another program is another person, and a rotated key keeps them.',
      body: newHandOffForm,
      bodyExample: example,
      responses: {
        201: {
          description: 'The ticket stands in the address; it is told once and only its hash is kept.',
          mediaType,
          schema: handOffForm,
          example: { url: `${example.audience}/sign-in/hand-off?ticket=…`, expiresAt: '2026-11-02T09:01:00Z' },
        },
      },
      refusals,
      auth: { scope: 'accounts:hand-off' },
      limit: null,
      effect: 'records',
    },
    async (ctx, { body }) => {
      const organisation = await readOrganisation(ctx);
      if (!organisation) throw new Error('before set-up nothing answers here');
      const { publicUrl } = organisation;
      const made = await makeHandOff(ctx, { ...body, publicUrl });
      if (!made.ok) return made;
      const { ticket, expiresAt } = made.value;
      return answered(201, { url: `${publicUrl}/sign-in/hand-off?ticket=${ticket}`, expiresAt: expiresAt.toString() });
    },
  ),
];
