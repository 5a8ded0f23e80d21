import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId } from '#kernel/ids';
import { enqueue } from '#kernel/jobs';
import { sealContent } from './content.ts';
import { oneLine } from './letter.ts';
import { mailAddress } from './mail-address.ts';
import { renderLetter } from './render-letter.tsx';
import { type TemplateName, type TemplateView, templates } from './templates/templates.ts';
import './tables.ts';

/** Longer than any server is away, and the longest that anybody's address lies here. */
export const longestWait = Temporal.Duration.from({ hours: 7 * 24 });
/** Spread over two days and a half; a server that is away for a weekend costs no message. */
const attempts = 16;

export type NewMail<Name extends TemplateName> = {
  readonly to: string;
  readonly template: Name;
  /** BCP 47; ours are English and German. */
  readonly locale: string;
  readonly values: TemplateView<Name> & { readonly organisation: string };
  /** How long it is worth sending; at most, and unless told, seven days. */
  readonly usefulFor?: Temporal.Duration;
  /** Names what it is about: of two messages about the same thing only the first is sent. For tasks that may run twice. */
  readonly once?: string;
};

/**
 * Queues a message in the caller's transaction: it goes out when the act is committed, and never when it is not. Without settings
 * for mail it waits.
 * @throws Error when `to` is no address: whoever calls has asked for one that is.
 */
export async function queueMail<Name extends TemplateName>(
  ctx: Pick<Context, 'db' | 'now' | 'secrets'>,
  { to, template, locale, values, usefulFor = longestWait, once }: NewMail<Name>,
): Promise<void> {
  const address = mailAddress(to);
  if (address === null) throw new Error('a message needs an address');
  const id = once === undefined ? objectId() : idOf(once);
  // The table of templates pairs each name with its view; the compiler cannot follow that through a variable name.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const letter = templates[template](values as never, locale);
  const content = { ...renderLetter(letter, locale), to: address, fromName: oneLine(values.organisation) };
  const added = await ctx.db
    .insertInto('mail.message')
    .values({
      id,
      template,
      content: sealContent(ctx.secrets, id, content),
      state: 'queued',
      attempts: 0,
      error: null,
      createdAt: ctx.now(),
      usefulUntil: ctx.now().add(Temporal.Duration.compare(usefulFor, longestWait) < 0 ? usefulFor : longestWait),
      claimedUntil: null,
      settledAt: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) await enqueueSending(ctx.db, id);
}

/** A message that is being sent or waits for another attempt keeps its place. */
export function enqueueSending(db: Context['db'], message: string): Promise<void> {
  return enqueue(db, 'mail/send', { message }, { key: `mail/${message}`, attempts, onlyIfNew: true });
}

/** RFC 9562 UUIDv8 of a name. */
function idOf(name: string): string {
  const bytes = sha256('mail/', name).subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
