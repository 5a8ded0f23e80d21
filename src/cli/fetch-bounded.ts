import { lookup } from 'node:dns';
import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '#kernel/fetch';
import { StartupProblem } from '../app/startup-problem.ts';

export type Bounds = {
  /** Bytes of the answer above which it is not read on. */
  readonly limit: number;
  /** For the whole of one answer, redirects included. */
  readonly milliseconds: number;
};
export type Fetched = { readonly status: number; readonly bytes: Uint8Array };

const mostRedirects = 3;

/**
 * Fetches one resource over https, from public addresses only: a name or a redirect must not reach into the network this runs in.
 * This machine itself is reached, also by plain http, when the operator named it; then only it.
 * @throws StartupProblem with a sentence that names the address.
 */
export async function fetchBounded(url: URL, { limit, milliseconds }: Bounds): Promise<Fetched> {
  const local = isLoopbackName(url.hostname);
  const signal = AbortSignal.timeout(milliseconds);
  let at = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    refuseAddress(at, local);
    const response = await open(at, { signal, lookup: lookupWithin(local) });
    const { statusCode: status = 0, headers } = response;
    const next = status >= 301 && status <= 308 && headers.location !== undefined ? URL.parse(headers.location, at) : null;
    if (!next) return { status, bytes: await readBounded(response, at, limit) };
    response.destroy();
    at = next;
  }
  throw new StartupProblem(`${url.href} leads from redirect to redirect, more than ${mostRedirects} times.`);
}

function open(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    get(url, options, resolve).on('error', (error) => reject(cannotFetch(url, error)));
  });
}

async function readBounded(response: IncomingMessage, url: URL, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const incoming: AsyncIterable<Uint8Array> = response;
    for await (const chunk of incoming) {
      length += chunk.length;
      if (length > limit) throw new StartupProblem(`${url.href} is longer than the ${limit} bytes that it may have.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof StartupProblem ? error : cannotFetch(url, error);
  }
  return Buffer.concat(chunks);
}

function cannotFetch(url: URL, error: unknown): StartupProblem {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return new StartupProblem(`${url.href} cannot be fetched: ${reason}.`);
}

function refuseAddress(url: URL, local: boolean): void {
  const { protocol, hostname } = url;
  const here = isLoopbackName(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && local && here)) {
    throw new StartupProblem(`${url.href} is not an https address; plain http is only for this machine itself.`);
  }
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (local !== here || (isIP(literal) !== 0 && !mayReach(literal, local))) throw new StartupProblem(notPublic(url.hostname));
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]';
}

const notPublic = (hostname: string) => `${hostname} is not a public address; nothing was fetched from there.`;

function mayReach(address: string, local: boolean): boolean {
  const loopback = address.startsWith('127.') || address === '::1';
  return local ? loopback : isPublicAddress(address);
}

/** Judges the very addresses that are then connected to, so that a name cannot answer differently the second time. */
function lookupWithin(local: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const allowed = addresses.filter(({ address }) => mayReach(address, local));
      const [first] = allowed;
      if (!first || allowed.length < addresses.length) return callback(new Error(notPublic(hostname)), '');
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}
