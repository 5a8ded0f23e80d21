import type { z } from 'zod';
import { type AnyInput, type Contract, type KeyRefusal, largestBody, type RequestRefusal } from '#kernel/contract';
import { type Outcome, done, refuse, type Refused } from '#kernel/outcome';

export type ReadRefusal =
  | Exclude<RequestRefusal, 'request/cookie-from-elsewhere' | 'request/too-many' | KeyRefusal>
  | 'request/no-such-address';

/** Everything a contract lets in, checked; the first thing wrong otherwise. */
export async function readRequest(
  { params, query, headers, body }: Contract,
  request: Request,
  pathValues: Readonly<Record<string, string>>,
): Promise<Outcome<AnyInput, ReadRefusal>> {
  const path = params ? params.safeParse(pathValues) : null;
  if (path && !path.success) return refuse('request/no-such-address');
  const asked = readQuery(query, new URL(request.url).searchParams);
  if (!asked.ok) return asked;
  const read = { params: path?.data ?? {}, query: asked.value };
  if (!body) return withHead(headers, request, { ...read, body: null });
  const json = await readJson(request);
  if (!json.ok) return json;
  const parsed = body.safeParse(json.value);
  return parsed.success ? withHead(headers, request, { ...read, body: parsed.data }) : notValid('body', parsed.error);
}

function withHead(
  form: z.ZodObject | undefined,
  request: Request,
  read: Omit<AnyInput, 'headers'>,
): Outcome<AnyInput, 'request/not-valid'> {
  const names = Object.keys(form?.shape ?? {});
  const parsed = form?.safeParse(Object.fromEntries(names.map((name) => [name, request.headers.get(name) ?? undefined])));
  return parsed && !parsed.success ? notValid('header', parsed.error) : done({ ...read, headers: parsed?.data ?? {} });
}

function readQuery(form: z.ZodObject | undefined, given: URLSearchParams): Outcome<object, 'request/not-valid'> {
  const names = [...given.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  const stray = names.find((name) => !Object.hasOwn(form?.shape ?? {}, name));
  const wrong = twice ?? stray;
  if (wrong !== undefined) {
    return refuse('request/not-valid', {
      in: 'query',
      member: wrong.slice(0, 80),
      reason: wrong === twice ? 'given twice' : 'not known',
    });
  }
  const parsed = form?.safeParse(Object.fromEntries(given));
  if (parsed && !parsed.success) return notValid('query', parsed.error);
  return done(parsed?.data ?? {});
}

/** Where the first fault is and what is wrong with it. The value itself is not sent back: it may be personal. */
function notValid(place: 'query' | 'header' | 'body', error: z.ZodError): Refused<'request/not-valid'> {
  const [issue] = error.issues;
  const strays = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : null;
  const member = [...(issue?.path ?? []).map(String), ...(strays === null ? [] : [strays])].join('.');
  const reason = strays === null ? (issue?.message ?? '') : 'not known';
  return refuse('request/not-valid', { in: place, member: member.slice(0, 80), reason: reason.slice(0, 200) });
}

type JsonRefusal = 'request/media-type-not-supported' | 'request/body-too-large' | 'request/not-json';

/** Any other media type could be sent by a form of another site without asking. The stream is counted: a length can lie. */
async function readJson(request: Request): Promise<Outcome<unknown, JsonRefusal>> {
  const [mediaType = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (mediaType.trim() !== 'application/json' || !isUtf8) return refuse('request/media-type-not-supported');
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) return refuse('request/body-too-large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > largestBody) return refuse('request/body-too-large');
    chunks.push(chunk);
  }
  try {
    return done(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))));
  } catch {
    return refuse('request/not-json');
  }
}
