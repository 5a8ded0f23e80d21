import { Button, Instant, Notice, type Page, type Reader, Table } from '#design';
import type { Refused } from '#kernel/outcome';
import { confirmPath, ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { AccountsRefusal } from '../refusals.ts';
import type { Surface } from '../tables.ts';
import type { Doubt, DoubtedChange } from './doubt.ts';

export type DoubtView = {
  readonly surface: Surface;
  /** `null` where no sign-in is doubted, or not any more. */
  readonly doubt: Doubt | null;
  readonly just: 'disputed' | 'removed' | null;
  readonly refused: Refused<AccountsRefusal> | null;
};

/** After "this was not me": what was added or changed since, each with one press to remove it, and the end of the doubt. */
export function doubtPage({ surface, doubt, just, refused }: DoubtView, { locale }: Reader): Page {
  const t = proofsText(locale);
  return {
    title: t(refused ? 'doubt.error' : 'doubt'),
    description: '',
    section: 'security',
    path: ownPath(surface, 'doubt'),
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('doubt')}</h1>
            <p class="lede">
              {doubt ? t.rich('doubt.lede', { n: doubt.changes.length, since: <Instant at={doubt.since} /> }) : t('doubt.none')}
            </p>
          </div>
          <p class="note">
            <a href={ownAddress(locale, surface)}>{t('back')}</a>
          </p>
        </div>
        {just && (
          <Notice tone={just === 'disputed' ? 'warn' : 'good'} announce>
            <p>{t(just === 'disputed' ? 'just.disputed' : 'doubt.removed')}</p>
          </Notice>
        )}
        <RefusedNotice refused={refused} locale={locale} />
        {refused?.refusal === 'accounts/proof-too-new' && (
          <p>
            <a href={confirmPath(locale, surface, ownAddress(locale, surface, 'doubt'))}>{t('doubt.prove')}</a>
          </p>
        )}
        {doubt && <Changes doubt={doubt} surface={surface} locale={locale} />}
      </>
    ),
  };
}

function Changes({ doubt, surface, locale }: { doubt: Doubt; surface: Surface; locale: string }) {
  const t = proofsText(locale);
  return (
    <div class="section">
      {doubt.changes.length > 0 && (
        <Table
          caption={t('doubt.list')}
          rows={doubt.changes}
          columns={[
            { head: t('doubt.what'), cell: ({ kind, label }) => t.rich(`doubt.${kind}`, { label: <bdi>{label}</bdi> }) },
            { head: t('doubt.at'), cell: ({ at }) => <Instant at={at} /> },
            { head: t('doubt.act'), cell: (change) => <Remove change={change} surface={surface} locale={locale} /> },
          ]}
        />
      )}
      <p class="text more">{t(`doubt.new.${surface}`)}</p>
      <form method="post" action={ownAddress(locale, surface, 'doubt')} class="more">
        <input type="hidden" name="seen" value={doubt.seen} />
        <p class="hint">{t('doubt.settle.what')}</p>
        <Button>{t('doubt.settle')}</Button>
      </form>
    </div>
  );
}

function Remove({ change: { kind, id, label }, surface, locale }: { change: DoubtedChange; surface: Surface; locale: string }) {
  const t = proofsText(locale);
  if (kind === 'passphrase') return <a href={ownAddress(locale, surface, 'passphrase')}>{t('doubt.remove.passphrase')}</a>;
  return (
    <form method="post" action={ownAddress(locale, surface, 'doubt', 'remove')}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="linklike">
        {t(`doubt.remove.${kind}`)}
        <span class="visually-hidden">: {t(`doubt.${kind}`, { label })}</span>
      </button>
    </form>
  );
}
