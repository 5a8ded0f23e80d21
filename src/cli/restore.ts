import { parseArgs } from 'node:util';
import { restore as run } from '../app/backup/restore.ts';
import { folderStore, stateFolder } from '../app/folder-store.ts';
import { rootKeyFile } from '../app/root-key.ts';
import { rooms } from '../app/rooms.ts';
import { UsageProblem, type Command } from './command.ts';
import { withDatabase } from './with-database.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'Puts a backup into an empty database',
  help: `Usage: npm run troth -- restore FILE

Puts a backup into an empty database: that of a new TROTH_DATA folder, or the one DATABASE_URL names, of any version 15 to 18.
The file is checked whole before anything is written. A database that holds something is never overwritten.
Put the root secret back too, as the file keys/root in the data folder (mode 0600) or as TROTH_ROOT_KEY, before you start Troth.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageProblem('Name the backup file.');
    await withDatabase(terminal, async ({ url }, { dataFolder, rootKey }) => {
      const { madeAt } = await run({ file, url, rooms, state: folderStore(stateFolder(dataFolder)) });
      terminal.print(`Restored the backup of ${madeAt}. What happened after that is not in it.`);
      if (!rootKey) terminal.print(`Before you start Troth, put its root secret back: ${rootKeyFile(dataFolder)}`);
    });
    return 0;
  },
};
