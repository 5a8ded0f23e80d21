import type { Context } from '#kernel/context';
import { interfaceLanguages } from '#kernel/i18n';
import { type Outcome, done, refuse } from '#kernel/outcome';

export const topics = ['policies', 'security', 'incidents', 'news'] as const;
export const channels = ['email', 'portal'] as const;
export const readingSizes = ['normal', 'large', 'larger'] as const;

/** Everything a person can choose; what they did not choose is absent, never assumed. */
export type Preferences = {
  readonly language?: string;
  /** IANA zone. */
  readonly timeZone?: string;
  readonly readingSize?: (typeof readingSizes)[number];
  /** What they want to hear about. */
  readonly topics?: readonly (typeof topics)[number][];
  readonly channels?: readonly (typeof channels)[number][];
  /** When they may be called or written to, local time: `09:00-17:00`. */
  readonly contactHours?: string;
};
export type PreferenceName = keyof Preferences;
export const preferenceNames = [
  'language',
  'timeZone',
  'readingSize',
  'topics',
  'channels',
  'contactHours',
] as const satisfies readonly PreferenceName[];

export type Preference = { readonly name: PreferenceName; readonly value: string; readonly chosenAt: Temporal.Instant };
export type SavePreferenceRefusal = 'accounts/preference-not-valid';

/**
 * Keeps one choice of a person, or forgets it.
 * @param input.value As it stands in the row; lists divided by commas. Empty: the choice is taken back.
 */
export async function savePreference(
  ctx: Context,
  { accountId, name, value }: { accountId: string; name: PreferenceName; value: string },
): Promise<Outcome<null, SavePreferenceRefusal>> {
  ctx.require('self:manage', { subject: accountId });
  if (value === '') {
    const gone = await ctx.db
      .deleteFrom('accounts.preference')
      .where('accountId', '=', accountId)
      .where('name', '=', name)
      .returning('name')
      .executeTakeFirst();
    if (gone) await ctx.record({ type: 'user.preference-withdrawn', subject: accountId, body: { name } });
    return done(null);
  }
  if (!accepted[name](value)) return refuse('accounts/preference-not-valid', { name });
  const changed = await ctx.db
    .insertInto('accounts.preference')
    .values({ accountId, name, value, chosenAt: ctx.now() })
    .onConflict((conflict) =>
      conflict
        .columns(['accountId', 'name'])
        .doUpdateSet({ value, chosenAt: ctx.now() })
        .where('accounts.preference.value', '!=', value),
    )
    .returning('name')
    .executeTakeFirst();
  if (changed) await ctx.record({ type: 'user.preference-chosen', subject: accountId, body: { name, value } });
  return done(null);
}

const oneOf = (known: readonly string[]) => (value: string) => known.includes(value);
const someOf = (known: readonly string[]) => (value: string) =>
  value.split(',').every((item, at, all) => known.includes(item) && all.indexOf(item) === at);

const accepted: Readonly<Record<PreferenceName, (value: string) => boolean>> = {
  language: oneOf(interfaceLanguages),
  timeZone: (value) => Intl.supportedValuesOf('timeZone').includes(value),
  readingSize: oneOf(readingSizes),
  topics: someOf(topics),
  channels: someOf(channels),
  contactHours: (value) => /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(value) && value.slice(0, 5) < value.slice(6),
};

/** The rows of a person as they chose them. */
export async function listPreferences(ctx: Context, { accountId }: { accountId: string }): Promise<Preference[]> {
  ctx.require('self:read', { subject: accountId });
  const rows = await ctx.db
    .selectFrom('accounts.preference')
    .select(['name', 'value', 'chosenAt'])
    .where('accountId', '=', accountId)
    .execute();
  return preferenceNames.flatMap((name) =>
    rows.filter((row) => row.name === name).map(({ value, chosenAt }) => ({ name, value, chosenAt })),
  );
}
