import { createHash } from 'node:crypto';
import { type AnyAnswer, type Contract, refusalsOf, type Route } from '#kernel/contract';
import { isFromHere, logHeaders, problem } from '#kernel/http';
import { type Outcome, refuse, type Refused } from '#kernel/outcome';
import { act, observe } from '#ledger';
import type { Site } from '../site.ts';
import { readRequest } from './read-request.ts';
import { challengeOf, readSender } from './read-sender.ts';
import type { VisitorLimits } from './visitor-limits.ts';

/** For programs of any origin. No cookie is ever read here, so a browser can lend nobody's authority to a stranger's page. */
export const apiHeaders: Readonly<Record<string, string>> = {
  ...logHeaders,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-expose-headers': 'etag, retry-after, repr-digest, x-troth-body-hash, x-troth-salt',
};

/** What the API is answered from. */
export type ApiSource = Pick<Site, 'ledger' | 'organisation'>;

/** Parse, call one verb, map: all of it as the contract says. */
export async function answerRoute(
  site: ApiSource,
  limits: VisitorLimits,
  route: Route,
  request: Request,
  pathValues: Readonly<Record<string, string>>,
): Promise<Response> {
  const { contract } = route;
  const outcome = await ask(site, limits, route, request, pathValues);
  return outcome.ok ? send(contract, request, outcome.value) : sendRefusal(contract, outcome);
}

async function ask(
  site: ApiSource,
  limits: VisitorLimits,
  route: Route,
  request: Request,
  pathValues: Readonly<Record<string, string>>,
): Promise<Outcome<AnyAnswer, string>> {
  const { contract } = route;
  if (contract.limit) {
    // Before anything is read, so that failing is no way to try more often.
    const seconds = await limits.take(contract.limit, request);
    if (seconds > 0) return refuse('request/too-many', { seconds });
  }
  if (contract.body && request.headers.has('cookie') && !isFromHere(request, [new URL(request.url).origin])) {
    return refuse('request/cookie-from-elsewhere');
  }
  const sender = await readSender(site.ledger, contract, request);
  if (!sender.ok) return sender;
  const input = await readRequest(contract, request, pathValues);
  if (!input.ok) return input;
  return contract.effect === 'records'
    ? act(site.ledger, sender.value, (ctx) => route.answer(ctx, input.value))
    : route.answer(observe(site.ledger, sender.value), input.value);
}

function send(contract: Contract, request: Request, { status, value, headers = {} }: AnyAnswer): Response {
  const response = contract.responses[status];
  if (!response) throw new Error(`${contract.path} has no answer ${status}`);
  const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(`${JSON.stringify(value)}\n`);
  const sent = { ...apiHeaders, ...headers, 'content-type': response.mediaType };
  if (contract.method !== 'get') return new Response(bytes, { status, headers: { ...sent, 'cache-control': 'no-store' } });
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  // Kept, but asked about each time: the next version takes effect by the clock, without anything being published.
  const known = { etag, 'cache-control': contract.auth === 'none' ? 'public, no-cache' : 'private, no-cache' };
  if (isKnown(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers: { ...apiHeaders, ...known } });
  return new Response(bytes, { status, headers: { ...sent, ...known } });
}

function isKnown(held: string | null, etag: string): boolean {
  const tags = (held ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function sendRefusal(contract: Contract, { refusal, facts }: Refused<string>): Response {
  const answer = refusalsOf(contract)[refusal];
  if (!answer) throw new Error(`${contract.path} has no answer to ${refusal}`);
  const [status, title] = answer;
  const wait = facts['seconds'];
  const retry = status === 429 && wait !== undefined ? { 'retry-after': String(wait) } : {};
  const headers = { ...apiHeaders, ...challengeOf(refusal, contract), ...retry };
  return problem({ status, code: refusal, title, facts }, headers);
}
