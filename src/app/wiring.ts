import { deliverWebhook, forgetOldAccess, sendWebhookOnce, sweepWebhooks, tellNewDevice } from '#accounts';
import { outboundFetch, outboundPlaces } from '#kernel/fetch';
import { interfaceLanguage } from '#kernel/i18n';
import { done } from '#kernel/outcome';
import { forgetJobs, type Schedule, type TaskTable } from '#kernel/jobs';
import { forgetMail, resumeMail, sendMessage } from '#mail';
import { act, observe } from '#ledger';
import { carryAcceptances, lookAtCopy, lookElsewhere, pullText } from '#policies';
import { readOrganisation } from '#organisation';
import { type Installation, operator } from './installation.ts';
import { deliveryOf } from './mail-settings.ts';

/** Who does which task. */
export function tasksOf({ config, ledger }: Installation): TaskTable {
  const { db, secrets } = ledger;
  const now = () => ledger.now();
  const sending = { db, secrets, now, fetch: outboundFetch({ allow: config.outboundAllow }) };
  const looking = { ledger, actor: operator, fetch: sending.fetch };
  const locate = outboundPlaces({ allow: config.outboundAllow });
  return {
    'jobs/forget': () => forgetJobs(db),
    'accounts/forget': () => forgetOldAccess(db, now()),
    'webhooks/deliver': (payload, run) => deliverWebhook(sending, payload, run),
    'webhooks/send-once': (payload) => sendWebhookOnce(sending, payload),
    'webhooks/sweep': () => sweepWebhooks(db, now()),
    'mail/send': sendMessage({ db, secrets, now, delivery: deliveryOf(config) }),
    'mail/forget': () => forgetMail(db, now()),
    'policies/look-elsewhere': () => lookElsewhere(db, now()),
    'policies/look-at-copy': (payload) => lookAtCopy(looking, payload),
    'policies/pull': (payload) => pullText({ ...looking, locate, environment: process.env }, payload),
    'acceptances/carry': async (_, { signal }) => void (await carryAcceptances(ledger, signal)),
    'accounts/tell-new-device': async ({ signIn }) => {
      const organisation = await readOrganisation(observe(ledger, operator));
      if (!organisation) return;
      const { name, publicUrl, timeZone, languages } = organisation;
      const about = { signIn, organisation: name, publicUrl, zone: timeZone, locale: interfaceLanguage(languages[0] ?? 'en') };
      await act(ledger, operator, async (ctx) => done(await tellNewDevice(ctx, about)));
    },
  };
}

/** What is done at fixed times, in UTC, by one of all processes. */
export const schedules: readonly Schedule[] = [
  { task: 'jobs/forget', at: '17 3 * * *' },
  { task: 'accounts/forget', at: '37 * * * *' },
  { task: 'webhooks/sweep', at: '*/5 * * * *' },
  { task: 'mail/forget', at: '7 * * * *' },
  // Every minute, because a version takes effect at one; each address is asked once an hour.
  { task: 'policies/look-elsewhere', at: '* * * * *' },
  { task: 'acceptances/carry', at: '*/10 * * * *' },
];

/** Queues again at start what is owed and has no job. */
export async function resume({ config, ledger }: Installation): Promise<void> {
  if (config.mail !== undefined) await resumeMail(ledger.db);
}
