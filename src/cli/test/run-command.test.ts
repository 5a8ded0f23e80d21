import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartupProblem } from '../../app/startup-problem.ts';
import { commands } from '../commands.ts';
import { UsageProblem, type Command } from '../command.ts';
import { askTroth } from './ask-troth.ts';

async function ask(args: string[], table: readonly Command[] = commands, environment: Record<string, string> = {}) {
  const { code, said, printed } = await askTroth(args, { environment, table });
  return { code, said: said.join('\n'), printed: printed.join('\n') };
}

const fails = (error: unknown): Command => ({
  name: 'fail',
  summary: '',
  help: 'Usage: fail',
  run: async () => {
    throw error;
  },
});

test('help lists every command, and explains each of them', async () => {
  const { code, printed } = await ask(['help']);
  assert.equal(code, 0);
  assert.equal((await ask([])).printed, printed);
  for (const { name, summary, help } of commands) {
    assert.ok(printed.includes(name) && printed.includes(summary));
    assert.match(help, new RegExp(`^Usage: npm (run troth -- |run )?${name}`));
    for (const line of help.split('\n')) assert.ok(line.length <= 130, line);
    for (const args of [
      ['help', name],
      [name, '--help'],
      [name, '--nonsense', '-h'],
    ])
      assert.deepEqual(await ask(args), { code: 0, said: '', printed: help });
  }
});

test('an unknown command is answered with the nearest one and code 2', async () => {
  for (const [typed, meant] of [
    ['bakcup', 'backup'],
    ['Doctor', 'doctor'],
    ['migrat', 'migrate'],
    ['retsore', 'restore'],
    ['halp', 'help'],
  ] as const) {
    const { code, said } = await ask([typed]);
    assert.equal(code, 2);
    assert.match(said, new RegExp(`no command "${typed}". Did you mean "${meant}"\\?`));
  }
  assert.doesNotMatch((await ask(['sing'])).said, /Did you mean/);
});

test('a wrong option ends with 2 and the usage, a problem with 1 and its sentence, a bug with 1 and its stack', async () => {
  const wrong = await ask(['migrate', '--fast']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.said, /^Unknown option '--fast'\.\n\nUsage: npm run troth -- migrate/);
  assert.equal((await ask(['backup'])).code, 2);
  assert.equal((await ask(['fail'], [fails(new UsageProblem('Name a file.'))])).said, 'Name a file.\n\nUsage: fail');
  assert.deepEqual(await ask(['fail'], [fails(new StartupProblem('The disk is full.'))]), {
    code: 1,
    said: 'The disk is full.',
    printed: '',
  });
  const bug = await ask(['fail'], [fails(new TypeError('x is undefined'))]);
  assert.equal(bug.code, 1);
  assert.match(bug.said, /report it:\nTypeError: x is undefined\n\s+at /);
  assert.match((await ask(['migrate'], commands, { PORT: 'http' })).said, /PORT must be a number/);
});
