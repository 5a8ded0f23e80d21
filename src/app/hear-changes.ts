import { Client } from 'pg';
import type { SessionCache } from '#accounts';
import type { Log } from './log-line.ts';

/** A lost connection is tried again after this long, then with growing pauses. */
const firstPause = 100;
const longestPause = 10_000;

/**
 * Hears from the database, on a connection of its own, whenever something changed that a session depends on. While it does not hear,
 * the cache is off and each request asks the database.
 * @returns once it hears or has failed for the first time; it goes on trying until `stop`.
 */
export async function hearChanges(url: string, cache: SessionCache, log: Log): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  const running = run();
  await first.promise;
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await hear(() => {
          if (failures > 0) log.info('changes-heard-again', { failures });
          failures = 0;
          first.resolve();
        });
      } catch (error) {
        failures += 1;
        if (failures === 1) log.error('changes-not-heard', {}, error);
      }
      first.resolve();
      if (!stopping.signal.aborted) await pause(Math.min(firstPause * 2 ** failures, longestPause), stopping.signal);
    }
  }

  /** Until the connection breaks, which throws, or `stop`. */
  async function hear(began: () => void): Promise<void> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
    const ended = Promise.withResolvers<void>();
    // Asked for only further below, and a connection may break before.
    ended.promise.catch(() => undefined);
    const end = () => ended.resolve();
    client.on('error', (error) => ended.reject(error));
    client.on('end', () => ended.reject(new Error('the connection was closed')));
    client.on('notification', () => cache.changed());
    stopping.signal.addEventListener('abort', end);
    try {
      await client.connect();
      await client.query('listen accounts_changed');
      cache.listening();
      began();
      await ended.promise;
    } finally {
      cache.deaf();
      stopping.signal.removeEventListener('abort', end);
      await client.end().catch(() => undefined);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(wake, milliseconds);
    function wake() {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    }
    signal.addEventListener('abort', wake);
  });
}
