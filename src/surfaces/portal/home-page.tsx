import { address, Empty, Instant, type Page, type Reader } from '#design';
import type { PersonAcceptance } from '#policies';
import type { Question } from '#support';
import { portalText } from './portal-text.ts';

export type PortalHomeView = {
  organisation: string;
  /** Their questions, newest first. */
  questions: readonly Question[];
  preferences: number;
  /** Texts that wait for their answer, and how many they answered about. */
  asked: readonly Pick<PersonAcceptance, 'document' | 'standing'>[];
  answered: number;
  /** This browser also holds a receipt that is kept with no account. */
  receipt: boolean;
};

/** What concerns a person now, and everything that is theirs here. */
export function portalHome(view: PortalHomeView, { locale, now }: Reader): Page {
  const t = portalText(locale);
  const open = view.questions.filter(({ answeredAt }) => answeredAt === null);
  const recent = view.questions.filter(
    ({ answeredAt }) => answeredAt && Temporal.Instant.compare(answeredAt, now.subtract({ hours: 24 * 14 })) > 0,
  );
  return {
    title: t('home.title'),
    description: '',
    section: 'overview',
    path: 'me',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('home.title')}</h1>
            <p class="lede">{t('home.lede', { organisation: view.organisation, open: open.length, answered: recent.length })}</p>
          </div>
        </div>
        <section class="section" aria-labelledby="now">
          <h2 id="now">{t('home.now')}</h2>
          {open.length + recent.length + view.asked.length === 0 && !view.receipt ? (
            <Empty title={t('home.now.none')}>{t('home.now.none.what')}</Empty>
          ) : (
            <ul>
              {view.receipt && (
                <li>{t.rich('home.receipt', { link: (text) => <a href={address(locale, 'me', 'questions')}>{text}</a> })}</li>
              )}
              {view.asked.map(({ document, standing }) => (
                <li>
                  <a href={address(locale, 'me', 'acceptances', document.slug)}>
                    <bdi lang={document.language}>{document.title}</bdi>
                  </a>{' '}
                  {t('home.acceptance', {
                    what: t(standing.last === null ? 'home.acceptance.first' : 'home.acceptance.again', {
                      version: document.current?.number ?? 0,
                    }),
                  })}
                </li>
              ))}
              {[...open, ...recent].map((question) => (
                <li>
                  <a href={`${address(locale, 'me', 'questions')}#q-${question.id}`}>
                    <bdi lang={question.documentLanguage}>{question.title}</bdi>
                  </a>{' '}
                  <Standing question={question} locale={locale} now={now} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <section class="section" aria-labelledby="yours">
          <h2 id="yours">{t('home.yours')}</h2>
          <dl class="facts">
            <dt>
              <a href={address(locale, 'me', 'questions')}>{t('section.questions')}</a>
            </dt>
            <dd>{t('home.questions', { n: view.questions.length })}</dd>
            <dt>
              <a href={address(locale, 'me', 'security')}>{t('section.security')}</a>
            </dt>
            <dd>{t('home.security')}</dd>
            <dt>
              <a href={address(locale, 'me', 'settings')}>{t('section.settings')}</a>
            </dt>
            <dd>{t('home.preferences', { n: view.preferences })}</dd>
            <dt>
              <a href={address(locale, 'me', 'data')}>{t('section.data')}</a>
            </dt>
            <dd>{t('home.data')}</dd>
            <dt>
              <a href={address(locale, 'me', 'acceptances')}>{t('home.acceptances')}</a>
            </dt>
            <dd>{t('home.acceptances.n', { n: view.answered })}</dd>
          </dl>
        </section>
      </>
    ),
  };
}

function Standing({ question, locale, now }: { question: Question; locale: string; now: Temporal.Instant }) {
  const t = portalText(locale);
  const { answeredAt, dueAt } = question;
  if (answeredAt) return <>{t.rich('home.answered', { date: <Instant at={answeredAt} day age /> })}</>;
  if (Temporal.Instant.compare(dueAt, now) < 0)
    return <span class="state broken">{t.rich('home.late', { date: <Instant at={dueAt} day age /> })}</span>;
  return <>{t.rich('home.due', { date: <Instant at={dueAt} day age /> })}</>;
}
