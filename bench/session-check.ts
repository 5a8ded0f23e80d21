import {
  describeDevice,
  openSession,
  readStaffSession,
  readUserSession,
  SessionCache,
  takeAllowance,
} from '../src/modules/accounts/index.ts';
import { act, type Ledger, observe } from '../src/ledger/index.ts';
import { type Figure, median } from './print-figures.ts';
import { withSampleServer } from './sample-server.ts';

const goal = 60;
const visitor = { kind: 'visitor' } as const;
const device = describeDevice('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '203.0.113.7');

/**
 * CPU time of this process for one check of who holds a cookie, kept and not, beside one taken from a shared allowance. What the
 * database itself spends is in none of them. Rounds take turns, so that a busy machine slows all alike.
 */
export async function measureSessionCheck(): Promise<Figure[]> {
  return withSampleServer(async ({ installation: { ledger } }) => {
    const [staff, user] = [await tokenOf(ledger, 'staff'), await tokenOf(ledger, 'user')];
    const cache = new SessionCache();
    cache.listening();
    const none = new SessionCache();
    const ctx = () => observe(ledger, visitor);
    const check = {
      'session check of staff, kept': () => readStaffSession(ctx(), { token: staff }, cache),
      'session check of a user, kept': () => readUserSession(ctx(), { token: user }, cache),
      'session check of staff, from the database': () => readStaffSession(ctx(), { token: staff }, none),
      'session check of a user, from the database': () => readUserSession(ctx(), { token: user }, none),
      'allowance taken': () => takeAllowance(ctx(), 'bench', { burst: 60_000, seconds: 60 }),
    };
    const names = ['session check of staff, kept', 'session check of a user, kept'];
    const found = new Map<string, number[]>();
    for (let round = 0; round < 8; round += 1)
      for (const [name, once] of Object.entries(check)) {
        const cost = await cpuOf(once, names.includes(name) ? 4_000 : 400);
        // The first round warms up.
        if (round > 0) found.set(name, [...(found.get(name) ?? []), cost]);
      }
    return [...found].map(([name, costs]) => {
      const cost = median(costs);
      const promised = names.includes(name);
      return {
        name: `${name}, CPU`,
        value: `${cost.toFixed(0)} µs`,
        goal: promised ? `≤ ${goal} µs` : '',
        met: promised ? cost <= goal : null,
      };
    });
  });
}

/** Microseconds of CPU a call. */
async function cpuOf(once: () => Promise<unknown>, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await once();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

async function tokenOf(ledger: Ledger, kind: 'staff' | 'user'): Promise<string> {
  const id = crypto.randomUUID();
  const now = ledger.now();
  await ledger.db
    .insertInto('accounts.account')
    .values({
      id,
      kind,
      email: `${kind}@bench.example`,
      name: null,
      passphraseHash: null,
      passphraseSetAt: null,
      createdAt: now,
      leftAt: null,
    })
    .execute();
  if (kind === 'staff')
    await ledger.db
      .insertInto('accounts.assignment')
      .values({ accountId: id, role: 'owner', departmentId: null, grantedAt: now })
      .execute();
  const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: id, method: 'passphrase', device }));
  if (!opened.ok) throw new Error(opened.refusal);
  return opened.value.token;
}
