import { address, Button, Field, Instant, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { CloseDisputeRefusal, Dispute } from './disputes.ts';
import { methodName } from './method-name.ts';

export type DisputeView = {
  dispute: Dispute;
  /** Whoever only reads sees no form. */
  mayClose: boolean;
  note: string;
  refused: Refused<CloseDisputeRefusal> | null;
};

/** What somebody said was not them, for the member of staff who looks into it. */
export function disputePage({ dispute, mayClose, note, refused }: DisputeView, { locale }: Reader): Page {
  const t = proofsText(locale);
  const { account, signIn, closed } = dispute;
  return {
    title: t(refused ? 'dispute.error' : 'dispute'),
    description: '',
    section: 'overview',
    path: `console/disputes/${dispute.id}`,
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('dispute')}</h1>
            <p class="lede">{t(`dispute.lede.${account.kind}`)}</p>
          </div>
        </div>
        <div class="section">
          <RefusedNotice refused={refused} locale={locale} />
          <dl class="facts">
            <dt>{t('dispute.who')}</dt>
            <dd>
              <bdi>{account.name ?? account.email ?? t('dispute.nameless')}</bdi>
              {account.name !== null && account.email !== null && <bdi>, {account.email}</bdi>}
            </dd>
            <dt>{t('dispute.said')}</dt>
            <dd>
              <Instant at={dispute.at} age />
            </dd>
            <dt>{t('dispute.sign-in')}</dt>
            <dd>
              <Instant at={signIn.at} />, {methodName(signIn.method, locale)}
            </dd>
            <dt>{t('device')}</dt>
            <dd>
              <bdi>{signIn.device || t('device.unknown')}</bdi>, <bdi>{signIn.network || t('network.unknown')}</bdi>
            </dd>
            <dt>{t('dispute.done')}</dt>
            <dd>{t('dispute.sessions', { n: dispute.sessionsEnded })}</dd>
            <dt>{t('dispute.proofs')}</dt>
            <dd>{t(dispute.doubted ? 'dispute.doubted' : 'dispute.mended')}</dd>
            {closed && (
              <>
                <dt>{t('dispute.closed')}</dt>
                <dd>
                  <Instant at={closed.at} />: <bdi>{closed.note}</bdi>
                </dd>
              </>
            )}
          </dl>
        </div>
        {!closed && mayClose && (
          <form method="post" action={address(locale, 'console', 'disputes', dispute.id)} class="section">
            <Field
              name="note"
              label={t('dispute.note')}
              hint={t('dispute.note.hint')}
              control={(props) => (
                <textarea {...props} required maxlength={4000} class="short" dir="auto">
                  {note}
                </textarea>
              )}
            />
            <Button>{t('dispute.close')}</Button>
          </form>
        )}
      </>
    ),
  };
}
