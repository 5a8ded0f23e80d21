import { Button, Instant, Notice, type Page, type Reader, Table } from '#design';
import { ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';
import type { Surface } from '../tables.ts';
import { methodName } from './method-name.ts';
import type { OwnSession } from './own-sessions.ts';
import type { PastSignIn } from './sign-in-history.ts';

export type SessionsView = {
  surface: Surface;
  /** Id of the session the page is read in. */
  current: string;
  sessions: readonly OwnSession[];
  history: readonly PastSignIn[];
  /** What was just done. */
  just: 'ended' | null;
};

/** Where somebody is signed in, and who signed in as them or tried to. */
export function sessionsPage(view: SessionsView, { locale }: Reader): Page {
  const t = proofsText(locale);
  const { surface, sessions, history } = view;
  return {
    title: t('sessions'),
    description: '',
    section: 'security',
    path: ownPath(surface, 'sessions'),
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('sessions')}</h1>
            <p class="lede">{t('sessions.lede', { n: sessions.length })}</p>
          </div>
          <p class="note">
            <a href={ownAddress(locale, surface)}>{t('back')}</a>
          </p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t('sessions.ended')}</p>
          </Notice>
        )}
        <div class="section">
          <Sessions view={view} locale={locale} />
          {sessions.length > 1 && (
            <form method="post" action={ownAddress(locale, surface, 'sessions', 'end-others')} class="more">
              <Button tone="second">{t('sessions.end-others')}</Button>
            </form>
          )}
          <p class="note more">{t('sessions.place')}</p>
        </div>
        <div class="section">
          <History history={history} surface={surface} locale={locale} />
          <p class="note more">{t('history.kept')}</p>
        </div>
      </>
    ),
  };
}

function Sessions({ view, locale }: { view: SessionsView; locale: string }) {
  const t = proofsText(locale);
  return (
    <Table
      caption={t('sessions.now')}
      rows={view.sessions}
      columns={[
        {
          head: t('device'),
          cell: ({ id, device }) => (
            <>
              <bdi>{device || t('device.unknown')}</bdi>
              {id === view.current && <span class="state kept"> {t('sessions.this')}</span>}
            </>
          ),
        },
        { head: t('network'), cell: ({ network }) => <bdi>{network || t('network.unknown')}</bdi> },
        { head: t('method'), cell: ({ method }) => methodName(method, locale) },
        { head: t('since'), cell: ({ createdAt }) => <Instant at={createdAt} /> },
        { head: t('seen'), cell: ({ seenAt }) => <Instant at={seenAt} age /> },
        {
          head: t('end'),
          cell: ({ id, device }) =>
            id === view.current ? (
              t('sessions.here')
            ) : (
              <form method="post" action={ownAddress(locale, view.surface, 'sessions', 'end')}>
                <input type="hidden" name="id" value={id} />
                <button type="submit" class="linklike">
                  {t('sessions.end')}
                  <span class="visually-hidden">: {device || t('device.unknown')}</span>
                </button>
              </form>
            ),
        },
      ]}
    />
  );
}

function History({ history, surface, locale }: { history: readonly PastSignIn[]; surface: Surface; locale: string }) {
  const t = proofsText(locale);
  return (
    <Table
      caption={t('history')}
      rows={history}
      columns={[
        { head: t('when'), cell: ({ at }) => <Instant at={at} /> },
        {
          head: t('what'),
          cell: ({ outcome, method }) => (
            <span class={outcome === 'refused' ? 'state wait' : undefined}>
              {t(`history.${outcome}`, { method: methodName(method, locale) })}
            </span>
          ),
        },
        { head: t('device'), cell: ({ device }) => <bdi>{device || t('device.unknown')}</bdi> },
        { head: t('network'), cell: ({ network }) => <bdi>{network || t('network.unknown')}</bdi> },
        {
          head: t('history.doubt'),
          cell: ({ id }) => (
            <form method="post" action={ownAddress(locale, surface, 'dispute')}>
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="linklike">
                {t('history.not-me')}
              </button>
            </form>
          ),
        },
      ]}
    />
  );
}
