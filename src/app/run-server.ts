import { mailDelivery } from './mail-settings.ts';
import { once } from 'node:events';
import packageFile from '../../package.json' with { type: 'json' };
import { sha256 } from '#kernel/crypto';
import { outboundFetch } from '#kernel/fetch';
import { describeDevice, SessionCache, wakeWebhooks } from '#accounts';
import { act, observe, readLogs } from '#ledger';
import { type Organisation, readOrganisation, recordRelease } from '#organisation';
import { visitorLimits } from '../surfaces/api/visitor-limits.ts';
import { buildAssets } from '../surfaces/build-assets.ts';
import { judgeHealth } from '../surfaces/console/judge-health.ts';
import type { Site } from '../surfaces/site.ts';
import { clientAddress } from './client-address.ts';
import type { Installation } from './installation.ts';
import { operator } from './installation.ts';
import { hearChanges } from './hear-changes.ts';
import { runJobs } from './run-jobs.ts';
import { resume, schedules, tasksOf } from './wiring.ts';
import { keepLogs } from './keep-logs.ts';
import type { Log } from './log-line.ts';
import { measureHealth } from './measure-health.ts';
import { createTrothServer } from './serve.ts';
import { offlineVerifierFor } from './offline-verifier.ts';
import { StartupProblem, errorCode } from './startup-problem.ts';

export type RunningServer = { readonly url: string; stop(): Promise<void> };

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Serves one installation until `stop`: first no new requests, then the ones under way, then the logs, so that nothing recorded is left unsigned. */
export async function runServer(installation: Installation, log: Log): Promise<RunningServer> {
  const { config, ledger } = installation;
  const addresses = new WeakMap<Request, string>();
  const site = await openSite(installation, addresses);
  const health = {
    problems: async () =>
      judgeHealth(await site.health(), ledger.now()).flatMap(({ part, state }) =>
        // A database that tells nothing about itself is one that nobody reaches.
        state === 'broken' || (part === 'database' && state === 'unknown') ? [part] : [],
      ),
    figures: () => figures(installation),
  };
  const { server, pages } = createTrothServer({
    site,
    stories: config.stories,
    addresses,
    clientOf: clientAddress(config.trustedProxies),
    health,
    log,
    offlineVerifier: offlineVerifierFor(site),
  });
  await refusePublicHttp(installation);
  // At once in this process, without waiting for the notification. Which tables an act wrote is not asked: one forgotten would let
  // somebody in.
  installation.onRecord(() => site.sessions.changed());
  const stateRelease = releaseStater(installation, site, log);
  // On record before the first of its files is served.
  await stateRelease();
  server.listen(config.port, config.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw errorCode(error) === 'EADDRINUSE'
      ? new StartupProblem(`Port ${config.port} on ${config.host} is in use. Stop what uses it, or set PORT to another one.`)
      : error;
  }
  const logs = keepLogs(installation, log, async () => {
    pages.drop();
    await stateRelease();
    await wakeWebhooks(ledger.db);
  });
  await resume(installation);
  const changes = await hearChanges(installation.database.url, site.sessions, log);
  const jobs = await runJobs({ url: installation.database.url, tasks: tasksOf(installation), schedules, log });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server that listens has a port');
  const { port } = address;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), 10_000);
      await closed;
      clearTimeout(patience);
      await changes.stop();
      await jobs.stop();
      await logs.stop();
    },
  };
}

/** What the surfaces are given. The organisation is read at each use: another process may have changed it. */
export async function openSite(installation: Installation, addresses = new WeakMap<Request, string>()): Promise<Site> {
  const { ledger, store, config, database } = installation;
  let known: Organisation | null = null;
  return {
    ledger,
    store,
    assets: await buildAssets(),
    limits: visitorLimits(ledger, (request) => addresses.get(request) ?? ''),
    sessions: new SessionCache(),
    fetch: outboundFetch({ allow: config.outboundAllow }),
    deviceOf: (request) => describeDevice(request.headers.get('user-agent'), addresses.get(request) ?? ''),
    insecureHttp: config.insecureHttp,
    // By the confirmed public address and not by a header: a proxy in front may or may not tell.
    secureCookies: () => known?.publicUrl.startsWith('https:') ?? false,
    mail: mailDelivery(config),
    trialDatabase: database.kind === 'own',
    running: { troth: packageFile.version, node: process.version, timeZone: Temporal.Now.timeZoneId() },
    async organisation() {
      known = await readOrganisation(observe(ledger, operator));
      return known;
    },
    health: () => measureHealth(installation),
  };
}

/**
 * Which files run in visitors' browsers stands in the public record; a new release states its own. Tried whenever the record grows,
 * because before set-up there is none to state it in.
 */
function releaseStater({ ledger }: Installation, site: Site, log: Log): () => Promise<void> {
  const files = site.assets.all
    .filter(({ name }) => name.endsWith('.js'))
    .map(({ name, bytes }) => `${name} ${sha256(bytes).toString('hex')}`)
    .toSorted();
  let known = false;
  return async () => {
    if (known) return;
    try {
      await act(ledger, operator, (ctx) => recordRelease(ctx, { version: site.running.troth, files }));
      known = (await site.organisation()) !== null;
    } catch (error) {
      log.error('release-not-stated', {}, error);
    }
  };
}

/** Another address than this machine's is served over TLS by a proxy, which an https public address is the sign of. */
async function refusePublicHttp({ config, ledger }: Installation): Promise<void> {
  if (loopback.has(config.host) || config.insecureHttp) return;
  const organisation = await readOrganisation(observe(ledger, operator));
  if (organisation?.publicUrl.startsWith('https:')) return;
  throw new StartupProblem(
    `HOST is ${config.host}, which others can reach, but the public address is not https yet. Put a TLS proxy in front and set up with its ` +
      'https address, or, on a network you trust, start with --insecure-http.',
  );
}

async function figures({ ledger }: Installation): Promise<Record<string, number>> {
  const logs = await readLogs(ledger.db);
  return {
    ...Object.fromEntries(
      logs.flatMap(({ id, size, signedAt }) => [
        [`log_${id}_entries`, size],
        ...(signedAt ? [[`log_${id}_signed_timestamp_seconds`, signedAt.epochMilliseconds / 1000]] : []),
      ]),
    ),
    process_resident_memory_bytes: process.memoryUsage.rss(),
    process_uptime_seconds: process.uptime(),
  };
}
