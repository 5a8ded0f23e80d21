import { forgetJobs, type Schedule, type TaskTable } from '#kernel/jobs';
import { forgetMail, resumeMail, sendMessage } from '#mail';
import type { Installation } from './installation.ts';
import { deliveryOf } from './mail-settings.ts';

/** Who does which task. */
export function tasksOf({ config, ledger }: Installation): TaskTable {
  const { db, secrets } = ledger;
  const now = () => ledger.now();
  return {
    'jobs/forget': () => forgetJobs(db),
    'mail/send': sendMessage({ db, secrets, now, delivery: deliveryOf(config) }),
    'mail/forget': () => forgetMail(db, now()),
  };
}

/** What is done at fixed times, in UTC, by one of all processes. */
export const schedules: readonly Schedule[] = [
  { task: 'jobs/forget', at: '17 3 * * *' },
  { task: 'mail/forget', at: '7 * * * *' },
];

/** Queues again at start what is owed and has no job. */
export async function resume({ config, ledger }: Installation): Promise<void> {
  if (config.mail !== undefined) await resumeMail(ledger.db);
}
