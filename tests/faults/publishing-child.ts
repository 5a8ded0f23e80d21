import { setTimeout as pause } from 'node:timers/promises';
import { folderStore } from '../../src/app/folder-store.ts';
import { publishCheckpoint, sequencePrivate, sequencePublic, type StateStore } from '../../src/ledger/index.ts';
import { childLedger, forEver, tell } from './child-ledger.ts';

// Sequences and publishes both logs without rest, and tells of each checkpoint once it is released.
const ledger = childLedger(process.argv[2] ?? '');
const folder = folderStore(process.argv[3] ?? '');
const store: StateStore = {
  ...folder,
  async put(key, bytes) {
    await folder.put(key, bytes);
    if (key.endsWith('/checkpoint')) tell({ tell: 'released', key, note: Buffer.from(bytes).toString('utf8') });
  },
};
const scope = { db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() };
const interval = Temporal.Duration.from({ milliseconds: 50 });

await forEver(async () => {
  while ((await sequencePublic(ledger.db)) > 0);
  await sequencePrivate(ledger.db, ledger.now(), interval);
  for (const id of ['public', 'private'] as const) await publishCheckpoint(scope, id);
  await pause(5);
});
