import { Field, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { Surface } from '../tables.ts';
import { longestLabel } from './label.ts';
import { PasskeyForm, type PasskeyPlace, passkeyScript } from './passkey-form.tsx';
import type { RegisterPasskeyRefusal } from './register-passkey.ts';

export type NewPasskeyView = {
  surface: Surface;
  place: PasskeyPlace;
  /** As typed, or the name of this device to begin with. */
  label: string;
  refused: Refused<RegisterPasskeyRefusal> | null;
};

/** Adds a passkey to one's own account. */
export function newPasskeyPage({ surface, place, label, refused }: NewPasskeyView, { locale }: Reader): Page {
  const t = proofsText(locale);
  return {
    title: t(refused ? 'new-passkey.error' : 'new-passkey'),
    description: '',
    section: 'security',
    path: ownPath(surface, 'passkeys', 'new'),
    unlisted: true,
    scripts: [passkeyScript],
    body: (
      <div class="narrow">
        <h1>{t('new-passkey')}</h1>
        <p class="lede">{t('new-passkey.lede')}</p>
        <RefusedNotice refused={refused} locale={locale} />
        <PasskeyForm
          locale={locale}
          place={place}
          act="create"
          action={ownAddress(locale, surface, 'passkeys')}
          options={ownAddress(locale, surface, 'passkeys', 'options')}
          button={t('new-passkey.send')}
        >
          <Field
            name="label"
            label={t('new-passkey.label')}
            hint={t('new-passkey.label.hint')}
            control={(props) => <input {...props} required maxlength={longestLabel} value={label} dir="auto" />}
          />
        </PasskeyForm>
        <p class="more">
          <a href={ownAddress(locale, surface)}>{t('back')}</a>
        </p>
      </div>
    ),
  };
}
