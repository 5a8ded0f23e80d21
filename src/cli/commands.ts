import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { demo, dev } from './demo.ts';
import { doctor } from './doctor.ts';
import { importPolicies } from './import-policies.ts';
import { init } from './init.ts';
import { jobs } from './jobs.ts';
import { log } from './log.ts';
import { migrate } from './migrate.ts';
import { owner } from './owner.ts';
import { policies } from './policies.ts';
import { publish } from './publish.ts';
import { replyTime } from './reply-time.ts';
import { restore } from './restore.ts';
import { start } from './start.ts';
import { withhold } from './withhold.ts';

/** In the order in which help lists them. */
export const commands: readonly Command[] = [
  start,
  demo,
  dev,
  init,
  owner,
  replyTime,
  importPolicies,
  policies,
  publish,
  log,
  withhold,
  jobs,
  migrate,
  doctor,
  backup,
  restore,
];
