import { address } from '#design';
import { mandatesText } from './mandates-text.ts';

/** The way back to the list of mandates. */
export function MandateCrumbs({ surface, locale }: { surface: 'me' | 'console'; locale: string }) {
  const t = mandatesText(locale);
  return (
    <nav class="crumbs" aria-label={t('crumbs')}>
      <ol>
        <li>
          <a href={address(locale, surface, 'mandates')}>{t('mandates')}</a>
        </li>
      </ol>
    </nav>
  );
}
