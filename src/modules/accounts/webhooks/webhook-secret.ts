import { randomBytes } from 'node:crypto';
import type { Secrets } from '#kernel/context';

// In bytes; the specification asks for 24 to 64.
const secretLength = 32;
const prefix = 'whsec_';

const placeOf = (webhookId: string) => `accounts.webhook/${webhookId}/secret`;

/** A new secret as it is shown once, and the box in which it is kept: it is needed to sign, so a hash would not do. */
export function makeWebhookSecret(secrets: Secrets, webhookId: string): { shown: string; box: Buffer } {
  const bytes = randomBytes(secretLength);
  return { shown: `${prefix}${bytes.toString('base64')}`, box: secrets.seal(placeOf(webhookId), bytes) };
}

export function openWebhookSecret(secrets: Secrets, webhookId: string, box: Uint8Array): Buffer {
  return secrets.unseal(placeOf(webhookId), box);
}
