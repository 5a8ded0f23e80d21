import { performance } from 'node:perf_hooks';
import type { Secrets } from '#kernel/context';
import type { FetchRefusal, OutboundFetch } from '#kernel/fetch';
import type { Database } from '#kernel/sql';
import { signWebhook, type WebhookMessage } from './sign-webhook.ts';
import { openWebhookSecret } from './webhook-secret.ts';

/** What deliveries need from the process they run in. */
export type Sending = {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly now: () => Temporal.Instant;
  /** The one bounded way out. */
  readonly fetch: OutboundFetch;
};

export type Sent = {
  readonly at: Temporal.Instant;
  readonly milliseconds: number;
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly fault: FetchRefusal | null;
  readonly delivered: boolean;
};

export type Receiver = {
  readonly id: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly oldSecret: Buffer | null;
  readonly oldSecretUntil: Temporal.Instant | null;
};

const patience = 15_000;
// Of an answer only the status is used.
const mostBytes = 64_000;

/** Sends one message once. A redirect is a failure: what was agreed is one address, and another would be chosen by the receiver. */
export async function sendMessage({ secrets, now, fetch }: Sending, receiver: Receiver, message: WebhookMessage): Promise<Sent> {
  const at = now();
  const keys = [openWebhookSecret(secrets, receiver.id, receiver.secret)];
  if (receiver.oldSecret && receiver.oldSecretUntil && Temporal.Instant.compare(receiver.oldSecretUntil, at) > 0)
    keys.push(openWebhookSecret(secrets, receiver.id, receiver.oldSecret));
  const started = performance.now();
  const answer = await fetch(
    receiver.url,
    { method: 'POST', headers: signWebhook(message, keys, at), body: message.body },
    { milliseconds: patience, bytes: mostBytes, redirects: 0 },
  );
  const milliseconds = Math.round(performance.now() - started);
  if (!answer.ok) return { at, milliseconds, status: null, fault: answer.refusal, delivered: false };
  const { status } = answer.value;
  return { at, milliseconds, status, fault: null, delivered: status >= 200 && status < 300 };
}

/** One row a message; a later attempt takes the place of the one before. */
export async function noteDelivery(
  db: Database,
  webhookId: string,
  { message, index, sent }: { message: WebhookMessage; index: number | null; sent: Sent },
): Promise<void> {
  const row = { type: message.type, index, ...sent };
  await db
    .insertInto('accounts.webhookDelivery')
    .values({ webhookId, messageId: message.id, ...row, attempts: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['webhookId', 'messageId'])
        .doUpdateSet((eb) => ({ ...row, attempts: eb('accounts.webhookDelivery.attempts', '+', 1) })),
    )
    .execute();
}
