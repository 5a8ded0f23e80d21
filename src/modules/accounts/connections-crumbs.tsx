import { address } from '#design';
import { connectionsText } from './connections-text.ts';

/** The way back up, for pages below the connections. */
export function ConnectionsCrumbs({ locale, below }: { locale: string; below?: 'providers' | 'keys' | 'webhooks' }) {
  const t = connectionsText(locale);
  return (
    <nav class="crumbs" aria-label={t('crumbs')}>
      <ol>
        <li>
          <a href={address(locale, 'console', 'connections')}>{t('connections')}</a>
        </li>
        {below && (
          <li>
            <a href={address(locale, 'console', 'connections', below)}>
              {t(below === 'webhooks' ? 'connections.webhooks' : below)}
            </a>
          </li>
        )}
      </ol>
    </nav>
  );
}
