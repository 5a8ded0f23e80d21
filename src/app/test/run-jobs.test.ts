import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { countJobs, enqueue, type JobRun, retryJobs, type Task, type TaskTable } from '#kernel/jobs';
import { type Database, openDatabase, openPool } from '#kernel/sql';
import { done, refuse } from '#kernel/outcome';
import { act } from '#ledger';
import { emptyDatabase, testDatabase } from '../../../tests/support/database.ts';
import { system, testLedger } from '../../../tests/support/ledger.ts';
import { prepareJobs } from '../job-schema.ts';
import { createLog } from '../log-line.ts';
import { migrate } from '../migrate.ts';
import { rooms } from '../rooms.ts';
import { runJobs } from '../run-jobs.ts';
import { withClient } from '../with-client.ts';

declare module '#kernel/jobs' {
  interface Tasks {
    /** Optional, so that the running application need not do it. */
    'test/try'?: { n: number };
  }
}

const schedules: never[] = [];

/** A log that can be read. */
function keptLog() {
  const lines: string[] = [];
  const sink = { write: (line: string) => lines.push(line) };
  return { lines, log: createLog({ level: 'debug', sink, now: () => new Date() }) };
}

type Tried = { payload: { n: number }; run: JobRun };

/** A runner whose task is given; `until` waits for the nth attempt. */
async function runner(t: TestContext, url: string, work: Task<{ n: number }>, concurrency = 2) {
  const tried: Tried[] = [];
  const waiting = new Set<() => void>();
  const { lines, log } = keptLog();
  const tasks: Partial<TaskTable> = {
    'jobs/forget': () => Promise.resolve(),
    'test/try': async (payload, run) => {
      tried.push({ payload, run });
      try {
        await work(payload, run);
      } finally {
        waiting.forEach((look) => look());
      }
    },
  };
  const jobs = await runJobs({
    url,
    tasks,
    schedules,
    log,
    concurrency,
    beat: { everyMilliseconds: 200, deadAfterSeconds: 1 },
  });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= jobs.stop());
  t.after(stop);
  return {
    tried,
    lines,
    stop,
    until: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (tried.length >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

function database(t: TestContext, url: string): Database {
  const db = openDatabase(openPool(url, { connections: 2 }));
  t.after(() => db.destroy());
  return db;
}

/** Asks until the answer is yes; whoever waits for another process has nothing to be told by. */
async function eventually(question: () => Promise<boolean>): Promise<void> {
  while (!(await question())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a job queued by an act that is refused or fails is never there; one of a committed act is done with its payload', async (t) => {
  const ledger = await testLedger(t, {}, { logs: false });
  const { tried, until, stop } = await runner(t, ledger.url, () => Promise.resolve());
  await act(ledger, system, async (ctx) => {
    await enqueue(ctx.db, 'test/try', { n: 1 });
    return refuse('test/no');
  });
  await assert.rejects(
    act(ledger, system, async (ctx) => {
      await enqueue(ctx.db, 'test/try', { n: 2 });
      throw new Error('a bug');
    }),
    /a bug/,
  );
  assert.equal((await countJobs(ledger.db)).waiting, 0);
  await act(ledger, system, async (ctx) => done(await enqueue(ctx.db, 'test/try', { n: 3 })));
  await until(1);
  assert.deepEqual(
    tried.map(({ payload, run }) => [payload, run.attempt, run.attempts]),
    [[{ n: 3 }, 1, 12]],
  );
  // Before the ledger's own end, which was registered first and drops the database under whoever still writes a result back.
  await stop();
});

test('a job that throws is tried again later and later, is given up after its last attempt and is seen as such; nothing it said is kept', async (t) => {
  const { url } = await testDatabase(t);
  const db = database(t, url);
  const { tried, until, lines, stop } = await runner(t, url, () => {
    throw Object.assign(new Error('no mailbox for ada@example.org'), { code: 'EENVELOPE' });
  });
  await enqueue(db, 'test/try', { n: 1 }, { attempts: 3 });
  for (const [attempt, seconds] of [
    [1, 2],
    [2, 7],
  ] as const) {
    await until(attempt);
    await eventually(async () => {
      const { rows } = await sql`
        update graphile_worker._private_jobs set run_at = now()
        where attempts = ${attempt} and locked_at is null and run_at > now() + make_interval(secs => ${seconds})
        returning id`.execute(db);
      return rows.length > 0;
    });
  }
  await until(3);
  await eventually(async () => (await countJobs(db)).givenUp === 1);
  assert.equal(tried.length, 3);
  assert.deepEqual(await countJobs(db), { waiting: 0, overdueSince: null, givenUp: 1 });
  const { rows } = await sql<{ lastError: string }>`select last_error from graphile_worker.jobs`.execute(db);
  assert.deepEqual(rows, [{ lastError: 'EENVELOPE' }]);
  assert.equal(lines.filter((line) => line.includes('"job-given-up"')).length, 1);
  assert.doesNotMatch(lines.join(''), /ada@|no mailbox|"n":/);
  assert.equal(await retryJobs(db), 1);
  await until(4);
  await stop();
  assert.equal((await countJobs(db)).waiting, 1);
});

test('a waiting job is replaced by one under the same key, and comes not before its time', async (t) => {
  const { url } = await testDatabase(t);
  const db = database(t, url);
  const later = Temporal.Now.instant().add({ hours: 1 });
  await enqueue(db, 'test/try', { n: 1 }, { key: 'one', runAt: later });
  await enqueue(db, 'test/try', { n: 2 }, { key: 'one', runAt: later });
  assert.deepEqual(await countJobs(db), { waiting: 1, overdueSince: null, givenUp: 0 });
  const { tried, until } = await runner(t, url, () => Promise.resolve());
  await enqueue(db, 'test/try', { n: 3 });
  await until(1);
  assert.deepEqual(
    tried.map(({ payload }) => payload.n),
    [3],
  );
  await enqueue(db, 'test/try', { n: 4 }, { key: 'one' });
  await until(2);
  assert.equal(tried[1]?.payload.n, 4);
});

test('stopping waits for the job under way and takes no other', async (t) => {
  const { url } = await testDatabase(t);
  const db = database(t, url);
  const working = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  let ended = 0;
  const { stop, tried } = await runner(
    t,
    url,
    async () => {
      working.resolve();
      await free.promise;
      ended += 1;
      // One at a time, so that the only worker is busy while it hears of the stop.
    },
    1,
  );
  await enqueue(db, 'test/try', { n: 1 });
  await working.promise;
  const stopped = stop();
  await enqueue(db, 'test/try', { n: 2 });
  free.resolve();
  await stopped;
  assert.deepEqual([ended, tried.length, (await countJobs(db)).waiting], [1, 1, 1]);
});

test('the job of a process that was killed in the middle is done by another', async (t) => {
  const { url } = await testDatabase(t);
  const db = database(t, url);
  const root = join(import.meta.dirname, '..', '..', '..');
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'src', 'load.js'), join(root, 'tests', 'faults', 'job-child.ts'), url],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  await enqueue(db, 'jobs/forget', {});
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  assert.equal((await countJobs(db)).waiting, 1);
  const { lines } = await runner(t, url, () => Promise.resolve());
  await eventually(async () => (await countJobs(db)).waiting === 0);
  assert.ok(lines.some((line) => line.includes('"jobs-taken-over"')));
});

test('a living runner keeps a job that takes long', async (t) => {
  const { url } = await testDatabase(t);
  const db = database(t, url);
  const free = Promise.withResolvers<void>();
  const { tried, stop } = await runner(t, url, () => free.promise);
  const other = await runner(t, url, () => Promise.resolve());
  await enqueue(db, 'test/try', { n: 1 });
  // Longer than a silent runner may be.
  await eventually(async () => {
    const { rows } = await sql<{ long: boolean }>`
      select locked_at < now() - interval '1.6 seconds' as long from graphile_worker.jobs`.execute(db);
    return rows.length === 0 || rows[0]?.long === true;
  });
  free.resolve();
  await stop();
  assert.equal(tried.length + other.tried.length, 1);
});

test('a runner outlives its connections', async (t) => {
  const { url } = await testDatabase(t);
  const db = database(t, url);
  const { until, tried } = await runner(t, url, () => Promise.resolve());
  await withClient(url, (client) =>
    client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    ),
  );
  await eventually(() =>
    enqueue(db, 'test/try', { n: 1 }).then(
      () => true,
      () => false,
    ),
  );
  await until(1);
  assert.equal(tried[0]?.payload.n, 1);
});

test('three processes at once make the schema of the queue, and again nothing', async (t) => {
  const { url } = await emptyDatabase(t);
  await migrate({ url, rooms });
  await Promise.all([prepareJobs(url), prepareJobs(url), prepareJobs(url)]);
  await prepareJobs(url);
  assert.equal((await countJobs(database(t, url))).waiting, 0);
});
