import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { start } from './start.ts';

/** In the order in which help lists them. */
export const commands: readonly Command[] = [start, migrate, doctor, backup, restore];
