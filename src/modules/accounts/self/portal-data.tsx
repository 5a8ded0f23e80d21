import { address, Button, Checkbox, ErrorSummary, type Page, type Reader } from '#design';
import { selfText } from './self-text.ts';

export type PortalDataView = {
  readonly organisation: string;
  readonly email: string | null;
  /** Sealed entries about this person in the private log. */
  readonly entries: number;
  readonly questions: number;
  readonly published: number;
  /** Documents that they accepted, refused or withdrew from. */
  readonly acceptances: number;
  readonly unconfirmed: boolean;
};

/** What is held here about a person: to take along, and to end, with what stays and why. */
export function portalData(view: PortalDataView, { locale }: Reader): Page {
  const t = selfText(locale);
  const { organisation, entries, questions, published, acceptances } = view;
  const error = view.unconfirmed ? t('erase.unconfirmed') : undefined;
  return {
    title: t('data'),
    description: '',
    section: 'data',
    path: 'me/data',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('data')}</h1>
            <p class="lede">{t('data.lede', { organisation })}</p>
          </div>
        </div>
        <ErrorSummary errors={error === undefined ? [] : [{ field: 'confirm', message: error }]} />
        <section class="section" aria-labelledby="take">
          <h2 id="take">{t('take')}</h2>
          <p class="text">{t('take.what')}</p>
          <p>
            <a class="button" href={address(locale, 'me', 'data', 'account.json')} download>
              {t('take.send')}
            </a>
          </p>
        </section>
        <section class="section" aria-labelledby="erase">
          <h2 id="erase">{t('erase')}</h2>
          <div class="text">
            <p>{t('erase.what')}</p>
            <h3>{t('erase.goes')}</h3>
            <ul>
              <li>{t('erase.goes.account', { email: view.email ?? '' })}</li>
              <li>{t('erase.goes.key', { entries })}</li>
              {questions > 0 && <li>{t('erase.goes.questions', { questions })}</li>}
              {acceptances > 0 && <li>{t('erase.goes.acceptances', { acceptances })}</li>}
            </ul>
            <h3>{t('erase.stays')}</h3>
            <ul>
              <li>{t('erase.stays.entries', { entries })}</li>
              {questions > 0 && <li>{t('erase.stays.count', { questions })}</li>}
              {published > 0 && <li>{t('erase.stays.published', { published })}</li>}
              {acceptances > 0 && <li>{t('erase.stays.acceptances', { organisation })}</li>}
              <li>{t('erase.stays.backups', { organisation })}</li>
            </ul>
          </div>
          <details class="more danger-zone" open={view.unconfirmed}>
            <summary>{t('erase.open')}</summary>
            <form method="post" action={address(locale, 'me', 'data', 'erase')}>
              <Checkbox name="confirm" label={t('erase.confirm')} error={error} />
              <Button tone="danger">{t('erase.send')}</Button>
            </form>
          </details>
        </section>
      </>
    ),
  };
}

/** After it: nobody is signed in any more. */
export function portalAccountErased({ organisation }: { organisation: string }, { locale }: Reader): Page {
  const t = selfText(locale);
  return {
    title: t('erased'),
    description: '',
    section: null,
    path: 'me',
    unlisted: true,
    body: (
      <div class="head">
        <div>
          <h1>{t('erased')}</h1>
          <p class="lede">{t('erased.lede')}</p>
          <p>
            <a href={address(locale)}>{t('erased.home', { organisation })}</a>
          </p>
        </div>
      </div>
    ),
  };
}
