import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * A Chromium for the browser tests: the one named by CHROMIUM_PATH, the system's, Playwright's; and if there is none, one is
 * installed.
 * @throws Error that says what to do. Browser tests are never left out in silence.
 */
export function findChromium(say: (sentence: string) => void): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined) {
    if (runs(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which does not run. Correct it, or unset it to have one found.`);
  }
  const found = installed();
  if (found !== undefined) return found;
  say('No Chromium found; installing one for the browser tests.');
  for (const install of [installDebian, installPlaywright]) {
    install();
    const fresh = installed();
    if (fresh !== undefined) return fresh;
  }
  throw new Error(
    'The browser tests need Chromium; none was found and none could be installed. Install it ' +
      '(Debian: apt-get install chromium; ' +
      'elsewhere: npx playwright-core install --with-deps chromium) and name it in CHROMIUM_PATH.',
  );
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...fixedPlaces, chromium.executablePath()].find((path) => existsSync(path) && runs(path));
}

// A file may be there without the system libraries it needs, or be Ubuntu's wrapper that only asks for snap.
function runs(path: string): boolean {
  if (process.platform === 'win32') return existsSync(path);
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

/** Debian's package brings every library it needs, which Playwright's download does not. */
function installDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: ['ignore', 2, 2], env });
}

function installPlaywright(): void {
  const entry = createRequire(import.meta.url).resolve('playwright-core/package.json');
  spawnSync(process.execPath, [join(dirname(entry), 'cli.js'), 'install', 'chromium'], { stdio: ['ignore', 2, 2] });
}
