import { type Acting, ActingHead, pathOf, placeOf } from '#accounts';
import { address, Empty, Instant, Notice, type Page, type Reader } from '#design';
import type { DecisionRow } from './acceptor.ts';
import type { AskedDocument } from './asked-documents.ts';
import { acceptanceText } from './acceptance-text.ts';
import { DecisionLine } from './decision-line.tsx';
import type { PersonAcceptance } from './read-acceptances.ts';
import { WithdrawForm } from './withdraw-form.tsx';

export type PortalAcceptancesView = {
  readonly organisation: string;
  readonly acceptances: readonly PersonAcceptance[];
  /** Whether what is here is signed so far that there is a receipt. */
  readonly receipt: boolean;
  /** May answer; a delegate may be allowed to look only. */
  readonly mayAnswer: boolean;
  readonly error: string | null;
  readonly just: 'accepted' | 'refused' | 'withdrawn' | null;
  /** Inside which mandate; `null` for oneself. */
  readonly under: Acting | null;
};

/** What somebody is asked, and everything that they answered. */
export function portalAcceptances(view: PortalAcceptancesView, { locale }: Reader): Page {
  const t = acceptanceText(locale);
  const { acceptances, organisation, under } = view;
  const open = acceptances.filter(({ asking }) => asking === 'ask');
  const answered = acceptances.filter(({ decisions }) => decisions.length > 0);
  const body = (
    <>
      <ActingHead
        under={under}
        title={t('acceptances')}
        lede={t('acceptances.lede', { open: open.length, organisation })}
        current="acceptances"
        locale={locale}
      />
      {view.just && (
        <Notice tone="good" announce>
          <p>{t(`just.${view.just}`, { organisation })}</p>
        </Notice>
      )}
      {view.error !== null && (
        <div class="notice bad" role="alert">
          <p>{view.error}</p>
        </div>
      )}
      <section class="section" aria-labelledby="asked">
        <h2 id="asked">{t('asked')}</h2>
        {open.length === 0 ? (
          <Empty title={t('asked.none')}>{t('asked.none.what', { organisation })}</Empty>
        ) : (
          <ul>
            {open.map(({ document, standing }) => (
              <li>
                <a href={placeOf(locale, under, 'acceptances', document.slug)}>
                  <bdi lang={document.language}>{document.title}</bdi>
                </a>{' '}
                {standing.last === null
                  ? t('asked.first', { version: document.current?.number ?? 0 })
                  : t('asked.again', { version: document.current?.number ?? 0, since: standing.last.version })}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="section" aria-labelledby="said">
        <h2 id="said">{t('said')}</h2>
        {answered.length === 0 ? (
          <Empty title={t('said.none')}>{t('said.none.what')}</Empty>
        ) : (
          answered.map((acceptance) => <Answered acceptance={acceptance} view={view} locale={locale} />)
        )}
        {view.receipt && (
          <p class="more">
            <a class="button" href={placeOf(locale, under, 'acceptances', 'receipt')} download>
              {t('receipt')}
            </a>{' '}
            <span class="quiet">{t('receipt.what')}</span>
          </p>
        )}
      </section>
    </>
  );
  return {
    title: t('acceptances'),
    description: '',
    section: under ? 'acting' : 'acceptances',
    path: pathOf(under, 'acceptances'),
    unlisted: true,
    body,
  };
}

type Part = { acceptance: PersonAcceptance; view: PortalAcceptancesView; locale: string };

function Answered({ acceptance, view, locale }: Part) {
  const t = acceptanceText(locale);
  const { document, standing, decisions, asking } = acceptance;
  const { slug, language, title } = document;
  const { answer, last, said } = standing;
  return (
    <section class="more" aria-labelledby={`d-${slug}`}>
      <h3 id={`d-${slug}`}>
        <bdi lang={language}>{title}</bdi>
      </h3>
      <p class="text">
        {last && said && <Stands last={last} said={said} document={document} locale={locale} />}{' '}
        {asking === 'carry' && t('stands.carry', { version: document.current?.number ?? 0 })}
        {asking === 'nothing' && answer === 'no' && document.rule.asked && document.current && (
          <a href={placeOf(locale, view.under, 'acceptances', slug)}>{t('stands.reconsider')}</a>
        )}
      </p>
      <details class="more">
        <summary>{t('history', { n: decisions.length })}</summary>
        <ol>
          {decisions.map((decision) => (
            <li>
              <DecisionLine decision={decision} document={document} locale={locale} />
            </li>
          ))}
        </ol>
      </details>
      {answer === 'yes' && last && view.mayAnswer && (
        <WithdrawForm
          action={placeOf(locale, view.under, 'acceptances', slug)}
          under={view.under}
          after={last.n}
          organisation={view.organisation}
          locale={locale}
        />
      )}
    </section>
  );
}

type Standing = { last: DecisionRow; said: DecisionRow; document: AskedDocument; locale: string };

/** What was carried over is never said to have been accepted: the version that the person did accept is named. */
function Stands({ last, said, document, locale }: Standing) {
  const t = acceptanceText(locale);
  const named = (version: number) =>
    document.isPublic ? (
      <a href={address(locale, 'policies', document.slug, 'v', version)}>{t('version', { version })}</a>
    ) : (
      t('version', { version })
    );
  const key = said.kind === 'accepted' ? (last.kind === 'carried' ? 'stands.carried' : 'stands.yes') : 'stands.no';
  return <>{t.rich(key, { version: named(said.version), date: <Instant at={said.at} day />, to: named(last.version) })}</>;
}
