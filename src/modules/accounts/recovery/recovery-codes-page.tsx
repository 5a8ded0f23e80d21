import { type Page, type Reader } from '#design';
import { ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';

/** The one time that recovery codes are told. */
export function recoveryCodesPage({ codes }: { codes: readonly string[] }, { locale }: Reader): Page {
  const t = proofsText(locale);
  return {
    title: t('codes'),
    description: '',
    section: 'security',
    path: ownPath('console'),
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('codes')}</h1>
        <p class="lede">{t('codes.lede', { n: codes.length })}</p>
        <pre class="command" dir="ltr" translate={false}>
          <code>{codes.join('\n')}</code>
        </pre>
        <p class="hint">{t('codes.once')}</p>
        <p class="more">
          <a href={ownAddress(locale, 'console')}>{t('codes.done')}</a>
        </p>
      </div>
    ),
  };
}
