import { address, Empty, Instant, type Page, type Reader } from '#design';
import { consoleText } from './console-text.ts';

export type CaughtMailView = {
  letters: readonly { id: string; createdAt: Temporal.Instant; to: string; subject: string; text: string }[];
};

/** What a sample would have sent. Only where mail is caught; an installation that sends has no such page. */
export function mailPage({ letters }: CaughtMailView, { locale }: Reader): Page {
  const t = consoleText(locale);
  return {
    title: t('mail'),
    description: '',
    section: null,
    path: 'console/mail',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('mail')}</h1>
          </div>
        </div>
        <div class="notice warn">
          <p>{t('mail.caught')}</p>
        </div>
        {letters.length === 0 ? (
          <Empty title={t('mail.none')} />
        ) : (
          letters.map(({ id, createdAt, to, subject, text }) => (
            <article class="section" aria-labelledby={`letter-${id}`}>
              <h2 id={`letter-${id}`}>{subject}</h2>
              <p class="note">
                {t.rich('mail.to', { to: <bdi>{to}</bdi>, date: <Instant at={createdAt} age /> })}{' '}
                <a href={address(locale, 'console', 'mail', id)}>{t('mail.html')}</a>
              </p>
              <div>
                {text
                  .trim()
                  .split('\n\n')
                  .map((part) => (
                    <p>{linked(part)}</p>
                  ))}
              </div>
            </article>
          ))
        )}
      </>
    ),
  };
}

/** As a mail program shows text: lines as they are, addresses as links. */
function linked(part: string) {
  return part.split('\n').map((line, at) => (
    <>
      {at > 0 && <br />}
      {/^https?:\/\//.test(line) ? <a href={line}>{line}</a> : line}
    </>
  ));
}
