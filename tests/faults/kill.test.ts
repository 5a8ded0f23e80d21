import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { parseCheckpoint, parseVkey, proveConsistency, tilePath, verifyConsistency, verifyNote } from '@troth/tlog';
import { openDatabase } from '../../src/app/database/open-database.ts';
import { readPostmasterFile } from '../../src/app/database/postmaster-file.ts';
import { folderStore } from '../../src/app/folder-store.ts';
import { migrate } from '../../src/app/migrate.ts';
import { rooms } from '../../src/app/rooms.ts';
import { done } from '../../src/kernel/outcome.ts';
import type { Database } from '../../src/kernel/sql.ts';
import {
  act,
  createLogs,
  publishCheckpoint,
  reconcileStore,
  sequencePrivate,
  sequencePublic,
  type StateStore,
} from '../../src/ledger/index.ts';
import { system } from '../support/ledger.ts';
import { childLedger, type Told } from './child-ledger.ts';

const kills = process.env['TROTH_DEEP'] === '1' ? 50 : 6;
const root = join(import.meta.dirname, '..', '..');
const logs = ['public', 'private'] as const;

/** Everything the killed told before they died. */
class Witness {
  readonly recorded = { public: new Set<string>(), private: new Set<string>() };
  readonly released = { public: new Set<string>(), private: new Set<string>() };
  readonly places = new Map<string, string>();
  readonly #news = new EventEmitter();

  hear(told: Told): void {
    if (told.tell === 'fault') this.#news.emit('error', new Error(told.message));
    else if (told.tell === 'recorded') {
      this.recorded[told.log].add(told.id);
      this.#news.emit('recorded');
    } else this.released[told.key.startsWith('public/') ? 'public' : 'private'].add(told.note);
    this.#news.emit('news');
  }

  /** Until so many more of everything are heard. */
  async more(events: number, notes: number): Promise<void> {
    const sizes = () => logs.map((log) => [this.recorded[log].size, this.released[log].size] as const);
    const before = sizes();
    const enough = () =>
      sizes().every(
        ([recorded, released], at) => recorded >= (before[at]?.[0] ?? 0) + events && released >= (before[at]?.[1] ?? 0) + notes,
      );
    while (!enough()) await once(this.#news, 'news');
  }

  /** The next acknowledgement: whoever dies at this moment is most likely to lose what was told too early. */
  async acknowledgement(): Promise<void> {
    await once(this.#news, 'recorded');
  }

  /** An index once given stays with its event, whatever dies in between. */
  async comparePlaces(db: Database): Promise<void> {
    const rows = await db.selectFrom('ledger.event').select(['log', 'index', 'id']).where('index', 'is not', null).execute();
    for (const { log, index, id } of rows) {
      const place = `${log}/${index}`;
      assert.equal(this.places.get(place) ?? id, id, `${place} was given twice`);
      this.places.set(place, id);
    }
    assert.ok(rows.length >= this.places.size, 'an index was taken away');
  }
}

/** A process that is replaced when it was killed. */
function start(witness: Witness, file: string, ...argument: string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'src', 'load.js'), join(import.meta.dirname, file), ...argument],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    // The last line may be cut off; only a whole one is an acknowledgement.
    if (!line.endsWith('}')) return;
    const told: Told = JSON.parse(line);
    witness.hear(told);
  });
  child.on('exit', (code) => {
    if (code !== null) witness.hear({ tell: 'fault', message: `${file} ended by itself with ${code}` });
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

test(
  `after ${kills} kills of writers, publishers and the database nothing acknowledged is lost and one history was ever released`,
  { skip: process.platform === 'win32', timeout: kills * 15_000 },
  async (t) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'troth-kill-')));
    chmodSync(folder, 0o711);
    // Stops the server and removes the folder when this process ends, in whatever way.
    const guard = spawn(process.execPath, [join(root, 'tests', 'support', 'clear-up.ts'), folder], {
      stdio: ['pipe', 'ignore', 'inherit'],
      detached: true,
    });
    const children: ChildProcess[] = [];
    const prefer = process.env['TROTH_TEST_POSTGRES'] === 'system' ? 'system' : 'npm';
    const database = await openDatabase({ dataFolder: folder, prefer });
    const ledger = childLedger(database.url);
    t.after(async () => {
      await Promise.all(children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map(kill));
      await ledger.db.destroy();
      await database.stop();
      guard.stdin.end();
      await once(guard, 'exit');
    });
    await migrate({ url: database.url, rooms });
    await act(ledger, system, async (ctx) => done(await createLogs(ctx, 'trust.example.test')));
    const store = folderStore(join(folder, 'store'));
    await reconcileStore(ledger.db, store);

    const witness = new Witness();
    const programs = {
      writer: () => start(witness, 'recording-child.ts', database.url),
      publisher: () => start(witness, 'publishing-child.ts', database.url, join(folder, 'store')),
    };
    const running = { writer: [programs.writer(), programs.writer()], publisher: [programs.publisher(), programs.publisher()] };
    children.push(...running.writer, ...running.publisher);

    for (let round = 0; round < kills; round += 1) {
      await witness.more(5 + randomInt(10), 1);
      await hearStore(witness, store);
      const victim = (['database', 'publisher', 'writer'] as const)[round % 3] ?? 'writer';
      if (victim === 'database') {
        await witness.comparePlaces(ledger.db);
        const { pid } = readPostmasterFile(join(folder, 'postgres')) ?? assert.fail('it runs');
        await witness.acknowledgement();
        process.kill(pid, 'SIGKILL');
        continue;
      }
      const at = randomInt(2);
      await witness.acknowledgement();
      await kill(running[victim][at] ?? assert.fail('it was started'));
      const fresh = programs[victim]();
      running[victim][at] = fresh;
      children.push(fresh);
    }
    await witness.more(5, 1);
    await Promise.all([...running.writer, ...running.publisher].map(kill));
    await hearStore(witness, store);

    await reconcileStore(ledger.db, store);
    const scope = { db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() };
    while ((await sequencePublic(ledger.db)) > 0);
    while ((await sequencePrivate(ledger.db, ledger.now().add({ hours: 1 }), Temporal.Duration.from({ milliseconds: 1 }))) > 0);
    for (const log of logs) await publishCheckpoint(scope, log);
    await reconcileStore(ledger.db, store);
    await hearStore(witness, store);
    await witness.comparePlaces(ledger.db);
    for (const log of logs) await checkLog(witness, ledger.db, store, log);
    const [events, notes] = [witness.recorded, witness.released].map((sets) => sets.public.size + sets.private.size);
    console.log(`${kills} kills, ${events} acknowledged events, ${notes} checkpoints`);
  },
);

async function hearStore(witness: Witness, store: StateStore): Promise<void> {
  for (const log of logs) {
    const stored = await store.get(`${log}/checkpoint`);
    if (stored) witness.hear({ tell: 'released', key: `${log}/checkpoint`, note: Buffer.from(stored.bytes).toString('utf8') });
  }
}

async function checkLog(witness: Witness, db: Database, store: StateStore, log: 'public' | 'private'): Promise<void> {
  const rows = await db
    .selectFrom('ledger.event')
    .select(['id', 'index', 'object', 'seq'])
    .where('log', '=', log)
    .orderBy('index')
    .execute();
  assert.deepEqual(
    rows.map(({ index }) => index),
    Array.from(rows, (_, index) => index),
    `the ${log} log is dense`,
  );
  const kept = new Set(rows.map(({ id }) => id));
  assert.deepEqual(
    [...witness.recorded[log]].filter((id) => !kept.has(id)),
    [],
    'acknowledged and lost',
  );
  const heads = new Map<string, number>();
  for (const { object, seq } of rows) {
    if (object === null || seq === null) continue;
    assert.equal(seq, (heads.get(object) ?? 0) + 1, 'the events of one object stand in their order');
    heads.set(object, seq);
  }

  const { verifierKey, size } = await db.selectFrom('ledger.log').selectAll().where('id', '=', log).executeTakeFirstOrThrow();
  const key = parseVkey(verifierKey);
  assert(key.ok);
  assert.equal(size, rows.length);
  const checkpoints = [...witness.released[log]].map((text) => {
    const note = verifyNote(text, [key.value]);
    const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
    assert(checkpoint.ok);
    return checkpoint.value;
  });
  const newest = checkpoints.find((checkpoint) => checkpoint.size === size) ?? assert.fail('all of it is signed');
  assert.equal(new Set(checkpoints.map((checkpoint) => checkpoint.size)).size, checkpoints.length, 'one size has one root');
  const readTile = async (level: number, n: number, width: number) => {
    const key = `${log}/${tilePath({ level, n, width })}`;
    return (await store.get(key))?.bytes ?? assert.fail(`${key} is missing`);
  };
  for (const older of checkpoints) {
    const proof = await proveConsistency(readTile, older.size, size);
    assert(verifyConsistency(older, newest, proof), `the ${log} log of ${older.size} is not the beginning of that of ${size}`);
  }
}
