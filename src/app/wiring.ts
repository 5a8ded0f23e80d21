import { deliverWebhook, sendWebhookOnce, sweepWebhooks } from '#accounts';
import { outboundFetch } from '#kernel/fetch';
import { forgetJobs, type Schedule, type TaskTable } from '#kernel/jobs';
import type { Installation } from './installation.ts';

/** Who does which task. */
export function tasksOf({ config, ledger }: Installation): TaskTable {
  const { db, secrets } = ledger;
  const sending = { db, secrets, now: () => ledger.now(), fetch: outboundFetch({ allow: config.outboundAllow }) };
  return {
    'jobs/forget': () => forgetJobs(db),
    'webhooks/deliver': (payload, run) => deliverWebhook(sending, payload, run),
    'webhooks/send-once': (payload) => sendWebhookOnce(sending, payload),
    'webhooks/sweep': () => sweepWebhooks(db, ledger.now()),
  };
}

/** What is done at fixed times, in UTC, by one of all processes. */
export const schedules: readonly Schedule[] = [
  { task: 'jobs/forget', at: '17 3 * * *' },
  { task: 'webhooks/sweep', at: '*/5 * * * *' },
];
