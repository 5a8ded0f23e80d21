import { address, Button, Checkbox, ErrorSummary, Field, Notice, type Page, type Reader } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { connectionsText } from '../connections-text.ts';
import type { Audience } from '../tables.ts';
import type { ProviderError, ProviderField } from './provider-errors.ts';
import { longestProviderName } from './provider-entry.ts';

export type EnteredProvider = {
  readonly id: string;
  readonly audience: Audience;
  readonly issuer: string;
  readonly clientId: string;
  readonly name: string;
  readonly scopes: string;
  readonly addressesVerified: boolean;
  readonly everyoneIsStaff: boolean;
};

export type ProviderView = {
  /** As it is saved; `null` before it is. */
  readonly saved: { readonly name: string; readonly hasSecret: boolean; readonly disabled: boolean } | null;
  readonly entered: EnteredProvider;
  /** What stands before and after the short name in the address for the provider. */
  readonly publicUrl: string;
  readonly errors: readonly ProviderError[];
  /** The provider was asked how it describes itself, and answered. */
  readonly tried: boolean;
};

type Part = { view: ProviderView; locale: string };

/** One provider: connect it, try it, change it, disable it. */
export function consoleProvider(view: ProviderView, { locale }: Reader): Page {
  const t = connectionsText(locale);
  const { saved, entered, errors } = view;
  const title = saved?.name ?? t('provider.new');
  const wrong = saved ? t('provider.edit.error', { name: saved.name }) : t('provider.new.error');
  const path = ['console', 'connections', 'providers', saved ? entered.id : 'new'];
  return {
    title: errors.length > 0 ? wrong : title,
    description: '',
    section: 'connections',
    path: path.join('/'),
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} below="providers" />
        <div class="head">
          <div>
            <h1>
              <bdi>{title}</bdi>
            </h1>
          </div>
        </div>
        <div class="section">
          <ErrorSummary errors={errors} />
          {view.tried && (
            <Notice tone="good" announce>
              <p>{t(saved ? 'provider.tried.saved' : 'provider.tried')}</p>
            </Notice>
          )}
          <AddressesToRegister view={view} locale={locale} />
          {saved && <Fixed view={view} locale={locale} />}
          <form method="post" action={address(locale, ...path)} class="more">
            {!saved && <ChosenOnce view={view} locale={locale} />}
            <Changeable view={view} locale={locale} />
            <div class="actions">
              <Button name="act" value="save">
                {t(saved ? 'provider.change' : 'provider.save')}
              </Button>
              <Button name="act" value="try" tone="second">
                {t('provider.try')}
              </Button>
            </div>
            <p class="hint">{t('provider.try.hint')}</p>
          </form>
        </div>
        {saved && <Ending view={view} locale={locale} />}
      </>
    ),
  };
}

function AddressesToRegister({ view, locale }: Part) {
  const t = connectionsText(locale);
  const id = view.entered.id === '' ? t('provider.register.short') : view.entered.id;
  return (
    <section aria-labelledby="register">
      <h2 id="register">{t('provider.register')}</h2>
      <pre class="command" dir="ltr" translate={false}>
        <code>{`${view.publicUrl}/sign-in/${id}/callback`}</code>
      </pre>
      <p class="hint">{t(view.saved ? 'provider.register.saved' : 'provider.register.hint')}</p>
      <h2 class="more">{t('provider.logout')}</h2>
      <pre class="command" dir="ltr" translate={false}>
        <code>{`${view.publicUrl}/sign-in/${id}/back-channel-logout`}</code>
      </pre>
      <p class="hint">{t('provider.logout.hint')}</p>
    </section>
  );
}

function errorAt(errors: readonly ProviderError[], field: ProviderField): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

/** What can no longer be changed. */
function Fixed({ view: { entered }, locale }: Part) {
  const t = connectionsText(locale);
  return (
    <dl class="facts">
      <dt>{t('audience')}</dt>
      <dd>{t(`audience.${entered.audience}`)}</dd>
      <dt>{t('field.issuer')}</dt>
      <dd>
        <bdi>{entered.issuer}</bdi>
      </dd>
    </dl>
  );
}

function ChosenOnce({ view: { entered, errors }, locale }: Part) {
  const t = connectionsText(locale);
  return (
    <>
      <Field
        name="id"
        label={t('field.id')}
        hint={t('field.id.hint')}
        error={errorAt(errors, 'id')}
        control={(props) => (
          <input {...props} required maxlength={32} autocapitalize="none" spellcheck={false} value={entered.id} dir="ltr" />
        )}
      />
      <fieldset class="field">
        <legend>{t('field.audience')}</legend>
        <p class="hint">{t('field.audience.hint')}</p>
        {(['users', 'staff'] as const).map((audience) => (
          <div class="check">
            <input
              type="radio"
              id={`audience-${audience}`}
              name="audience"
              value={audience}
              checked={entered.audience === audience}
            />
            <label for={`audience-${audience}`}>{t(`audience.${audience}`)}</label>
          </div>
        ))}
      </fieldset>
      <Field
        name="issuer"
        label={t('field.issuer')}
        hint={t.rich('field.issuer.hint', { example: <code>https://login.example/realms/bank</code> })}
        error={errorAt(errors, 'issuer')}
        control={(props) => <input {...props} type="url" required maxlength={500} value={entered.issuer} dir="ltr" />}
      />
    </>
  );
}

function Changeable({ view: { saved, entered, errors }, locale }: Part) {
  const t = connectionsText(locale);
  const again = errors.length > 0 && !saved ? t('field.clientSecret.again') : null;
  const keep = saved?.hasSecret ? t('field.clientSecret.keep') : null;
  return (
    <>
      <Field
        name="clientId"
        label={t('field.clientId')}
        error={errorAt(errors, 'clientId')}
        control={(props) => <input {...props} required maxlength={500} spellcheck={false} value={entered.clientId} dir="ltr" />}
      />
      <Field
        name="clientSecret"
        label={t('field.clientSecret')}
        optional
        hint={keep ?? again ?? t('field.clientSecret.hint')}
        control={(props) => <input {...props} type="password" autocomplete="off" maxlength={1000} />}
      />
      <Field
        name="name"
        label={t('field.name')}
        hint={t('field.name.hint')}
        error={errorAt(errors, 'name')}
        control={(props) => <input {...props} required maxlength={longestProviderName} value={entered.name} dir="auto" />}
      />
      <Field
        name="scopes"
        label={t('field.scopes')}
        hint={t.rich('field.scopes.hint', {
          openid: <code>openid</code>,
          email: <code>email</code>,
          profile: <code>profile</code>,
        })}
        error={errorAt(errors, 'scopes')}
        control={(props) => <input {...props} maxlength={500} spellcheck={false} value={entered.scopes} dir="ltr" />}
      />
      <Checkbox
        name="addressesVerified"
        label={t('field.addressesVerified')}
        hint={t('field.addressesVerified.hint')}
        checked={entered.addressesVerified}
      />
      {(!saved || entered.audience === 'staff') && (
        <Checkbox
          name="everyoneIsStaff"
          label={t('field.everyoneIsStaff')}
          hint={t('field.everyoneIsStaff.hint')}
          checked={entered.everyoneIsStaff}
        />
      )}
    </>
  );
}

/** A provider is never deleted: who somebody was there would be lost, and come back as somebody else. */
function Ending({ view: { saved, entered, errors }, locale }: Part) {
  const t = connectionsText(locale);
  const action = (act: string) => address(locale, 'console', 'connections', 'providers', entered.id, act);
  if (saved?.disabled) {
    return (
      <form method="post" action={action('enable')} class="section">
        <h2>{t('provider.enable')}</h2>
        <p class="hint">{t('provider.enable.what')}</p>
        <Button tone="second">{t('provider.enable')}</Button>
      </form>
    );
  }
  return (
    <form method="post" action={action('disable')} class="section">
      <h2>{t('provider.disable')}</h2>
      <p class="hint">{t('provider.disable.what')}</p>
      <Checkbox name="confirm" label={t('provider.disable.confirm')} error={errorAt(errors, 'confirm')} />
      <Button tone="danger">{t('provider.disable.do')}</Button>
    </form>
  );
}
