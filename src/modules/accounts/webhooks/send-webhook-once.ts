import { readEntry } from '#ledger';
import { noteDelivery, sendMessage, type Sending } from './send-message.ts';
import { messageOf, testMessage } from './webhook-message.ts';

/** Sends one entry once more out of turn, or a test; the order of the others does not wait for it. */
export async function sendWebhookOnce(
  sending: Sending,
  { webhook, index }: { webhook: string; index: number | null },
): Promise<void> {
  const receiver = await sending.db
    .selectFrom('accounts.webhook')
    .select(['id', 'url', 'secret', 'oldSecret', 'oldSecretUntil'])
    .where('id', '=', webhook)
    .executeTakeFirst();
  if (!receiver) return;
  const entry = index === null ? null : await readEntry(sending.db, index);
  if (index !== null && !entry) return;
  const message = entry ? messageOf(webhook, entry) : testMessage(webhook, sending.now());
  const sent = await sendMessage(sending, receiver, message);
  await noteDelivery(sending.db, webhook, { message, index, sent });
}
