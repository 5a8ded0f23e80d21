import { Agent, request } from 'node:http';
import { matchesPassphrase, hashPassphrase } from '../src/modules/accounts/sign-in/passphrase.ts';
import { type Figure, median } from './print-figures.ts';
import { type Server, startServer } from './start-server.ts';

const perSecond = 100;
const seconds = 10;
const goal = 50;
/** A process that has just begun still compiles what it runs. */
const warmUp = 500;
const passphrase = 'bench passphrase';
/** Each address may be tried ten times. */
const accounts = 200;

type Sent = { readonly path: string; readonly body?: string; readonly expect: number };

/**
 * The doors of the console and the portal at a steady rate, with server, database and this client on one machine. A request is sent when
 * its moment comes, whether or not those before it are answered.
 * A bare server under the same rate tells what the machine itself adds to the slowest.
 */
export async function measureSignIn(): Promise<Figure[]> {
  const server = await startServer('./serve-sign-in.ts', [String(accounts), passphrase]);
  try {
    const pages = { console: '/en/console/sign-in', portal: '/en/me/sign-in' };
    const figures: Figure[] = [];
    for (const path of Object.values(pages))
      figures.push(...(await figuresOf(`GET ${path}`, server, () => ({ path, expect: 200 }), true)));
    const body = (i: number) => new URLSearchParams({ email: `bench-${i % accounts}@example.org`, passphrase }).toString();
    const posted = (i: number) => ({ path: pages.console, body: body(i), expect: 303 });
    figures.push(...(await figuresOf(`POST ${pages.console} without argon2`, server, posted, false)));
    const bare = await startServer('./serve-bare.ts', [server.url + pages.portal]);
    try {
      figures.push(...(await figuresOf('bare node:http, the same page', bare, () => ({ path: '/', expect: 200 }), false)));
    } finally {
      await bare.stop();
    }
    return [...figures, await argon2Cost()];
  } finally {
    await server.stop();
  }
}

async function figuresOf(name: string, server: Server, nth: (i: number) => Sent, promised: boolean): Promise<Figure[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const send = (i: number) => ask(server.url, agent, nth(i));
  for (let i = 0; i < warmUp; i += 1) await send(i);
  const before = await server.cpu();
  const times = (await steadily(send)).toSorted((a, b) => a - b);
  const cpu = ((await server.cpu()) - before) / times.length;
  agent.destroy();
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return [
    {
      name: `${name}, p99 at ${perSecond}/s`,
      value: `${at(0.99).toFixed(1)} ms`,
      goal: promised ? `≤ ${goal} ms` : '',
      met: promised ? at(0.99) <= goal : null,
    },
    { name: `${name}, p50 / server CPU`, value: `${at(0.5).toFixed(1)} ms / ${(cpu / 1000).toFixed(2)} ms`, goal: '', met: null },
  ];
}

/** @returns milliseconds of each request. */
function steadily(send: (i: number) => Promise<void>): Promise<number[]> {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: perSecond * seconds }, async (_, i) => {
      const due = began + (i * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      // Later than its timer was set for is this client's own delay, not the server's.
      const sent = performance.now();
      await send(i);
      return performance.now() - sent;
    }),
  );
}

function ask(url: string, agent: Agent, { path, body, expect }: Sent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { origin: url, 'content-type': 'application/x-www-form-urlencoded' };
    request(url + path, { agent, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      if (response.statusCode !== expect) reject(new Error(`${path} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    })
      .on('error', reject)
      .end(body);
  });
}

async function argon2Cost(): Promise<Figure> {
  const stored = await hashPassphrase(passphrase);
  const costs: { wall: number; cpu: number }[] = [];
  for (let round = 0; round < 9; round += 1) {
    const began = performance.now();
    const before = process.cpuUsage();
    await matchesPassphrase(passphrase, stored);
    const { user, system } = process.cpuUsage(before);
    costs.push({ wall: performance.now() - began, cpu: (user + system) / 1000 });
  }
  const wall = median(costs.map((cost) => cost.wall));
  const cpu = median(costs.map((cost) => cost.cpu));
  return {
    name: 'argon2id of one passphrase, time / CPU',
    value: `${wall.toFixed(0)} ms / ${cpu.toFixed(0)} ms`,
    goal: '',
    met: null,
  };
}
