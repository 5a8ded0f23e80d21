import { address, Button, Checkbox, ErrorSummary, Field, Instant, Notice, type Page, type Reader, Table } from '#design';
import { interfaceLanguages, languageName } from '#kernel/i18n';
import { type Acting, ActingHead, ForWhom, offers, pathOf, placeOf } from '../mandates/acting.tsx';
import { channels, type Preference, type PreferenceName, readingSizes, topics } from './preferences.ts';
import { linksText } from '../links/links-text.ts';
import { selfText } from './self-text.ts';

export type PortalSettingsView = {
  /** `null`: whoever looks at their own. */
  readonly under: Acting | null;
  readonly chosen: readonly Preference[];
  readonly timeZones: readonly string[];
  readonly error: { readonly name: PreferenceName; readonly message: string } | null;
  readonly just: boolean;
};

/** What a person chose about how this place treats them: each choice a row they see and can take back. */
export function portalSettings(view: PortalSettingsView, { locale }: Reader): Page {
  const t = selfText(locale);
  const { error, under } = view;
  const whose = { who: under ? 'other' : 'self' };
  const changeable = offers(under, 'self:manage');
  return {
    title: t('settings', whose),
    description: '',
    section: under ? 'acting' : 'settings',
    path: pathOf(under, 'settings'),
    unlisted: true,
    body: (
      <>
        <ActingHead
          under={under}
          title={t('settings', whose)}
          lede={t('settings.lede', whose)}
          current="settings"
          locale={locale}
        />
        <ErrorSummary errors={error ? [{ field: error.name, message: error.message }] : []} />
        {view.just && (
          <Notice tone="good" announce>
            <p>{t('settings.saved')}</p>
          </Notice>
        )}
        {changeable && <Choices view={view} locale={locale} />}
        {!under && (
          <p class="text more">
            <a href={address(locale, 'me', 'address')}>{linksText(locale)('address.title')}</a>
          </p>
        )}
        <section class="section" aria-labelledby="rows">
          <h2 id="rows">{t('rows')}</h2>
          {view.chosen.length === 0 ? (
            <p class="text">{t('rows.none', whose)}</p>
          ) : (
            <Table
              caption={t('rows')}
              quiet
              rows={view.chosen}
              columns={[
                { head: t('row.what'), cell: ({ name }) => t(`name.${name}`) },
                { head: t('row.value'), cell: ({ name, value }) => valueText(name, value, locale) },
                { head: t('row.since'), cell: ({ chosenAt }) => <Instant at={chosenAt} day /> },
                {
                  head: t('row.act'),
                  cell: ({ name }) =>
                    changeable && (
                      <form method="post" action={placeOf(locale, under, 'settings', name, 'forget')}>
                        <ForWhom under={under} />
                        <button type="submit" class="linklike">
                          {t.rich('row.forget', { name: <span class="visually-hidden">{t(`name.${name}`)}</span> })}
                        </button>
                      </form>
                    ),
                },
              ]}
            />
          )}
        </section>
      </>
    ),
  };
}

function valueText(name: PreferenceName, value: string, locale: string): string {
  const t = selfText(locale);
  const known = [...topics, ...channels, ...readingSizes] as const;
  if (name === 'language') return interfaceLanguages.some((known) => known === value) ? languageName(value) : value;
  return value
    .split(',')
    .map((item) => {
      const found = known.find((one) => one === item);
      return found ? t(`value.${found}`) : item;
    })
    .join(', ');
}

function Choices({ view, locale }: { view: PortalSettingsView; locale: string }) {
  const t = selfText(locale);
  const value = (name: PreferenceName) => view.chosen.find((row) => row.name === name)?.value ?? '';
  const errorAt = (name: PreferenceName) => (view.error?.name === name ? view.error.message : undefined);
  const select = (name: PreferenceName, options: readonly (readonly [value: string, text: string])[]) => (
    <Field
      name={name}
      label={t(`name.${name}`)}
      error={errorAt(name)}
      control={(control) => (
        <select {...control}>
          <option value="">{t('not-chosen')}</option>
          {options.map(([option, text]) => (
            <option value={option} selected={option === value(name)}>
              {text}
            </option>
          ))}
        </select>
      )}
    />
  );
  const several = (name: 'topics' | 'channels', options: readonly ((typeof topics)[number] | (typeof channels)[number])[]) => (
    <fieldset id={name}>
      <legend>{t(`name.${name}`)}</legend>
      {options.map((option) => (
        <Checkbox name={`${name}-${option}`} label={t(`value.${option}`)} checked={value(name).split(',').includes(option)} />
      ))}
    </fieldset>
  );
  const [from = '', to = ''] = value('contactHours').split('-');
  return (
    <form method="post" action={placeOf(locale, view.under, 'settings')} class="narrow section">
      <ForWhom under={view.under} />
      {select(
        'language',
        interfaceLanguages.map((language) => [language, languageName(language)]),
      )}
      {select(
        'timeZone',
        view.timeZones.map((zone) => [zone, zone]),
      )}
      {select(
        'readingSize',
        readingSizes.map((size) => [size, t(`value.${size}`)]),
      )}
      <p class="hint more">{t('wishes')}</p>
      {several('topics', topics)}
      {several('channels', channels)}
      <fieldset id="contactHours">
        <legend>{t('name.contactHours')}</legend>
        {errorAt('contactHours') !== undefined && <p class="msg">{errorAt('contactHours')}</p>}
        <Field
          name="contactFrom"
          label={t('contact.from')}
          optional
          control={(control) => <input {...control} type="time" value={from} />}
        />
        <Field
          name="contactTo"
          label={t('contact.to')}
          optional
          control={(control) => <input {...control} type="time" value={to} />}
        />
      </fieldset>
      <Button>{t('settings.save')}</Button>
    </form>
  );
}
