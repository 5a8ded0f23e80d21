import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/app/config.ts';
import { openInstallation } from '../src/app/installation.ts';
import { createLog } from '../src/app/log-line.ts';
import { runServer } from '../src/app/run-server.ts';
import { seedDemo } from '../src/app/seed-demo.ts';

/** The sample organisation served from a folder that is gone afterwards. */
export async function withSampleServer<Value>(
  use: (server: { url: string; installation: Awaited<ReturnType<typeof openInstallation>> }) => Promise<Value>,
): Promise<Value> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'troth-bench-'));
  const installation = await openInstallation(readConfig({ TROTH_DATA: dataFolder, PORT: '0' }), () => undefined);
  try {
    await seedDemo(installation.ledger, 'http://127.0.0.1:8080');
    const server = await runServer(installation, createLog({ level: 'error', sink: process.stderr, now: () => new Date() }));
    try {
      return await use({ url: server.url, installation });
    } finally {
      await server.stop();
    }
  } finally {
    await installation.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}
