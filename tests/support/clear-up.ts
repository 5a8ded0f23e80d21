import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopServer } from '../../src/app/database/start-server.ts';
import { readPostmasterFile } from '../../src/app/database/postmaster-file.ts';
import { removeRunFolder } from '../../src/app/database/run-folder.ts';

// Waits until the process that started it lets go of the pipe, by ending in whatever way, and then removes its test server.
const folder = process.argv[2] ?? '';
process.stdin.resume();
process.stdin.on('end', () => void clearUp());

async function clearUp(): Promise<void> {
  const file = readPostmasterFile(join(folder, 'postgres'));
  if (file) {
    await stopServer(file.pid);
    if (file.socketFolder) removeRunFolder(file.socketFolder);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
