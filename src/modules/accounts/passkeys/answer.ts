import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

const bytes = z.string().max(16_000);
const common = { id: bytes, rawId: bytes, type: z.literal('public-key') };

const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .default([]),
  }),
});

const assertion = z.object({
  ...common,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.nullish() }),
});

const clientData = z.object({ challenge: bytes });

/** What the browser made of our options to register a passkey: JSON as in W3C Web Authentication Level 3 §5.1. */
export function readRegistration(text: string): RegistrationResponseJSON | null {
  const parsed = registration.safeParse(parseJson(text));
  return parsed.success ? { ...parsed.data, clientExtensionResults: {} } : null;
}

/** The same for signing in. */
export function readAssertion(text: string): AuthenticationResponseJSON | null {
  const parsed = assertion.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { userHandle, ...response } = parsed.data.response;
  return {
    ...parsed.data,
    response: userHandle === null || userHandle === undefined ? response : { ...response, userHandle },
    clientExtensionResults: {},
  };
}

/** The challenge that an answer says it answers, as base64url; nothing is checked yet. */
export function challengeIn({ response }: RegistrationResponseJSON | AuthenticationResponseJSON): string {
  const parsed = clientData.safeParse(parseJson(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data.challenge : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The account's id as its 16 bytes: what a passkey carries to say whose it is. */
export function userHandle(accountId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(accountId.replaceAll('-', ''), 'hex'));
}
