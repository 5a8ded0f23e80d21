import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';

/** A throw-away git repository; commits are dated one day apart from 2020-01-01. */
export type Repository = {
  directory: string;
  git: (args: string[], input?: string | Buffer) => string;
  write: (path: string, text: string | Uint8Array) => void;
  commit: (subject: string) => string;
};

export function makeRepository(t: TestContext, ...initArgs: string[]): Repository {
  const directory = mkdtempSync(join(tmpdir(), 'troth-git-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  let day = 0;
  const git = (args: string[], input: string | Buffer = '') => {
    const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString();
    const person = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@x.example',
      GIT_COMMITTER_NAME: 'c',
      GIT_COMMITTER_EMAIL: 'c@x.example',
    };
    const env = {
      ...process.env,
      ...person,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
    };
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: directory, env, input, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git(['init', '--quiet', '--initial-branch=main', ...initArgs]);
  return {
    directory,
    git,
    write: (path, text) => {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    },
    commit: (subject) => {
      day++;
      git(['add', '--all']);
      git(['commit', '--quiet', '--no-gpg-sign', '--message', subject]);
      return git(['rev-parse', 'HEAD']);
    },
  };
}

const realHistoryFile = resolve(import.meta.dirname, '../../../../../shared/data/policies/site-policy.fast-import');

/**
 * A bare repository with the real policies that lie beside the project, or null (and one line that says so) where they do not.
 */
export function realHistory(t: TestContext): Repository | null {
  if (!existsSync(realHistoryFile)) {
    console.log(`left out, no real policies beside the project: ${t.name}`);
    return null;
  }
  const repository = makeRepository(t, '--bare');
  repository.git(['fast-import', '--quiet', '--done'], readFileSync(realHistoryFile));
  return repository;
}
