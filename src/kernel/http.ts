/** The content policy of pages. Nothing inline, nothing from elsewhere, so that a cached page needs no nonce. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types troth',
].join('; ');

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': pagePolicy,
  'integrity-policy': 'blocked-destinations=(script)',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** What a log serves to anybody, from any origin: witnesses and verifiers run elsewhere. */
export const logHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
};

/** RFC 9457. `type` is a stable address below the site, so that a program need not read the sentence. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly facts?: Readonly<Record<string, string | number>>;
};

export function problem({ status, code, title, facts = {} }: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${JSON.stringify({ type: `/problems/${code}`, title, status, ...facts })}\n`, {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

/**
 * Whether a request that changes something was sent by a page of this site. Browsers tell by Sec-Fetch-Site; older ones by Origin.
 * A missing or `null` Origin counts as foreign: no cookie-bearing request of ours lacks one.
 */
export function isFromHere(request: Request, publicOrigins: readonly string[]): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  return origin !== null && publicOrigins.includes(origin);
}

export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}

/**
 * Cookies of this site: never readable by scripts, never sent along from elsewhere.
 * The `__Host-` prefix needs https; without it (a trial on this machine) the name says so.
 */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : `plain-${name}`;
}

/** @param seconds Lifetime; 0 removes the cookie, `null` keeps it until the browser closes. */
export function setCookie(name: string, value: string, { secure, seconds }: { secure: boolean; seconds: number | null }): string {
  const age = seconds === null ? '' : `; Max-Age=${seconds}`;
  return `${cookieName(name, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`;
}

export type FormRefusal = 'http/body-too-large' | 'http/form-not-readable';
export type Form = {
  readonly text: (name: string) => string;
  readonly all: (name: string) => string[];
  readonly file: (name: string) => Promise<Uint8Array | null>;
};

/** Reads a form of at most `limit` bytes. The stream is counted as it comes, since a length header can lie or be missing. */
export async function readForm(request: Request, limit: number): Promise<Form | FormRefusal> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return 'http/body-too-large';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > limit) return 'http/body-too-large';
    chunks.push(chunk);
  }
  let data: FormData;
  try {
    data = await new Response(Buffer.concat(chunks), {
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    }).formData();
  } catch {
    return 'http/form-not-readable';
  }
  // PostgreSQL holds no U+0000 in text, and no keyboard has one: such a form was not written by a person.
  if ([...data.values()].some((value) => typeof value === 'string' && value.includes('\0'))) return 'http/form-not-readable';
  const text = (value: FormDataEntryValue | null) => (typeof value === 'string' ? value : '');
  return {
    text: (name) => text(data.get(name)),
    all: (name) => data.getAll(name).map(text),
    async file(name) {
      const value = data.get(name);
      return value instanceof File && value.size > 0 ? new Uint8Array(await value.arrayBuffer()) : null;
    },
  };
}

/** The language of a request without one in its address: the first of `Accept-Language` that the site has, else its own first. */
export function preferredLanguage(request: Request, languages: readonly string[]): string {
  const wishes = (request.headers.get('accept-language') ?? '')
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.trim().split(';');
      const quality = Number(
        parameters
          .find((parameter) => parameter.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { tag: tag.toLowerCase(), quality: Number.isFinite(quality) ? quality : 0 };
    })
    .toSorted((a, b) => b.quality - a.quality);
  for (const { tag, quality } of wishes) {
    const found = languages.find((language) => quality > 0 && (tag === language || tag.startsWith(`${language}-`)));
    if (found !== undefined) return found;
  }
  return languages[0] ?? 'en';
}
