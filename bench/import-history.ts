import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './print-figures.ts';

const history = fileURLToPath(new URL('../../shared/data/policies/site-policy.fast-import', import.meta.url));
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const load = fileURLToPath(new URL('../src/load.js', import.meta.url));

/** A whole real history through the command line, database start included, into an installation made for it. */
export async function measureImport(): Promise<Figure[]> {
  if (!existsSync(history))
    return [{ name: 'import of a real history', value: 'left out: ../shared is not here', goal: '< 60 s', met: null }];
  const folder = await mkdtemp(join(tmpdir(), 'troth-bench-'));
  // As root the database runs under another account, which must be able to pass through.
  await chmod(folder, 0o711);
  try {
    const repository = join(folder, 'repository');
    execFileSync('git', ['init', '--quiet', repository]);
    const fastImport = spawn('git', ['-C', repository, 'fast-import', '--quiet', '--done'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    createReadStream(history).pipe(fastImport.stdin);
    await once(fastImport, 'exit');
    const troth = (args: readonly string[], input = '') =>
      execFileSync(process.execPath, ['--import', load, main, ...args], {
        env: { ...process.env, TROTH_DATA: join(folder, 'data') },
        input,
        stdio: ['pipe', 'ignore', 'inherit'],
      });
    troth(
      ['init', '--organisation', 'Bench', '--owner', 'bench@example.org', '--public-url', 'http://127.0.0.1:8080'],
      'bench passphrase\n',
    );
    const began = performance.now();
    troth(['import', 'policies', '--git', repository]);
    const first = (performance.now() - began) / 1000;
    return [
      { name: 'import of 87 real versions, 2.7 MB, signed', value: `${first.toFixed(1)} s`, goal: '< 60 s', met: first < 60 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
