import { Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import { address } from '#design';
import { languageName } from '#kernel/i18n';
import { consoleText } from './console-text.ts';
import type { SetUpError, SetUpField } from './set-up-errors.ts';

export type SetUpView = {
  token: string;
  /** What was sent, when it came back with errors; else what we can guess. The passphrase never comes back. */
  entered: {
    publicUrl: string;
    name: string;
    languages: readonly string[];
    timeZone: string;
    sector: string;
    ownerEmail: string;
  };
  errors: readonly SetUpError[];
  languages: readonly string[];
  sectors: readonly Sector[];
  /** IANA names to choose from. */
  timeZones: readonly string[];
  shortestPassphrase: number;
};

type Sector = 'finance' | 'healthcare' | 'retail' | 'government' | 'social-network' | 'other';

/** The one form between an empty installation and an organisation. */
export function setUpPage(view: SetUpView, { locale }: Reader): Page {
  const t = consoleText(locale);
  return {
    title: t(view.errors.length > 0 ? 'set-up.title.error' : 'set-up.title'),
    description: '',
    section: null,
    path: 'set-up',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('set-up.title')}</h1>
            <p class="lede">{t('set-up.lede')}</p>
          </div>
        </div>
        <div class="section">
          <ErrorSummary errors={view.errors} />
          <form method="post" action={address(locale, 'set-up')}>
            <input type="hidden" name="token" value={view.token} />
            <OrganisationFields view={view} locale={locale} />
            <OwnerFields view={view} locale={locale} />
            <div class="actions">
              <Button>{t('set-up.send')}</Button>
            </div>
            <p class="hint more">{t('set-up.send.hint')}</p>
          </form>
        </div>
      </>
    ),
  };
}

type Part = { view: SetUpView; locale: string };

const errorIn = (view: SetUpView, field: SetUpField) => view.errors.find((error) => error.field === field)?.message;

function OrganisationFields({ view, locale }: Part) {
  const t = consoleText(locale);
  const { entered } = view;
  return (
    <section class="form-part" aria-labelledby="part-organisation">
      <h2 id="part-organisation">{t('set-up.organisation')}</h2>
      <Field
        name="name"
        label={t('set-up.name')}
        hint={t('set-up.name.hint')}
        error={errorIn(view, 'name')}
        control={(props) => (
          <input {...props} required maxlength={120} autocomplete="organization" value={entered.name} dir="auto" />
        )}
      />
      <Field
        name="publicUrl"
        label={t('set-up.address')}
        hint={t.rich('set-up.address.hint', { example: <code>https://trust.example.org</code> })}
        error={errorIn(view, 'publicUrl')}
        control={(props) => (
          <input {...props} type="url" required inputmode="url" autocomplete="off" spellcheck={false} value={entered.publicUrl} />
        )}
      />
      <Languages view={view} locale={locale} />
      <Field
        name="timeZone"
        label={t('set-up.zone')}
        hint={t.rich('set-up.zone.hint', { example: <code>Europe/Berlin</code> })}
        error={errorIn(view, 'timeZone')}
        control={(props) => (
          <>
            <input {...props} required list="zones" autocomplete="off" spellcheck={false} value={entered.timeZone} />
            <datalist id="zones">
              {view.timeZones.map((zone) => (
                <option value={zone}>{zone}</option>
              ))}
            </datalist>
          </>
        )}
      />
      <Field
        name="sector"
        label={t('set-up.sector')}
        hint={t('set-up.sector.hint')}
        error={errorIn(view, 'sector')}
        control={(props) => (
          <select {...props} required>
            <option value="" selected={entered.sector === ''}>
              {t('set-up.sector.choose')}
            </option>
            {view.sectors.map((sector) => (
              <option value={sector} selected={entered.sector === sector}>
                {t(`sector.${sector}`)}
              </option>
            ))}
          </select>
        )}
      />
    </section>
  );
}

function Languages({ view, locale }: Part) {
  const t = consoleText(locale);
  const error = errorIn(view, 'languages');
  const described = error ? 'languages-hint languages-error' : 'languages-hint';
  return (
    <fieldset class={error ? 'field error' : 'field'} id="languages" tabindex={-1} aria-describedby={described}>
      <legend>{t('set-up.languages')}</legend>
      <p class="hint" id="languages-hint">
        {t('set-up.languages.hint')}
      </p>
      {error && (
        <p class="msg" id="languages-error">
          {error}
        </p>
      )}
      {view.languages.map((language) => (
        <div class="check">
          <input
            type="checkbox"
            id={`language-${language}`}
            name="languages"
            value={language}
            checked={view.entered.languages.includes(language)}
          />
          <label for={`language-${language}`} lang={language}>
            {languageName(language)}
          </label>
        </div>
      ))}
    </fieldset>
  );
}

function OwnerFields({ view, locale }: Part) {
  const t = consoleText(locale);
  const { entered, shortestPassphrase: n } = view;
  return (
    <section class="form-part" aria-labelledby="part-owner">
      <h2 id="part-owner">{t('set-up.owner')}</h2>
      <p class="hint">{t('set-up.owner.hint')}</p>
      <Field
        name="ownerEmail"
        label={t('set-up.email')}
        hint={t('set-up.email.hint')}
        error={errorIn(view, 'ownerEmail')}
        control={(props) => <input {...props} type="email" required autocomplete="username" value={entered.ownerEmail} />}
      />
      <Field
        name="ownerPassphrase"
        label={t('set-up.passphrase')}
        hint={t('set-up.passphrase.hint', { n })}
        error={errorIn(view, 'ownerPassphrase')}
        control={(props) => <input {...props} type="password" required minlength={n} autocomplete="new-password" />}
      />
      {view.errors.length > 0 && !errorIn(view, 'ownerPassphrase') && <p class="hint">{t('set-up.passphrase.again')}</p>}
    </section>
  );
}
