/** What was measured a moment ago; `null` where it could not be measured. */
export type HealthFacts = {
  database: {
    /** `own`: the one Troth brought along, for a trial. */
    kind: 'own' | 'given';
    /** As the server names itself: `18.4`. */
    version: string;
  } | null;
  logs: readonly {
    name: 'public' | 'private';
    /** Entries recorded, and how many of them a signed checkpoint covers. */
    size: number;
    signedSize: number;
    signedAt: Temporal.Instant | null;
    /** The oldest entry that waits for a checkpoint. */
    waitingSince: Temporal.Instant | null;
  }[];
  store: { kind: 'folder' | 'object-store'; writable: boolean } | null;
  /** Clock of this machine minus that of the database, in seconds. Only a difference between the two can be seen from here. */
  clock: { aheadSeconds: number } | null;
  disk: { freeBytes: number; totalBytes: number } | null;
  /** Work put off, such as mail: what waits, since when the oldest could have been done, what failed at its last attempt. */
  jobs: { waiting: number; overdueSince: Temporal.Instant | null; givenUp: number } | null;
  /** `none`: no server is named, so messages wait. `failed` counts those given up in the last seven days. */
  mail: { delivery: 'smtp' | 'catch' | 'none'; waiting: number; failed: number } | null;
};

export type HealthState = 'broken' | 'unknown' | 'warn' | 'good';
export type HealthLine = {
  part: 'database' | 'log-public' | 'log-private' | 'store' | 'clock' | 'disk' | 'jobs' | 'mail';
  state: HealthState;
};

const order: readonly HealthState[] = ['broken', 'unknown', 'warn', 'good'];

// The promise is one second for the public log and ten for the private; a minute means that the publisher stands still.
const longestWaitSeconds = 60;
// A leaf carries the time of this machine; beyond a few seconds a stranger could tell that it lies.
const largestSkewSeconds = 5;
// PostgreSQL stops when it cannot write its journal, 1 GB by default (max_wal_size).
const leastFreeBytes = 1024 ** 3;

// Never called broken: a machine that is taken out of service for late work makes the rest of it later.
const longestOverdueSeconds = 300;

function overdue(since: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return since !== null && now.since(since).total('seconds') > longestOverdueSeconds;
}

/** Which part of the installation is in which state; what is broken comes first, and unknown is never good. */
export function judgeHealth(facts: HealthFacts, now: Temporal.Instant): HealthLine[] {
  const { database, store, clock, disk, jobs, mail } = facts;
  const log = (name: 'public' | 'private'): HealthState => {
    const found = facts.logs.find((candidate) => candidate.name === name);
    if (!found) return 'unknown';
    if (!found.waitingSince) return 'good';
    return now.since(found.waitingSince).total('seconds') > longestWaitSeconds ? 'broken' : 'good';
  };
  const lines: HealthLine[] = [
    { part: 'database', state: database === null ? 'unknown' : database.kind === 'own' ? 'warn' : 'good' },
    { part: 'log-public', state: log('public') },
    { part: 'log-private', state: log('private') },
    { part: 'store', state: store === null ? 'unknown' : store.writable ? 'good' : 'broken' },
    {
      part: 'clock',
      state: clock === null ? 'unknown' : Math.abs(clock.aheadSeconds) > largestSkewSeconds ? 'broken' : 'good',
    },
    { part: 'disk', state: disk === null ? 'unknown' : disk.freeBytes < leastFreeBytes ? 'broken' : 'good' },
    { part: 'jobs', state: jobs === null ? 'unknown' : jobs.givenUp > 0 || overdue(jobs.overdueSince, now) ? 'warn' : 'good' },
    { part: 'mail', state: mail === null ? 'unknown' : mail.delivery === 'none' || mail.failed > 0 ? 'warn' : 'good' },
  ];
  return lines.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}
