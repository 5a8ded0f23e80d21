import type { PublicLeaf } from '@troth/tlog';
import { formatDate, formatInstant, translator } from '#kernel/i18n';
import de from './messages/statements.de.json' with { type: 'json' };
import en from './messages/statements.en.json' with { type: 'json' };
import { trustText } from './trust-text.ts';

const statementText = translator({ en, de });
const isKnown = (type: string): type is keyof typeof en => Object.hasOwn(en, type) && type !== 'other';

/** What an entry states, as a sentence. Only the leaf is read: a stranger with the log alone can say the same. */
export function statementOf({ type, fields }: PublicLeaf, locale: string): string {
  const t = statementText(locale);
  if (!isKnown(type)) return t('other', { type });
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, spoken(name, value)]));
  const { claimedPublishedAt: claimed, effectiveAt: effective, effectiveZone: zone } = fields;
  return t(type, {
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

/** A choice in an ICU message may not hold a hyphen. */
function spoken(name: string, value: PublicLeaf['fields'][string]): string | number {
  if (typeof value === 'number') return value;
  return name === 'reason' ? String(value).replaceAll('-', '_') : String(value);
}
