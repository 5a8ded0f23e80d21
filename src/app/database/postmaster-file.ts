import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type PostmasterFile = {
  pid: number;
  port: number;
  /** Empty when the server has no unix socket. */
  socketFolder: string;
  /** Empty when the server does not listen on TCP. */
  listenAddress: string;
  status: 'starting' | 'stopping' | 'ready' | 'standby' | '';
};

/**
 * What the running (or killed) server wrote into its lock file; undefined when there is none or it is still being written.
 * @see PostgreSQL source, src/include/utils/pidfile.h, for the eight lines.
 */
export function readPostmasterFile(clusterFolder: string): PostmasterFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
  const line = (number: number) => text.split('\n')[number - 1]?.trim() ?? '';
  const pid = Number(line(1));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const status = line(8);
  return {
    pid,
    port: Number(line(4)) || 0,
    socketFolder: line(5),
    listenAddress: line(6),
    status: status === 'starting' || status === 'stopping' || status === 'ready' || status === 'standby' ? status : '',
  };
}
