import { forgetJobs, type Schedule, type TaskTable } from '#kernel/jobs';
import type { Installation } from './installation.ts';

/** Who does which task. */
export function tasksOf({ ledger }: Installation): TaskTable {
  return {
    'jobs/forget': () => forgetJobs(ledger.db),
  };
}

/** What is done at fixed times, in UTC, by one of all processes. */
export const schedules: readonly Schedule[] = [{ task: 'jobs/forget', at: '17 3 * * *' }];
