import { createHmac } from 'node:crypto';

/** One message, the same bytes and id at every attempt. */
export type WebhookMessage = { readonly id: string; readonly type: string; readonly body: string };

/**
 * The headers by which a receiver knows the sender.
 * @param secrets Each key that is valid now; during a change of keys there are two, and a receiver needs only one of them.
 * @param at The instant of this attempt: receivers refuse old ones, so that a message that was overheard cannot be sent again.
 * @see Standard Webhooks 1.0.0
 */
export function signWebhook(
  { id, body }: WebhookMessage,
  secrets: readonly Uint8Array[],
  at: Temporal.Instant,
): Record<string, string> {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return {
    'content-type': 'application/json',
    'user-agent': 'Troth',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
