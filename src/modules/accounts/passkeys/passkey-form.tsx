import { Button } from '#design';
import type { ComponentChildren } from 'preact';
import { proofsText } from '../proofs-text.ts';

/** Whether passkeys work where the page is read: a browser takes them on one origin only. */
export type PasskeyPlace =
  | { readonly kind: 'here' }
  /** The same page where they do: `http://localhost:8080/en/console/sign-in`. */
  | { readonly kind: 'elsewhere'; readonly url: string }
  /** The public address is a number, for which no browser makes any. */
  | { readonly kind: 'nowhere' };

/** The script that asks the browser for a passkey. Pages with a `PasskeyForm` name it. */
export const passkeyScript = 'passkey.js';

/**
 * The one form that needs JavaScript: only a script can talk to a device. Without it, or where there can be none, it says so.
 * The script fetches the options anew at each press, so that a page may stand open for as long as it likes.
 */
export function PasskeyForm(props: {
  locale: string;
  place: PasskeyPlace;
  act: 'create' | 'get';
  action: string;
  options: string;
  button: string;
  tone?: 'first' | 'second';
  children?: ComponentChildren;
}) {
  const { locale, place, act, action, options, button, tone = 'first' } = props;
  const t = proofsText(locale);
  if (place.kind === 'nowhere') return <p class="note">{t('passkey.nowhere')}</p>;
  if (place.kind === 'elsewhere')
    return <p class="note">{t.rich('passkey.elsewhere', { link: () => <a href={place.url}>{place.url}</a> })}</p>;
  return (
    <div>
      <p class="note" data-passkey-plain>
        {t('passkey.plain')}
      </p>
      <form method="post" action={action} data-passkey={act} data-options={options} hidden>
        <input type="hidden" name="response" value="" />
        {props.children}
        <p class="msg" role="alert" data-passkey-failed={t('passkey.failed')} />
        <Button tone={tone}>{button}</Button>
      </form>
    </div>
  );
}
