import { address, Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import { ConsoleCrumbs } from '../console-crumbs.tsx';
import { acceptanceConsoleText } from './acceptance-console-text.ts';

export type ConsoleAcceptorsView = {
  /** `null` for whoever may not see who decided what. */
  readonly people: { readonly typed: string; readonly found: readonly { accountId: string; called: string }[] | null } | null;
  /** `null` for whoever may not connect programs. */
  readonly returnAddresses: readonly string[] | null;
  readonly entered: string;
  readonly error: string | null;
};

/** What is common to all documents: the record of one person, and where links of programs may lead back to. */
export function consoleAcceptors(view: ConsoleAcceptorsView, { locale }: Reader): Page {
  const t = acceptanceConsoleText(locale);
  const { people, returnAddresses, error } = view;
  const here = address(locale, 'console', 'acceptances');
  return {
    title: t('acceptances'),
    description: '',
    section: 'policies',
    path: 'console/acceptances',
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} />
        <div class="head">
          <h1>{t('acceptances')}</h1>
        </div>
        <ErrorSummary errors={error === null ? [] : [{ field: 'address', message: error }]} />
        {people && (
          <section class="section" aria-labelledby="person">
            <h2 id="person">{t('person')}</h2>
            <form method="post" action={here} class="narrow">
              <Field
                name="called"
                label={t('person.called')}
                hint={t('person.called.hint')}
                control={(props) => <input {...props} value={people.typed} maxlength={320} autocomplete="off" dir="auto" />}
              />
              <Button tone="second">{t('person.find')}</Button>
            </form>
            {people.found && (
              <div role="status">
                {people.found.length === 0 && <p class="empty">{t('person.none')}</p>}
                <ul>
                  {people.found.map(({ accountId, called }) => (
                    <li>
                      <a href={`${here}/${accountId}`}>
                        <bdi>{called}</bdi>
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </section>
        )}
        {returnAddresses && (
          <section class="section" aria-labelledby="return">
            <h2 id="return">{t('return')}</h2>
            <p class="text">{t('return.what')}</p>
            {returnAddresses.length === 0 && <p class="empty">{t('return.none')}</p>}
            <ul>
              {returnAddresses.map((one) => (
                <li>
                  <form method="post" action={`${here}/forbid`}>
                    <code dir="ltr">{one}</code> <input type="hidden" name="address" value={one} />
                    <button type="submit" class="linklike">
                      {t('return.forbid')} <span class="visually-hidden">{one}</span>
                    </button>
                  </form>
                </li>
              ))}
            </ul>
            <form method="post" action={`${here}/allow`} class="narrow">
              <Field
                name="address"
                label={t('return.address')}
                hint={t('return.address.hint')}
                error={error ?? undefined}
                control={(props) => <input {...props} type="url" value={view.entered} maxlength={500} dir="ltr" />}
              />
              <Button tone="second">{t('return.allow')}</Button>
            </form>
          </section>
        )}
      </>
    ),
  };
}
