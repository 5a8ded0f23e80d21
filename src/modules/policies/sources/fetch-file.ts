import type { FetchRefusal, OutboundFetch } from '#kernel/fetch';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { maxTextBytes } from '../text/read-text.ts';

/** `answer-not-ok` {status}; `encoding-unknown` {encoding}, as the page names it. */
export type FetchFileRefusal = FetchRefusal | 'policies/answer-not-ok' | 'policies/encoding-unknown';

export type Fetched = {
  /** Text is UTF-8 whatever it was sent as; everything else as it came. */
  readonly bytes: Uint8Array;
  readonly isHtml: boolean;
};

const bounds = { bytes: maxTextBytes, milliseconds: 20_000, redirects: 3 };

/** A file from elsewhere, as large as a text may be. A picture of another time helps nobody, so no cache on the way may answer. */
export async function fetchFile(fetch: OutboundFetch, url: string): Promise<Outcome<Fetched, FetchFileRefusal>> {
  const headers = { accept: 'text/html,text/markdown,text/plain,*/*;q=0.5', 'cache-control': 'no-cache', 'user-agent': 'Troth' };
  const answer = await fetch(url, { headers }, bounds);
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status !== 200) return refuse('policies/answer-not-ok', { status });
  const type = answer.value.headers.get('content-type') ?? '';
  const bytes = new Uint8Array(await answer.value.arrayBuffer());
  const isHtml = /\b(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
  if (!isHtml && !/^text\//i.test(type)) return done({ bytes, isHtml });
  const encoding = (namedEncoding(type) ?? (isHtml ? encodingInside(bytes) : null) ?? 'utf-8').toLowerCase();
  // Whether it is well-formed is judged by whoever reads it: the refusal there names the byte.
  if (encoding === 'utf-8' || encoding === 'utf8') return done({ bytes, isHtml });
  try {
    return done({ bytes: Buffer.from(new TextDecoder(encoding).decode(bytes)), isHtml });
  } catch {
    return refuse('policies/encoding-unknown', { encoding: encoding.slice(0, 40) });
  }
}

function namedEncoding(type: string): string | null {
  return /charset\s*=\s*["']?([\w.:-]+)/i.exec(type)?.[1] ?? null;
}

/** HTML Standard, section 13.2.3.2: the first 1,024 bytes may name it. */
function encodingInside(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  return namedEncoding(/<meta\b[^>]*charset[^>]*>/i.exec(head)?.[0] ?? '');
}
