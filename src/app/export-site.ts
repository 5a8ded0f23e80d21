import { entryBundlesBetween, parseCheckpoint, parseNote, tilePath, tilesOf } from '@troth/tlog';
import { readEntry, readPublicLog } from '#ledger';
import type { Organisation } from '#organisation';
import { serveLog } from '../surfaces/log/serve-log.ts';
import type { Site } from '../surfaces/site.ts';
import { feedAtom, feedJson } from '../surfaces/trust/feeds.tsx';
import { problemResponse } from '../surfaces/trust/problem-response.ts';
import { renderAddress } from '../surfaces/trust/render-address.ts';
import { listAddresses, listEntryAddresses, robots, securityText, sitemap } from '../surfaces/trust/site-files.ts';
import { type BodyHeaders, hostingHeaders } from './hosting-headers.ts';
import { renderLanguageChooser } from './language-chooser.ts';
import { type Put, replaceFolder, type Replaced } from './replace-folder.ts';
import { StartupProblem } from './startup-problem.ts';

export type Export = {
  readonly site: Site;
  /** The folder to be replaced; made when missing. */
  readonly out: string;
  readonly offlineVerifier: () => Promise<Uint8Array | null>;
  /** Called after each page. */
  readonly step: (at: number, total: number) => void;
  readonly signal: AbortSignal;
};

/** Pages name the size of the log at their foot; a record that grows while they are made would be shown at two sizes. */
const mostAttempts = 3;

/**
 * Writes the whole public side as files for any static host: every page is the very bytes that the server sends. What needs a
 * server is not in it: search, asking a question, the portal, and older pages of the log than its newest.
 * @throws StartupProblem before set-up, or when the folder is not ours to replace.
 */
export async function exportSite(job: Export): Promise<Replaced> {
  const { site, out } = job;
  const organisation = await site.organisation();
  if (!organisation) throw new StartupProblem('There is no organisation yet. Set it up first: npm run troth -- init');
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const before = await readPublicLog(site.ledger.db);
    if (before.size === 0) throw new StartupProblem('Nothing is signed yet. Start Troth once, then publish.');
    let grown = false;
    const replaced = await replaceFolder(out, before.origin, async (put) => {
      await writeAll(job, organisation, put);
      grown = (await readPublicLog(site.ledger.db)).size !== before.size;
      if (grown) throw new RecordGrew();
    }).catch((error: unknown) => {
      if (error instanceof RecordGrew) return null;
      throw error;
    });
    if (replaced) return replaced;
  }
  throw new StartupProblem('The public record kept growing while the site was written. Nothing was changed; try again later.');
}

class RecordGrew extends Error {}

async function writeAll({ site, offlineVerifier, step, signal }: Export, organisation: Organisation, put: Put): Promise<void> {
  const addresses = [...(await listAddresses(site)), ...(await listEntryAddresses(site))];
  for (const [at, address] of addresses.entries()) {
    signal.throwIfAborted();
    const page = await renderAddress(site, organisation, address);
    if (!page) throw new Error(`the page ${address} is listed but cannot be rendered`);
    await put(`${address}/index.html`, page.bytes);
    step(at + 1, addresses.length);
  }
  // Behind the language, each once: permanent links have none.
  const neutral = [...new Set(addresses.map((address) => address.split('/').slice(1).join('/')))];
  for (const path of neutral) {
    await put(path === '' ? 'index.html' : `${path}/index.html`, await renderLanguageChooser(site, organisation, path));
  }
  for (const { path, bytes } of site.assets.all) await put(path.slice(1), bytes);
  const files = { 'feed.atom': feedAtom, 'feed.json': feedJson, 'robots.txt': robots, 'sitemap.xml': sitemap };
  for (const [path, make] of Object.entries(files)) await put(path, await bytesOf(await make(site)));
  await put('.well-known/security.txt', await bytesOf(await securityText(site)));
  const missing = new Request(`${organisation.publicUrl}/404`, { headers: { accept: 'text/html' } });
  await put('404.html', await bytesOf(await problemResponse(site, missing, 404)));
  const verifier = await offlineVerifier();
  if (verifier) await put('verify/offline.html', verifier);
  const bodies = await writeLogs(site, put, signal);
  await put('_headers', Buffer.from(hostingHeaders(neutral, bodies)));
}

/** Both logs as C2SP tlog-tiles, at exactly the size of the checkpoint that lies beside the tiles. */
async function writeLogs(site: Site, put: Put, signal: AbortSignal): Promise<BodyHeaders[]> {
  const copy = async (path: string): Promise<Response | null> => {
    const response = await serveLog(site, path);
    // A text that was withheld or left the public has no file; its entry stays and says so.
    if (response?.status !== 200) return null;
    await put(`log/${path}`, await bytesOf(response.clone()));
    return response;
  };
  await copy('policy');
  for (const id of ['public', 'private'] as const) {
    const checkpoint = await copy(`${id}/checkpoint`);
    if (!checkpoint) continue;
    const size = sizeOf(await checkpoint.text());
    for (const tile of [...tilesOf(size), ...entryBundlesBetween(0, size)]) {
      signal.throwIfAborted();
      const path = `${id}/${tilePath(tile)}`;
      if (!(await copy(path))) throw new Error(`${path} is not in the store`);
    }
  }
  const bodies: BodyHeaders[] = [];
  const { size } = await readPublicLog(site.ledger.db);
  for (let index = 0; index < size; index += 1) {
    signal.throwIfAborted();
    await copy(`public/proof/${index}`);
    const hash = (await readEntry(site.ledger.db, index))?.leaf.bodyHash;
    const body = hash === null || hash === undefined ? null : await copy(`public/body/${hash}`);
    const { 'content-type': mediaType, 'x-troth-salt': salt } = Object.fromEntries(body?.headers ?? []);
    if (mediaType !== undefined && salt !== undefined) bodies.push({ path: `log/public/body/${hash}`, mediaType, salt });
  }
  return bodies;
}

function sizeOf(text: string): number {
  const note = parseNote(text);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) throw new Error(`the released checkpoint cannot be read: ${checkpoint.refusal}`);
  return checkpoint.value.size;
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}
