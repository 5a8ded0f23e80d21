import { parseArgs } from 'node:util';
import { prepareJobs } from '../app/job-schema.ts';
import { migrate as run } from '../app/migrate.ts';
import { rooms } from '../app/rooms.ts';
import type { Command } from './command.ts';
import { withDatabase } from './with-database.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Brings the database to the schema of this version',
  help: `Usage: npm run troth -- migrate

Brings the database to the schema of this version. "start" does it too; run it by itself before several nodes are started on a
new version. It only goes forward, may run twice or at several places at once, and refuses a database newer than the code.`,
  async run(args, terminal) {
    parseArgs({ args: [...args], options: {} });
    const applied = await withDatabase(terminal, async ({ url }) => {
      const done = await run({ url, rooms });
      await prepareJobs(url);
      return done;
    });
    for (const { room, name } of applied) terminal.print(`applied ${room}/${name}`);
    terminal.print(
      applied.length === 0 ? 'The database is up to date.' : `The database is up to date; ${applied.length} applied.`,
    );
    return 0;
  },
};
