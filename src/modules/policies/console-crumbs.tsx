import { address } from '#design';
import { policiesConsoleText } from './console-text.ts';

/** The way back up, for console pages below the list of policies. */
export function ConsoleCrumbs({ locale, policy }: { locale: string; policy?: { slug: string; title: string } }) {
  const t = policiesConsoleText(locale);
  return (
    <nav class="crumbs" aria-label={t('crumbs')}>
      <ol>
        <li>
          <a href={address(locale, 'console', 'policies')}>{t('policies')}</a>
        </li>
        {policy && (
          <li>
            <a href={address(locale, 'console', 'policies', policy.slug)}>
              <bdi>{policy.title}</bdi>
            </a>
          </li>
        )}
      </ol>
    </nav>
  );
}
