import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that its CPU time is its own. */
export type Server = {
  url: string;
  /** Microseconds since it began. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
};

export async function startServer(file: string, args: readonly string[]): Promise<Server> {
  const load = fileURLToPath(new URL('../src/load.js', import.meta.url));
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', load],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = String((await once(child, 'message'))[0]);
  return {
    url,
    async cpu() {
      child.send('cpu');
      return Number((await once(child, 'message'))[0]);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.send('stop');
      await gone;
    },
  };
}
