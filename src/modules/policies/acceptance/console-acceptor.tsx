import { address, Empty, type Page, type Reader } from '#design';
import { acceptanceConsoleText } from './acceptance-console-text.ts';
import { DecisionLine } from './decision-line.tsx';
import type { PersonAcceptance } from './read-acceptances.ts';

/** Everything one person answered, as they see it themselves. */
export function consoleAcceptor(
  { accountId, acceptances }: { accountId: string; acceptances: readonly PersonAcceptance[] },
  { locale }: Reader,
): Page {
  const t = acceptanceConsoleText(locale);
  const answered = acceptances.filter(({ decisions }) => decisions.length > 0);
  return {
    title: t('acceptor'),
    description: '',
    section: 'policies',
    path: `console/acceptances/${accountId}`,
    unlisted: true,
    body: (
      <>
        <nav class="crumbs" aria-label={t('crumbs')}>
          <ol>
            <li>
              <a href={address(locale, 'console', 'acceptances')}>{t('acceptances')}</a>
            </li>
          </ol>
        </nav>
        <div class="head">
          <h1>{t('acceptor')}</h1>
        </div>
        {answered.length === 0 && <Empty title={t('acceptor.none')} />}
        {answered.map(({ document, decisions, asking }) => (
          <section class="section" aria-labelledby={`d-${document.slug}`}>
            <h2 id={`d-${document.slug}`}>
              <bdi lang={document.language}>{document.title}</bdi>
            </h2>
            {asking === 'ask' && <p class="text">{t('acceptor.open', { version: document.current?.number ?? 0 })}</p>}
            <ol>
              {decisions.map((decision) => (
                <li>
                  <DecisionLine decision={decision} document={document} locale={locale} perspective="staff" />
                </li>
              ))}
            </ol>
          </section>
        ))}
      </>
    ),
  };
}
