import { address } from '#design';
import { policiesText } from './policies-text.ts';

/** The way back up, for pages below the list of policies. */
export function Crumbs({ locale, policy }: { locale: string; policy?: { slug: string; title: string } }) {
  const t = policiesText(locale);
  return (
    <nav class="crumbs" aria-label={t('crumbs')}>
      <ol>
        <li>
          <a href={address(locale, 'policies')}>{t('policies')}</a>
        </li>
        {policy && (
          <li>
            <a href={address(locale, 'policies', policy.slug)}>{policy.title}</a>
          </li>
        )}
      </ol>
    </nav>
  );
}
