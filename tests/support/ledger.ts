import { mkdtemp, rm } from 'node:fs/promises';
import type { AllowedFields } from '@troth/tlog';
import type { Actor, Secrets } from '../../src/kernel/context.ts';
import { deriveKey, seal, sha256, unseal } from '../../src/kernel/crypto.ts';
import { type Database, openDatabase, openPool } from '../../src/kernel/sql.ts';
import { act, createLogs, type Ledger, type StateStore } from '../../src/ledger/index.ts';
import { done } from '../../src/kernel/outcome.ts';
import { testDatabase } from './database.ts';

type Hooks = { after(hook: () => Promise<void>): void };

export const system: Actor = { kind: 'system', name: 'test' };
export const visitor: Actor = { kind: 'visitor' };

export function testSecrets(root = new Uint8Array(32).fill(7)): Secrets {
  const key = deriveKey(root, 'database');
  return { seal: (place, plain) => seal(key, place, plain), unseal: (place, box) => unseal(key, place, box) };
}

/** A clock that stands still until it is moved. */
export type TestClock = {
  readonly now: () => Temporal.Instant;
  advance(duration: Temporal.DurationLike): void;
  set(instant: string): void;
};

export function testClock(start = '2026-11-02T09:00:00.000Z'): TestClock {
  let instant = Temporal.Instant.from(start);
  return {
    now: () => instant,
    advance(duration) {
      instant = instant.add(duration);
    },
    set(text) {
      instant = Temporal.Instant.from(text);
    },
  };
}

const tagOf = (bytes: Uint8Array) => sha256(bytes).toString('hex');

/** A state store in memory, to look into and to tamper with. */
export function memoryStore(): StateStore & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    get(key) {
      const bytes = files.get(key);
      return Promise.resolve(bytes && { bytes, tag: tagOf(bytes) });
    },
    put(key, bytes) {
      files.set(key, Uint8Array.from(bytes));
      return Promise.resolve();
    },
    putIfMatch(key, bytes, tag) {
      const present = files.get(key);
      if ((present && tagOf(present)) !== tag) return Promise.resolve(undefined);
      files.set(key, Uint8Array.from(bytes));
      return Promise.resolve(tagOf(bytes));
    },
    list: (prefix) => Promise.resolve([...files.keys()].filter((key) => key.startsWith(prefix)).toSorted()),
  };
}

export type TestLedger = Ledger & { readonly clock: TestClock; readonly url: string; open(): Database };

/** A migrated database of its own with both logs, seen through the same front door as the application uses. */
export async function testLedger(
  t: Hooks,
  leafFields: AllowedFields,
  { logs = true }: { logs?: boolean } = {},
): Promise<TestLedger> {
  const { url } = await testDatabase(t);
  const clock = testClock();
  const open = () => {
    const pool = openPool(url, { connections: 4 });
    const db = openDatabase(pool);
    t.after(() => db.destroy());
    return db;
  };
  const ledger: TestLedger = {
    db: open(),
    secrets: testSecrets(),
    leafFields,
    now: clock.now,
    wake: () => undefined,
    clock,
    url,
    open,
  };
  if (logs) await act(ledger, system, async (ctx) => done(await createLogs(ctx, 'trust.example.test')));
  return ledger;
}

export async function temporaryFolder(t: Hooks): Promise<string> {
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = await mkdtemp(join(tmpdir(), 'troth-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
