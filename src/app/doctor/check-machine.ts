import { existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { rootKeyFile } from '../root-key.ts';
import { errorCode } from '../startup-problem.ts';
import { bad, good, note, warning, type Finding } from './finding.ts';

const gibibyte = 1024 ** 3;

/** @param free Bytes an ordinary account may still write below the data folder. */
export function checkDisk({ dataFolder }: Pick<Config, 'dataFolder'>, free = freeBytes(dataFolder)): Finding {
  const says = `${(free / gibibyte).toFixed(1)} GiB free for ${dataFolder}.`;
  const mend = 'Free some space, or move the data folder to a larger disk and name it in TROTH_DATA.';
  if (free < gibibyte / 4) return bad('Disk', says, mend);
  // PostgreSQL alone may hold 1 GiB of write-ahead log between two checkpoints.
  if (free < 2 * gibibyte) return warning('Disk', says, mend);
  return good('Disk', says);
}

function freeBytes(folder: string): number {
  const there = existsSync(folder) ? folder : dirname(folder);
  if (!existsSync(there)) return freeBytes(dirname(there));
  const { bavail, bsize } = statfsSync(there);
  return bavail * bsize;
}

export function checkRootKey({ dataFolder, rootKey }: Pick<Config, 'dataFolder' | 'rootKey'>): Finding {
  if (rootKey) return good('Root secret', 'given in TROTH_ROOT_KEY.');
  const file = rootKeyFile(dataFolder);
  if (!existsSync(file)) return note('Root secret', `not made yet; the first start writes ${file}.`);
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && mode & 0o077) {
    return bad('Root secret', `${file} can be read by other accounts (mode ${mode.toString(8)}).`, `chmod 600 ${file}`);
  }
  return good('Root secret', `${file}, readable by its owner alone. Keep a copy in another place; no backup holds it.`);
}

/** Free, taken by Troth itself, or taken by something else. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Finding> {
  const place = `${host}:${port}`;
  const code = await tryListening(host, port);
  if (code === undefined) return good('Port', `${place} is free.`);
  if (code === 'EADDRINUSE') {
    const name = host.includes(':') ? `[${host}]` : host;
    const answer = await fetch(`http://${name}:${port}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return good('Port', `${place} answers as a running Troth does.`);
    return bad(
      'Port',
      `${place} is taken by another program.`,
      `Stop that program, or choose another port: PORT=${port === 8080 ? 8081 : 8080}`,
    );
  }
  if (code === 'EACCES')
    return bad('Port', `${place} needs more rights than this account has.`, 'Choose a PORT above 1023, behind a proxy.');
  return bad('Port', `${place} cannot be used (${code}).`, 'Set HOST to an address of this machine.');
}

function tryListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error) ?? 'unknown'));
    server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Whether people outside this machine would reach Troth without encryption. @param publicUrl What set-up confirmed, if it has.
 */
export function checkAddress(
  { host, insecureHttp }: Pick<Config, 'host' | 'insecureHttp'>,
  publicUrl: string | undefined,
): Finding {
  const local = host === 'localhost' || host === '::1' || host.startsWith('127.');
  if (!local && !publicUrl?.startsWith('https:') && !insecureHttp) {
    return bad(
      'Public address',
      `HOST is ${host}, which others can reach, and there is no https address.`,
      'Leave HOST at 127.0.0.1 behind a proxy with TLS, or confirm an https address at set-up.',
    );
  }
  if (publicUrl === undefined) return note('Public address', 'not confirmed yet; set-up asks for it.');
  if (!publicUrl.startsWith('https:')) {
    return warning(
      'Public address',
      `${publicUrl} is not encrypted.`,
      'Put a proxy with TLS in front; links and the record keep this address for ever.',
    );
  }
  return good('Public address', publicUrl);
}
