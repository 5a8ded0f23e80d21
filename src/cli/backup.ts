import { parseArgs } from 'node:util';
import { backUp } from '../app/backup/back-up.ts';
import { folderStore, stateFolder } from '../app/folder-store.ts';
import { rootKeyFile } from '../app/root-key.ts';
import { rooms } from '../app/rooms.ts';
import { UsageProblem, type Command } from './command.ts';
import { withDatabase } from './with-database.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Writes everything but the root secret into one file',
  help: `Usage: npm run troth -- backup FILE

Writes the database and the log's tiles and checkpoints, as of one instant, into FILE, while Troth may keep running. FILE must not
exist. It holds personal data and is readable by you alone. The root secret is never inside: keep a copy of it elsewhere, since
without it a restored log can be read but not continued.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageProblem('Name one file for the backup.');
    await withDatabase(terminal, async ({ url }, { dataFolder, rootKey }) => {
      const state = folderStore(stateFolder(dataFolder));
      const { tables, stateFiles } = await backUp({ file, url, rooms, state, now: terminal.now });
      terminal.print(`${file}: ${tables} tables, ${stateFiles} files of the log.`);
      terminal.print(
        `The root secret is not in it. Keep a copy of ${rootKey ? 'TROTH_ROOT_KEY' : rootKeyFile(dataFolder)} in another place.`,
      );
    });
    return 0;
  },
};
