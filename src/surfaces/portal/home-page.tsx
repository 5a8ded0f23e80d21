import { address, Empty, Instant, type Page, type Reader } from '#design';
import { actSentence, type OwnMandates } from '#accounts';
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
  mandates: OwnMandates;
};

// More would push what waits for them off the page; the rest is one click away.
const mostActs = 5;

/** What concerns a person now, and everything that is theirs here. */
export function portalHome(view: PortalHomeView, { locale, now }: Reader): Page {
  const t = portalText(locale);
  const open = view.questions.filter(({ answeredAt }) => answeredAt === null);
  const lately = (at: Temporal.Instant) => Temporal.Instant.compare(at, now.subtract({ hours: 24 * 14 })) > 0;
  const recent = view.questions.filter(({ answeredAt }) => answeredAt && lately(answeredAt));
  const { forMe, offers, asDelegate } = view.mandates;
  const done = forMe.flatMap(({ person, acts }) => acts.filter(({ at }) => lately(at)).map((act) => ({ person, act })));
  const acting = asDelegate.filter(({ state }) => state === 'active');
  const mandates = address(locale, 'me', 'mandates');
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
          {open.length + recent.length + offers.length + done.length + view.asked.length === 0 && !view.receipt ? (
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
              {offers.map(({ person }) => (
                <li>
                  <a href={mandates}>{t.rich('home.offer', { person: <bdi>{person}</bdi> })}</a>
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
              {done.slice(0, mostActs).map(({ person, act }) => (
                <li>
                  {t.rich('home.done-for-you', {
                    person: <bdi>{person || t('home.somebody')}</bdi>,
                    act: actSentence(act, locale),
                  })}{' '}
                  <span class="quiet">
                    <Instant at={act.at} day age />
                  </span>
                </li>
              ))}
              {done.length > mostActs && (
                <li>
                  <a href={mandates}>{t('home.done-more', { n: done.length - mostActs })}</a>
                </li>
              )}
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
              <a href={mandates}>{t('section.mandates')}</a>
            </dt>
            <dd>
              {acting.length === 0 && t('home.mandates.none')}
              {acting.map(({ id, person }, at) => (
                <>
                  {at > 0 && ', '}
                  <a href={address(locale, 'me', 'for', id)}>{t.rich('home.act-for', { person: <bdi>{person}</bdi> })}</a>
                </>
              ))}
            </dd>
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
