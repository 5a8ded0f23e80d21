import type { PublicLeaf } from '@troth/tlog';
import { formatDate, formatInstant, translator } from '#kernel/i18n';
import de from './messages/statements.de.json' with { type: 'json' };
import en from './messages/statements.en.json' with { type: 'json' };
import { trustText } from './trust-text.ts';

const statementText = translator({ en, de });
const known = new Set(Object.keys(en));

/** What an entry states, as a sentence. Only the leaf is read: a stranger with the log alone can say the same. */
export function statementOf({ type, fields }: PublicLeaf, locale: string): string {
  const t = statementText(locale);
  if (!known.has(type) || type === 'other') return t('other', { type });
  // A choice in an ICU message may not hold a hyphen.
  const spoken = (name: string, value: unknown) => (name === 'reason' ? String(value).replaceAll('-', '_') : String(value));
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? value : spoken(name, value)]),
  );
  const { claimedPublishedAt: claimed, effectiveAt: effective, effectiveZone: zone } = fields;
  return t(type as keyof typeof en, {
    ...values,
    ...(typeof claimed === 'string' ? { claimed: formatDate(locale, Temporal.Instant.from(claimed), 'UTC') } : {}),
    ...(typeof effective === 'string' && typeof zone === 'string'
      ? { effective: formatInstant(locale, Temporal.Instant.from(effective), zone) }
      : {}),
  });
}

/** The page on which the statement can be read in its place; `null` for those that have none. */
export function placeOf({ type, fields }: PublicLeaf, locale: string): { href: string; title: string } | null {
  const slug = fields['slug'];
  const version = fields['version'];
  if (typeof slug === 'string' && typeof version === 'number')
    return { href: `/${locale}/policies/${slug}/v/${version}`, title: slug };
  if (typeof slug === 'string') return { href: `/${locale}/policies/${slug}`, title: slug };
  if (type === 'question.published' || type === 'questions.counted')
    return { href: `/${locale}/questions`, title: trustText(locale)('nav.questions') };
  return null;
}
