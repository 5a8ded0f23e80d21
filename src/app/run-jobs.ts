import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type JobHelpers, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker';
import { Pool } from 'pg';
import type { Schedule, Task, TaskTable } from '#kernel/jobs';
import { jobSchema, silent } from './job-schema.ts';
import type { Log } from './log-line.ts';

export type JobRunner = {
  readonly url: string;
  /** All of the application's; a test may leave some out, which are then not taken. */
  readonly tasks: Partial<TaskTable>;
  readonly schedules: readonly Schedule[];
  readonly log: Log;
  /** Jobs at a time; each waits for a network or a database most of its life. */
  readonly concurrency?: number;
  readonly beat?: Beat;
};

type Beat = {
  /** Between two signs of life, and between two looks for runners that gave none. */
  readonly everyMilliseconds: number;
  /** A runner this long without one counts as dead. */
  readonly deadAfterSeconds: number;
};

// A hint of the database wakes a worker at once; behind a pooler in transaction mode none arrives, and the poll finds the job.
const pollMilliseconds = 1_000;
const largestFailures = 5;
const usualBeat: Beat = { everyMilliseconds: 10_000, deadAfterSeconds: 60 };

/**
 * Does queued jobs in this process until stopped; any number of processes may do so at once. Uses one connection to listen and
 * one for each two jobs at a time. A lost database is waited for.
 * @returns `stop`, which takes no new job and waits for those under way; after five seconds their signal is aborted.
 */
export async function runJobs(options: JobRunner): Promise<{ stop(): Promise<void> }> {
  const { url, log, concurrency = 4, beat = usualBeat } = options;
  const pool = new Pool({ connectionString: url, max: 2 + Math.ceil(concurrency / 2), connectionTimeoutMillis: 10_000 });
  pool.on('error', () => {});
  pool.on('connect', (connection) => connection.on('error', () => {}));
  const stopping = new AbortController();
  let state = await open(options, pool, concurrency);
  const keeping = keepRunning();
  const beating = keepBeating();

  /** The library ends its runner when it could not write a result back; the job is then tried again like one of a killed process. */
  async function keepRunning(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        await state.runner.promise;
      } catch (error) {
        log.error('jobs-interrupted', {}, error);
      }
      if (stopping.signal.aborted) return;
      failures += 1;
      await pause(Math.min(250 * 2 ** failures, 10_000), undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        state = await open(options, pool, concurrency);
        failures = 0;
        if (stopping.signal.aborted) await state.runner.stop().catch(() => {});
      } catch {
        // The database is still away; the pause grows.
      }
    }
  }

  async function keepBeating(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const freed = await giveSign(pool, state.id(), beat.deadAfterSeconds);
        if (freed > 0) log.warn('jobs-taken-over', { runners: freed });
      } catch {
        // Without its database a runner does nothing either; the next beat tells that it is back.
      }
      await pause(beat.everyMilliseconds, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  return {
    async stop() {
      stopping.abort();
      await state.runner.stop().catch(() => {});
      await Promise.all([keeping, beating]);
      await pool.query('delete from kernel.job_runner where id = $1', [state.id()]).catch(() => {});
      await pool.end();
    },
  };
}

type Running = { readonly runner: Runner; readonly id: () => string };

async function open({ tasks, schedules, log }: JobRunner, pool: Pool, concurrency: number): Promise<Running> {
  const events: WorkerEvents = new EventEmitter();
  let id = '';
  // Under this id the library locks what it works on.
  events.on('pool:create', ({ workerPool }) => (id = workerPool.id));
  events.on('job:error', ({ job, error }) => {
    const facts = { task: job.task_identifier, attempt: job.attempts, attempts: job.max_attempts };
    if (job.attempts >= job.max_attempts) log.error('job-given-up', facts, causeOf(error));
    else log.warn('job-failed', { ...facts, code: codeOf(causeOf(error)) });
  });
  events.on('job:success', ({ job }) => log.debug('job-done', { task: job.task_identifier, attempt: job.attempts }));
  // One failure at the start stays with the library's runner for ever: it remembers the answer it did not get. A new one asks again.
  let failures = 0;
  events.on('worker:getJob:empty', () => (failures = 0));
  events.on('job:start', () => (failures = 0));
  events.on('worker:getJob:error', () => {
    failures += 1;
    if (failures === largestFailures) void runner.stop().catch(() => {});
  });
  const runner = await run({
    pgPool: pool,
    schema: jobSchema,
    logger: silent,
    events,
    concurrency,
    pollInterval: pollMilliseconds,
    noHandleSignals: true,
    noPreparedStatements: true,
    taskList: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, guarded(task)])),
    parsedCronItems: parseCronItems(schedules.map(({ task, at }) => ({ task, match: at, identifier: task }))),
  });
  return { runner, id: () => id };
}

function guarded(task: Task<never>): (payload: unknown, helpers: JobHelpers) => Promise<void> {
  return async (payload, { job, abortSignal }) => {
    try {
      // The queue holds what `enqueue` put in, and the compiler checked it there.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      await task(payload as never, { attempt: job.attempts, attempts: job.max_attempts, signal: abortSignal });
    } catch (error) {
      // The library stores the message beside the job, and what a mail server answers repeats addresses.
      throw new Error(codeOf(error), { cause: error });
    }
  };
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? error) : error;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/**
 * Tells that this runner lives, and gives the jobs of silent ones to the others; the library itself would wait four hours.
 * @returns how many runners' jobs were given away.
 */
async function giveSign(pool: Pool, id: string, deadAfterSeconds: number): Promise<number> {
  await pool.query(
    `insert into kernel.job_runner as runner (id, seen_at) values ($1, now())
     on conflict (id) do update set seen_at = excluded.seen_at`,
    [id],
  );
  const dead = 'seen_at < now() - make_interval(secs => $1)';
  const { rows } = await pool.query<{ ids: string[] | null }>(
    `select array_agg(distinct locked_by) as ids from ${jobSchema}.jobs
     where locked_at < now() - make_interval(secs => $1)
       and not exists (select from kernel.job_runner where id = locked_by and not (${dead}))`,
    [deadAfterSeconds],
  );
  const ids = rows[0]?.ids ?? [];
  if (ids.length > 0) await pool.query(`select ${jobSchema}.force_unlock_workers($1)`, [ids]);
  await pool.query(`delete from kernel.job_runner where ${dead}`, [deadAfterSeconds]);
  return ids.length;
}
