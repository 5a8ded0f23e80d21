import { z } from 'zod';
import { answered, publicRead, type Route, route } from '#kernel/contract';
import { instant } from '#kernel/json-forms';
import { refuse } from '#kernel/outcome';
import { readOrganisation, supportedLanguages } from './establish-organisation.ts';
import { sectors } from './sectors.ts';

const calendar = z
  .strictObject({
    version: z.string(),
    timeZone: z.string(),
    weekdays: z.array(z.int().min(1).max(7)).readonly().meta({ description: 'ISO weekdays, 1 is Monday.' }),
    hours: z.strictObject({ from: z.string(), to: z.string() }),
    holidays: z.array(z.string()).readonly().meta({ description: 'ISO dates in timeZone.' }),
  })
  .meta({ id: 'Calendar' });

const organisation = z
  .strictObject({
    name: z.string(),
    publicUrl: z.url(),
    languages: z
      .array(z.string())
      .meta({ description: `Of the interface, the first being its own: ${supportedLanguages.join(', ')}.` }),
    timeZone: z.string().meta({ description: 'IANA name; dates of effect are days in it.' }),
    sector: z.enum(sectors),
    replyTime: z
      .strictObject({ businessHours: z.int().min(1), calendar })
      .meta({ description: 'Within what a question is answered.' }),
    sample: z.boolean().meta({ description: 'A demonstration: its keys are thrown away, its promises are nobody’s.' }),
    establishedAt: instant,
  })
  .meta({ id: 'Organisation' });

export const organisationRoutes: readonly Route[] = [
  route(
    {
      ...publicRead,
      path: '/organisation',
      summary: 'Who speaks here, and within what time it answers.',
      responses: {
        200: {
          description: 'The organisation.',
          mediaType: 'application/json',
          schema: organisation,
          example: {
            name: 'Harbour Bank',
            publicUrl: 'https://trust.harbour.example',
            languages: ['en', 'de'],
            timeZone: 'Europe/Berlin',
            sector: 'finance',
            replyTime: {
              businessHours: 16,
              calendar: {
                version: '1',
                timeZone: 'Europe/Berlin',
                weekdays: [1, 2, 3, 4, 5],
                hours: { from: '09:00', to: '17:00' },
                holidays: [],
              },
            },
            sample: false,
            establishedAt: '2026-11-02T09:00:00Z',
          },
        },
      },
      refusals: { 'organisation/not-established': [503, 'This installation is not set up yet.'] },
    },
    async (ctx) => {
      const found = await readOrganisation(ctx);
      if (!found) return refuse('organisation/not-established');
      const { name, publicUrl, languages, timeZone, sector, replyHours, calendar, demo, establishedAt } = found;
      const replyTime = { businessHours: replyHours, calendar };
      const at = establishedAt.toString();
      return answered(200, { name, publicUrl, languages, timeZone, sector, replyTime, sample: demo, establishedAt: at });
    },
  ),
];
