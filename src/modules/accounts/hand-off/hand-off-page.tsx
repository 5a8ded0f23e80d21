import { address, Button, Instant, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { connectionsText } from '../connections-text.ts';
import { accountsSentence } from '../refusals.ts';
import type { HandOffPerson } from './read-hand-off.ts';
import type { SpendHandOffRefusal } from './spend-hand-off.ts';

export type HandOffView = {
  readonly organisation: string;
  readonly ticket: string;
  /** Whose account is about to be entered; `null` when the ticket opens none. */
  readonly person: HandOffPerson | null;
  readonly refused: Refused<SpendHandOffRefusal> | null;
};

/** One button: what only looks at an address, such as a scanner of links, spends nothing. */
export function handOffPage({ organisation, ticket, person, refused }: HandOffView, { locale }: Reader): Page {
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
            {person && <Whose person={person} organisation={organisation} locale={locale} />}
            <input type="hidden" name="ticket" value={ticket} />
            <p class="actions">
              <Button>{t('hand-off.do')}</Button>
              <a href={address(locale)}>{t('hand-off.not-me')}</a>
            </p>
            <p class="note more">{t('hand-off.not-you')}</p>
          </form>
        )}
      </div>
    ),
  };
}

/** Somebody who was sent another person's address sees it here, before they leave their own traces in that account. */
function Whose({ person, organisation, locale }: { person: HandOffPerson; organisation: string; locale: string }) {
  const t = connectionsText(locale);
  const { called, since } = person;
  if (since === null) return <p>{t('hand-off.new', { organisation })}</p>;
  if (called === null) return <p>{t.rich('hand-off.nameless', { organisation, date: <Instant at={since} day /> })}</p>;
  return (
    <p>
      {t.rich('hand-off.whose', {
        organisation,
        name: (
          <strong>
            <bdi>{called}</bdi>
          </strong>
        ),
      })}
    </p>
  );
}
