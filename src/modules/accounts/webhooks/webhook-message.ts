import type { PublicLeaf } from '@troth/tlog';
import { sha256 } from '#kernel/crypto';
import type { WebhookMessage } from './sign-webhook.ts';

/**
 * What a receiver is told of one entry: which, not what it says. The text is fetched from the record, where it can be checked and,
 * when the law asks, withheld.
 */
export function messageOf(webhookId: string, { index, leaf }: { index: number; leaf: PublicLeaf }): WebhookMessage {
  const { object, seq, bodyHash, fields } = leaf;
  const type = webhookType(leaf.type);
  const data = { object, index, seq, bodyHash, fields };
  return { id: messageId(webhookId, `public/${index}`), type, body: JSON.stringify({ type, timestamp: leaf.at, data }) };
}

export function testMessage(webhookId: string, now: Temporal.Instant): WebhookMessage {
  const type = 'webhook.test';
  const timestamp = now.toString({ fractionalSecondDigits: 3 });
  return {
    id: messageId(webhookId, `test/${now.epochMilliseconds}`),
    type,
    body: JSON.stringify({ type, timestamp, data: { webhook: webhookId } }),
  };
}

/** The specification has no hyphen in the name of a type. */
export function webhookType(type: string): string {
  return type.replaceAll('-', '_');
}

// Computed and not drawn: the same after a crash between sending and noting it, which is what lets a receiver drop the second.
function messageId(webhookId: string, place: string): string {
  return `msg_${sha256(`${webhookId}/${place}`).toString('base64url').slice(0, 27)}`;
}
