import { lookup as lookupName } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { type Outcome, done, refuse } from './outcome.ts';

/** Why nothing, or nothing usable, was fetched. */
export type FetchRefusal =
  | 'fetch/address-not-valid'
  | 'fetch/not-https'
  | 'fetch/not-public'
  | 'fetch/name-unknown'
  | 'fetch/not-reached'
  | 'fetch/too-slow'
  | 'fetch/too-large'
  | 'fetch/too-many-redirects';

export type FetchBounds = {
  /** Bytes of the answer above which it is not read on. */
  readonly bytes: number;
  /** For the whole of it: names, redirects and the last byte. */
  readonly milliseconds: number;
  /** How many are followed, by GET alone and without credentials to another site. With 0 a redirect is itself the answer. */
  readonly redirects: number;
};

export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

/** Fetches from elsewhere. Whatever the other side answers is a value, and so is every reason why nothing came. */
export type OutboundFetch = (url: string, sent?: Sent, bounds?: Partial<FetchBounds>) => Promise<Outcome<Response, FetchRefusal>>;

export type Address = { readonly address: string; readonly family: number };

export type Reach = {
  /**
   * What the operator opened besides public addresses: ranges (`10.0.0.0/8`), single addresses, names (`idp.internal`).
   * A name opens private addresses and those of this machine, which are then also reached by plain http.
   */
  readonly allow: readonly string[];
  readonly resolve?: (name: string) => Promise<readonly Address[]>;
};

const usual: FetchBounds = { bytes: 1_000_000, milliseconds: 10_000, redirects: 0 };

// IANA special-purpose registries: what is not globally reachable, and prefixes that carry an IPv4 address inside.
const internal = listOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::1/128',
  'fc00::/7',
]);
// Opened by range alone: clouds tell a machine's secrets at 169.254.169.254, and no provider lives at any of these.
const odd = listOf([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '64:ff9b::/32',
  '2002::/16',
  'fe80::/10',
  'ff00::/8',
]);
const loopback = listOf(['127.0.0.0/8', '::1/128']);

/** Whether anybody on the internet could reach the same machine under this IP address. */
export function isPublicAddress(address: string): boolean {
  // An IPv4 address in IPv6 clothes has no business in an answer of a name server.
  return !/^::ffff:/i.test(address) && !contains(internal, address) && !contains(odd, address);
}

/** The addresses behind a URL, or why nothing there may be asked. */
export type Locate = (url: URL) => Promise<Outcome<readonly Address[], FetchRefusal>>;

/** The rule by which every way out is judged: the one below, and git's. Whoever asks connects to what was answered, to nothing else. */
export function outboundPlaces({ allow, resolve = resolveName }: Reach): Locate {
  const ranges = listOf(allow.filter(isRange));
  const names = new Set(allow.filter((entry) => !isRange(entry)).map((name) => name.toLowerCase()));
  return async (url) => {
    if (url.username !== '' || url.password !== '') return refuse('fetch/address-not-valid');
    if (!/^https?:$/.test(url.protocol)) return refuse('fetch/not-https');
    const name = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    const family = isIP(name);
    const found = family === 0 ? await resolve(name).catch(() => []) : [{ address: name, family }];
    if (found.length === 0) return refuse('fetch/name-unknown');
    const mayReach = ({ address }: Address) =>
      isPublicAddress(address) || contains(ranges, address) || (names.has(name) && contains(internal, address));
    // One private address among public ones is refused too: which of them is connected to would be up to chance.
    if (!found.every(mayReach)) return refuse('fetch/not-public');
    if (url.protocol !== 'https:' && !found.every(({ address }) => contains(loopback, address))) return refuse('fetch/not-https');
    return done(found);
  };
}

/** One way out for the whole server. Everything is judged again at each redirect, by the address that is then connected to. */
export function outboundFetch(reach: Reach): OutboundFetch {
  const locate = outboundPlaces(reach);
  return async (address, sent = {}, bounds = {}) => {
    const limits = { ...usual, ...bounds };
    const signal = AbortSignal.timeout(limits.milliseconds);
    let asked: Sent = sent;
    let url = URL.parse(address);
    for (let followed = 0; followed <= limits.redirects; followed += 1) {
      if (!url) return refuse('fetch/address-not-valid');
      const located = await beforeEnd(signal, locate(url));
      if (located === null) return refuse('fetch/too-slow');
      if (!located.ok) return located;
      const answer = await open(url, asked, located.value, signal);
      if (!answer.ok) return answer;
      const next = redirectOf(answer.value, url);
      if (!next || limits.redirects === 0) return await read(answer.value, limits.bytes, signal);
      answer.value.destroy();
      const { headers = {} } = asked;
      asked = { headers: next.origin === url.origin ? headers : withoutCredentials(headers) };
      if ((sent.method ?? 'GET') !== 'GET') return refuse('fetch/too-many-redirects');
      url = next;
    }
    return refuse('fetch/too-many-redirects');
  };
}

async function resolveName(name: string): Promise<readonly Address[]> {
  return lookupName(name, { all: true });
}

function open(
  url: URL,
  { method = 'GET', headers = {}, body }: Sent,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Outcome<IncomingMessage, FetchRefusal>> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  // No name is asked for a second time: between two answers a name can move into the private network.
  const lookup: LookupFunction = (_name, options, callback) => {
    const [first] = addresses;
    if (options.all || !first) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
  const { promise, resolve } = Promise.withResolvers<Outcome<IncomingMessage, FetchRefusal>>();
  const sending = request(url, { method, headers, lookup, signal, agent: false }, (answer) => resolve(done(answer)));
  sending.on('error', () => resolve(refuse(signal.aborted ? 'fetch/too-slow' : 'fetch/not-reached')));
  sending.end(body);
  return promise;
}

async function read(answer: IncomingMessage, most: number, signal: AbortSignal): Promise<Outcome<Response, FetchRefusal>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const incoming: AsyncIterable<Uint8Array> = answer;
    for await (const chunk of incoming) {
      length += chunk.length;
      if (length > most) return refuse('fetch/too-large', { bytes: most });
      chunks.push(chunk);
    }
  } catch {
    return refuse(signal.aborted ? 'fetch/too-slow' : 'fetch/not-reached');
  }
  const { statusCode: status = 0, headers } = answer;
  if (status < 200) return refuse('fetch/not-reached');
  const body = [204, 205, 304].includes(status) ? null : Buffer.concat(chunks);
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return done(new Response(body, { status, headers: pairs }));
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  return [301, 302, 303, 307, 308].includes(statusCode) ? URL.parse(headers.location ?? '', from) : null;
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)));
}

/** `null` when the time ran out first. Names are resolved by the system, which cannot be told to stop. */
async function beforeEnd<Value>(signal: AbortSignal, wanted: Promise<Value>): Promise<Value | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const end = () => resolve(null);
  signal.addEventListener('abort', end);
  try {
    return await Promise.race([wanted, promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function isRange(entry: string): boolean {
  return isIP(entry.split('/')[0] ?? '') !== 0;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(network, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  return list;
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
