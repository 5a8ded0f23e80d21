import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { testDatabase } from './support/database.ts';
import { runStatement } from './support/test-server.ts';

test('every test has a database of its own', async (t) => {
  const [one, two] = await Promise.all([testDatabase(t), testDatabase(t)]);
  await runStatement(one.url, 'create table only_here ()');
  await assert.rejects(runStatement(two.url, 'select from only_here'), { code: '42P01' });
});

test(
  'after kill -9 of the process that started it a test server goes away by itself',
  { skip: process.platform === 'win32' },
  async () => {
    const load = join(import.meta.dirname, '..', 'src', 'load.js');
    const holder = join(import.meta.dirname, 'support', 'hold-test-server.ts');
    const child = spawn(process.execPath, ['--import', load, holder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line]: unknown[] = await once(child.stdout, 'data');
    const socketFolder = decodeURIComponent(/host=([^&\s]+)/.exec(String(line))?.[1] ?? '');
    assert.ok(existsSync(socketFolder));
    child.kill('SIGKILL');
    for (let tries = 0; existsSync(socketFolder) && tries < 1_500; tries += 1) await pause(20);
    assert.equal(existsSync(socketFolder), false);
  },
);
