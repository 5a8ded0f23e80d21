import { isScimObject, type ScimObject } from '#accounts';
import type { ScimRefusal } from './scim-refusals.ts';
import { scimRefusals } from './scim-refusals.ts';

const headers = {
  'content-type': 'application/scim+json; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-store',
} as const;

export function scimResponse(value: ScimObject, status = 200, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${JSON.stringify(value)}\n`, { status, headers: { ...headers, ...more } });
}

export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
}

/** RFC 7644 §3.12. `detail` names the attribute at fault and never repeats a value. */
export function scimError(
  refusal: ScimRefusal,
  facts: Readonly<Record<string, string | number>> = {},
  more: Readonly<Record<string, string>> = {},
): Response {
  const [status, scimType, sentence] = scimRefusals[refusal];
  const at = facts['at'] === undefined ? '' : ` (${facts['at']})`;
  const error = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === null ? {} : { scimType }),
    detail: `${sentence}${at}`,
  };
  return scimResponse(error, status, more);
}

/** With whole addresses where the module knows only the part below the base of the protocol. */
export function located(resource: ScimObject, base: string): ScimObject {
  const whole = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(whole);
    if (!isScimObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        (name === 'location' || name === '$ref') && typeof each === 'string' ? `${base}${each}` : whole(each),
      ]),
    );
  };
  const found = whole(resource);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same tree with other texts
  return found as ScimObject;
}
