import { createOwner, type CreateOwnerRefusal } from '#accounts';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { createLogs, openObject } from '#ledger';
import { officeHours } from './calendar.ts';
import { parsePublicUrl, type PublicUrlRefusal } from './public-url.ts';
import { isSector } from './sectors.ts';
import { spendSetUpLink, type SetUpLinkRefusal } from './set-up-link.ts';

export const supportedLanguages = ['en', 'de'] as const;
const defaultReplyHours = 16;

export type NewOrganisation = {
  readonly name: string;
  readonly publicUrl: string;
  readonly languages: readonly string[];
  readonly timeZone: string;
  readonly sector: string;
  readonly ownerEmail: string;
  readonly ownerPassphrase: string;
  /** A sample has throw-away keys and an origin that can never be real. */
  readonly demo: boolean;
  /** The link this came through; `null` for the operator at the machine. */
  readonly token: string | null;
};

export type EstablishRefusal =
  | 'organisation/already-established'
  | 'organisation/name-missing'
  | 'organisation/language-not-supported'
  | 'organisation/time-zone-unknown'
  | 'organisation/sector-unknown'
  | PublicUrlRefusal
  | SetUpLinkRefusal
  | CreateOwnerRefusal;

/** The one act that turns an empty installation into an organisation: its identity, its two logs, its owner and its first statement. */
export async function establishOrganisation(
  ctx: Context,
  input: NewOrganisation,
): Promise<Outcome<{ accountId: string }, EstablishRefusal>> {
  ctx.require('organisation:manage');
  const name = input.name.trim();
  if (name === '' || name.length > 120) return refuse('organisation/name-missing');
  const address = parsePublicUrl(input.publicUrl);
  if (!address.ok) return address;
  const languages = [...new Set(input.languages)];
  const foreign = languages.find((language) => !(supportedLanguages as readonly string[]).includes(language));
  if (languages.length === 0 || foreign !== undefined) {
    return refuse('organisation/language-not-supported', { language: foreign ?? '', supported: supportedLanguages.join(', ') });
  }
  if (!isTimeZone(input.timeZone)) return refuse('organisation/time-zone-unknown', { timeZone: input.timeZone });
  if (!isSector(input.sector)) return refuse('organisation/sector-unknown', { sector: input.sector });
  const spent = await spendSetUpLink(ctx, input.token);
  if (!spent.ok) return spent;
  if (await readOrganisation(ctx)) return refuse('organisation/already-established');
  const owner = await createOwner(ctx, { email: input.ownerEmail, passphrase: input.ownerPassphrase });
  if (!owner.ok) return owner;

  await createLogs(ctx, input.demo ? 'sample.invalid' : address.value.host);
  const object = await openObject(ctx, 'public');
  const { sector } = input;
  await ctx.db
    .insertInto('organisation.organisation')
    .values({
      object,
      name,
      publicUrl: address.value.url,
      languages,
      timeZone: input.timeZone,
      sector,
      demo: input.demo,
      replyHours: defaultReplyHours,
      calendar: JSON.stringify(officeHours(input.timeZone)),
      establishedAt: ctx.now(),
    })
    .execute();
  const fields = { name, languages, timeZone: input.timeZone, sector, sample: input.demo };
  await ctx.record({ type: 'organisation.established', object, fields });
  await ctx.record({
    type: 'organisation.reply-time-declared',
    object,
    fields: { businessHours: defaultReplyHours, calendarVersion: '1' },
  });
  return done({ accountId: owner.value.accountId });
}

export async function readOrganisation(ctx: Context) {
  return (await ctx.db.selectFrom('organisation.organisation').selectAll().executeTakeFirst()) ?? null;
}

export type Organisation = NonNullable<Awaited<ReturnType<typeof readOrganisation>>>;

function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 are accepted by Temporal but know no daylight saving, which an effective date must.
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
