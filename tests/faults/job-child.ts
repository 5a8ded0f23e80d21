import { createLog } from '../../src/app/log-line.ts';
import { runJobs } from '../../src/app/run-jobs.ts';

// Takes a job, tells so, and never ends it: to be killed in the middle.
const [url = ''] = process.argv.slice(2);
process.stdin.resume().on('end', () => process.exit(0));
await runJobs({
  url,
  tasks: {
    'jobs/forget': () => {
      process.stdout.write('taken\n');
      return new Promise(() => {});
    },
  },
  schedules: [],
  log: createLog({ level: 'error', sink: process.stderr, now: () => new Date() }),
  concurrency: 1,
});
