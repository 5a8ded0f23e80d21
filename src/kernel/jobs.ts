import { sql } from 'kysely';
import type { Json } from './context.ts';
import type { Database } from './sql.ts';

/**
 * Every room adds its tasks here by declaration merging, name to payload: `'mail/send': { message: string }`.
 * A payload names rows and holds no personal data: it lies unsealed in the queue, and outlives an erasure there.
 */
export interface Tasks {
  /** Housekeeping: forgets jobs that were given up long ago. */
  'jobs/forget': Record<string, never>;
}

export type TaskName = keyof Tasks;

export type JobRun = {
  /** Which attempt this is, from 1, and how many there will be. */
  readonly attempt: number;
  readonly attempts: number;
  /** Aborted when the process is told to stop: long waits end, the job is tried again elsewhere. */
  readonly signal: AbortSignal;
};

/**
 * Does one job. Runs at least once and sometimes twice (the process was killed after the work and before the receipt), so doing it
 * again must change nothing. A throw is a failed attempt; the next follows after e^attempt seconds, at most six hours.
 */
export type Task<Payload> = (payload: Payload, run: JobRun) => Promise<void>;

/** What the process that runs jobs is wired with: a task that nobody does would not compile. */
export type TaskTable = { readonly [Name in keyof Tasks]: Task<NonNullable<Tasks[Name]>> };

/** A task done at fixed times by one of all processes: a crontab line, in UTC. */
export type Schedule = { readonly [Name in TaskName]: { readonly task: Name; readonly at: string } }[TaskName];

export type JobOptions = {
  /** Not before; at once when left out. */
  readonly runAt?: Temporal.Instant;
  /** A job that waits under the same key is replaced; one that is being done is followed by this one. */
  readonly key?: string;
  /** With a key: leaves a job that is there as it is, waiting, under way or given up. */
  readonly onlyIfNew?: true;
  /** Attempts before it is given up. Twelve take about sixteen hours. */
  readonly attempts?: number;
};

/**
 * Queues a job in the caller's transaction: with it committed or, when the act is refused or fails, never there.
 * @param db The transaction, `ctx.db`.
 */
export async function enqueue<Name extends TaskName>(
  db: Database,
  task: Name,
  payload: NonNullable<Tasks[Name]> & Json,
  { runAt, key, attempts = 12, onlyIfNew }: JobOptions = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(identifier => ${task}, payload => ${JSON.stringify(payload)}::json,
      run_at => ${runAt ?? null}::timestamptz, job_key => ${key ?? null}::text, max_attempts => ${attempts}::integer,
      job_key_mode => ${onlyIfNew ? 'unsafe_dedupe' : 'replace'}::text)`.execute(db);
}

export type JobCounts = {
  /** To be done, under way or waiting for another attempt. */
  readonly waiting: number;
  /** Since when the longest overdue one could have been done; `null` when none is overdue. */
  readonly overdueSince: Temporal.Instant | null;
  /** Failed at their last attempt; they stay for thirty days. */
  readonly givenUp: number;
};

export async function countJobs(db: Database): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select count(*) filter (where attempts < max_attempts or locked_at is not null)::integer as waiting,
      min(run_at) filter (where attempts < max_attempts and locked_at is null and run_at <= now()) as overdue_since,
      count(*) filter (where attempts >= max_attempts and locked_at is null)::integer as given_up
    from graphile_worker.jobs`.execute(db);
  return rows[0] ?? { waiting: 0, overdueSince: null, givenUp: 0 };
}

/** Gives every given-up job its attempts again. @returns how many. */
export async function retryJobs(db: Database): Promise<number> {
  const { rows } = await sql<{ ids: string[] | null }>`
    select array_agg(id::text) as ids from graphile_worker.jobs where attempts >= max_attempts and locked_at is null`.execute(db);
  const ids = rows[0]?.ids ?? [];
  if (ids.length > 0)
    await sql`select graphile_worker.reschedule_jobs(${ids}::bigint[], run_at => now(), attempts => 0)`.execute(db);
  return ids.length;
}

/** Removes jobs given up more than thirty days ago. */
export async function forgetJobs(db: Database): Promise<void> {
  const { rows } = await sql<{ ids: string[] | null }>`
    select array_agg(id::text) as ids from graphile_worker.jobs
    where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '30 days'`.execute(db);
  await sql`select graphile_worker.complete_jobs(${rows[0]?.ids ?? []}::bigint[])`.execute(db);
}
