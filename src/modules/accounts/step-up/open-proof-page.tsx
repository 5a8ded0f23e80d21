import { address, Button, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { AccountsRefusal } from '../refusals.ts';

export type OpenProofView = { readonly token: string; readonly refused: Refused<AccountsRefusal> | null };

/** Behind the link by which a user proves again that it is them. Opening it changes nothing; the button does. */
export function openProofPage({ token, refused }: OpenProofView, { locale }: Reader): Page {
  const t = proofsText(locale);
  return {
    title: t(refused ? 'confirm.error' : 'confirm'),
    description: '',
    section: null,
    path: 'me/confirm/open',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('confirm')}</h1>
        <RefusedNotice refused={refused} locale={locale} />
        {refused ? (
          <p>
            <a href={address(locale, 'me', 'confirm')}>{t('confirm.mail.again')}</a>
          </p>
        ) : (
          <>
            <p class="lede">{t('confirm.open')}</p>
            <form method="post" action={address(locale, 'me', 'confirm', 'open')}>
              <input type="hidden" name="token" value={token} />
              <div class="actions">
                <Button>{t('confirm.send')}</Button>
              </div>
            </form>
          </>
        )}
      </div>
    ),
  };
}
