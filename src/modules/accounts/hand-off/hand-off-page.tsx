import { address, Button, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { connectionsText } from '../connections-text.ts';
import { accountsSentence } from '../refusals.ts';
import type { SpendHandOffRefusal } from './spend-hand-off.ts';

export type HandOffView = {
  readonly organisation: string;
  readonly ticket: string;
  readonly refused: Refused<SpendHandOffRefusal> | null;
};

/** One button: what only looks at an address, such as a scanner of links, spends nothing. */
export function handOffPage({ organisation, ticket, refused }: HandOffView, { locale }: Reader): Page {
  const t = connectionsText(locale);
  const title = t('hand-off', { organisation });
  return {
    title: refused ? t('problem') : title,
    description: '',
    section: null,
    path: 'sign-in/hand-off',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{refused ? t('problem') : title}</h1>
        {refused ? (
          <>
            <div class="notice bad" role="alert">
              <p>{accountsSentence(refused.refusal, refused.facts, locale)}</p>
            </div>
            <p>{t('hand-off.again')}</p>
          </>
        ) : (
          <form method="post" action={address(locale, 'sign-in', 'hand-off')}>
            <p class="lede">{t('hand-off.lede', { organisation })}</p>
            <input type="hidden" name="ticket" value={ticket} />
            <Button>{t('hand-off.do')}</Button>
            <p class="note more">{t('hand-off.not-you')}</p>
          </form>
        )}
      </div>
    ),
  };
}
