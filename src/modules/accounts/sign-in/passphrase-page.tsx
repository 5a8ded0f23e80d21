import { Button, Field, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { ChangePassphraseRefusal } from './change-passphrase.ts';
import { shortestPassphrase } from './passphrase.ts';

export type PassphraseView = { email: string; refused: Refused<ChangePassphraseRefusal> | null };

/** A new passphrase for a member of staff. Nothing that was typed comes back. */
export function passphrasePage({ email, refused }: PassphraseView, { locale }: Reader): Page {
  const t = proofsText(locale);
  const input = { type: 'password', required: true, minlength: shortestPassphrase, autocomplete: 'new-password' } as const;
  return {
    title: t(refused ? 'new-passphrase.error' : 'new-passphrase'),
    description: '',
    section: null,
    path: ownPath('console', 'passphrase'),
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('new-passphrase')}</h1>
        <p class="lede">{t('new-passphrase.lede')}</p>
        <RefusedNotice refused={refused} locale={locale} />
        <form method="post" action={ownAddress(locale, 'console', 'passphrase')} class="more">
          {/* For the browser's own keeper of passwords, which has to know whose it is. */}
          <input type="text" name="username" autocomplete="username" value={email} hidden readonly />
          <Field
            name="passphrase"
            label={t('new-passphrase.first')}
            hint={t('new-passphrase.hint', { n: shortestPassphrase })}
            control={(props) => <input {...props} {...input} />}
          />
          <Field name="again" label={t('new-passphrase.again')} control={(props) => <input {...props} {...input} />} />
          <div class="actions">
            <Button>{t('new-passphrase.send')}</Button>
            <a href={ownAddress(locale, 'console')}>{t('cancel')}</a>
          </div>
        </form>
      </div>
    ),
  };
}
