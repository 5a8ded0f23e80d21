import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { processIdentity } from './database/process-identity.ts';
import { errorCode, StartupProblem } from './startup-problem.ts';

/** Adds a file by its path inside the folder, with `/`. */
export type Put = (path: string, bytes: Uint8Array) => Promise<void>;
export type Replaced = { readonly files: number; readonly changed: number };

const markFile = '.troth-site';

/**
 * Fills a new folder beside `out` and puts it in its place by renaming, so that whoever serves `out` sees the old whole or the
 * new whole. Files that stayed the same are linked and keep their time, so that a copy to elsewhere moves only what changed.
 * @param mark Whose folder it is; one that holds anything else is never replaced.
 * @throws StartupProblem
 */
export async function replaceFolder(out: string, mark: string, fill: (put: Put) => Promise<void>): Promise<Replaced> {
  const target = existsSync(out) ? await realpath(out) : resolve(out);
  const beside = (name: string) => join(dirname(target), `.${basename(target)}.troth-${name}`);
  const [fresh, old] = [beside(`new-${process.pid}`), beside('old')];
  const counts = { files: 0, changed: 0 };
  try {
    await mkdir(dirname(target), { recursive: true });
    await clearUp(target, old);
    await refuseForeign(target, mark);
    await mkdir(fresh);
    const put: Put = async (path, bytes) => {
      const file = join(fresh, path);
      await mkdir(dirname(file), { recursive: true });
      counts.files += 1;
      if (await linkSame(join(target, path), file, bytes)) return;
      counts.changed += 1;
      await writeFile(file, bytes, { flag: 'wx' });
    };
    await fill(put);
    await writeFile(join(fresh, markFile), `${mark}\n`);
    await swap(fresh, target, old);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw explained(error, target);
  }
  return counts;
}

async function swap(fresh: string, target: string, old: string): Promise<void> {
  const replaced = existsSync(target);
  if (replaced) await rename(target, old);
  try {
    await rename(fresh, target);
  } catch (error) {
    if (replaced) await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** What a killed run left: put back what it had moved aside, or take away what it no longer needed. */
async function clearUp(target: string, old: string): Promise<void> {
  if (existsSync(old)) await (existsSync(target) ? rm(old, { recursive: true }) : rename(old, target));
  const start = `.${basename(target)}.troth-new-`;
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(start)) continue;
    const left = join(dirname(target), name);
    if (processIdentity(Number(name.slice(start.length))) !== undefined) {
      throw new StartupProblem(`Another process is writing ${target}. If none is, remove ${left}`);
    }
    await rm(left, { recursive: true });
  }
}

async function refuseForeign(target: string, mark: string): Promise<void> {
  if (!existsSync(target)) return;
  if (!(await stat(target)).isDirectory()) throw new StartupProblem(`${target} is a file. Name a folder.`);
  if ((await readdir(target)).length === 0) return;
  const found = await readFile(join(target, markFile), 'utf8').catch(() => undefined);
  if (found === `${mark}\n`) return;
  const whose = found === undefined ? 'holds files that Troth did not write' : `is the site of ${found.trim()}`;
  throw new StartupProblem(`${target} ${whose}. Nothing was changed; name another folder, or an empty one.`);
}

async function linkSame(before: string, file: string, bytes: Uint8Array): Promise<boolean> {
  const present = await readFile(before).catch(() => undefined);
  if (!present?.equals(bytes)) return false;
  try {
    await link(before, file);
    return true;
  } catch {
    // Some file systems have no links; writing the same bytes again is only slower.
    return false;
  }
}

function explained(error: unknown, target: string): unknown {
  const code = errorCode(error) ?? '';
  if (code === 'ENOSPC') return new StartupProblem(`The disk is full. ${target} is as it was.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartupProblem(
      `${dirname(target)} cannot be written to, and the new site is made there before it takes its place.`,
    );
  }
  if (code === 'EBUSY' || code === 'EXDEV') {
    return new StartupProblem(
      `${target} cannot be replaced as a whole, because a file system is mounted there. Name a folder inside.`,
    );
  }
  return error;
}
