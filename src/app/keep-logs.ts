import { act, publishCheckpoint, readLogs, sequencePrivate, sequencePublic } from '#ledger';
import { countQuestions } from '#support';
import { type Installation, operator } from './installation.ts';
import type { Log } from './log-line.ts';

/** A hint wakes the loop at once; the poll finds what another process recorded, or what a lost hint left. */
const pollMilliseconds = 250;

/** Private events are published at this fixed step, whatever happens in between. */
export const privateInterval = Temporal.Duration.from({ seconds: 10 });

/**
 * Sequences and signs both logs until stopped. A fault (database gone, disk full) is told once and tried again with growing pauses;
 * nothing is lost meanwhile, because events wait in the database.
 * @returns `stop`, which resolves when the round under way has ended.
 */
export function keepLogs(installation: Installation, log: Log, published: () => Promise<void>): { stop(): Promise<void> } {
  const { ledger, store } = installation;
  const scope = { db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() };
  const stopping = new AbortController();
  let nudge: (() => void) | null = null;
  let again = false;
  installation.onRecord(() => {
    again = true;
    nudge?.();
  });

  async function round(): Promise<void> {
    while ((await sequencePublic(ledger.db)) > 0);
    await sequencePrivate(ledger.db, ledger.now(), privateInterval);
    for (const id of ['public', 'private'] as const) await publishCheckpoint(scope, id);
    await noticeGrowth();
    await stateCounts();
  }

  // Another process may have signed, so the size in the database decides and not what this one did.
  let seen = -1;
  async function noticeGrowth(): Promise<void> {
    const size = (await readLogs(ledger.db)).find(({ id }) => id === 'public')?.size ?? 0;
    if (size === seen) return;
    seen = size;
    await published();
  }

  // On the hour: a statement after each question would tell when somebody asked.
  let hourStated = Math.floor(ledger.now().epochMilliseconds / 3_600_000);
  async function stateCounts(): Promise<void> {
    const hour = Math.floor(ledger.now().epochMilliseconds / 3_600_000);
    if (hour === hourStated) return;
    await act(ledger, operator, countQuestions);
    hourStated = hour;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      again = false;
      try {
        await round();
        if (failures > 0) log.info('log-resumed', { failures });
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) log.error('log-not-published', {}, error);
      }
      if (!again || failures > 0) await pause(Math.min(pollMilliseconds * 2 ** failures, 10_000));
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(wake, milliseconds);
      function wake() {
        clearTimeout(timer);
        nudge = null;
        stopping.signal.removeEventListener('abort', wake);
        resolve();
      }
      nudge = wake;
      stopping.signal.addEventListener('abort', wake);
    });
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
