import { Agent, request } from 'node:http';
import { type Figure, median } from './print-figures.ts';
import { type Server, startServer } from './start-server.ts';

const rounds = 9;
const requestsPerRound = 4_000;
const warmUp = 3_000;
const goal = 1.5;
const page = '/en/policies/privacy';

/**
 * CPU time of the server process per cached request, ours against a bare node:http server that answers the same bytes with the same
 * headers. Both are asked in turn, so that a busy machine slows both; the ratio of each pair is what counts.
 */
export async function measureCachedPage(): Promise<Figure[]> {
  const ours = await startServer('./serve-sample.ts', []);
  const theirs = await startServer('./serve-bare.ts', [ours.url + page]);
  try {
    for (const server of [ours, theirs]) await load(server.url + page, warmUp);
    const pairs: { ours: number; bare: number }[] = [];
    for (let round = 0; round < rounds; round += 1) pairs.push({ ours: await cost(ours), bare: await cost(theirs) });
    const ratio = median(pairs.map((pair) => pair.ours / pair.bare));
    return [
      { name: 'cached page, CPU against bare node:http', value: `${ratio.toFixed(2)}×`, goal: `≤ ${goal}×`, met: ratio <= goal },
      {
        name: 'cached page, CPU per request',
        value: `${median(pairs.map((pair) => pair.ours)).toFixed(0)} µs`,
        goal: '',
        met: null,
      },
      {
        name: 'bare node:http, CPU per request',
        value: `${median(pairs.map((pair) => pair.bare)).toFixed(0)} µs`,
        goal: '',
        met: null,
      },
    ];
  } finally {
    for (const server of [ours, theirs]) await server.stop();
  }
}

async function cost(server: Server): Promise<number> {
  const before = await server.cpu();
  await load(server.url + page, requestsPerRound);
  return ((await server.cpu()) - before) / requestsPerRound;
}

/** Eight connections that stay open, each asking for the next page as soon as the last has come. */
async function load(url: string, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await ask(url, agent);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  agent.destroy();
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    })
      .on('error', reject)
      .end();
  });
}
