import { address, Button } from '#design';
import { approvalsText } from './approvals-text.ts';
import type { FourEyesSetting } from './list-approvals.ts';
import { SecondPersonPart } from './second-person-part.tsx';

type Errors = readonly { readonly field: string; readonly message: string }[];

/** What needs two people, each with the way to change it. */
export function FourEyesSettings(props: { settings: readonly FourEyesSetting[]; errors: Errors; locale: string }) {
  const { settings, errors, locale } = props;
  const t = approvalsText(locale);
  return (
    <section class="section" aria-labelledby="settings">
      <h2 id="settings">{t('settings')}</h2>
      <p class="text">{t('settings.what')}</p>
      {settings.map((setting) => (
        <Setting setting={setting} error={errors.find(({ field }) => field === setting.permission)?.message} locale={locale} />
      ))}
    </section>
  );
}

function Setting(props: { setting: FourEyesSetting; error: string | undefined; locale: string }) {
  const { setting, error, locale } = props;
  const { permission, on, secondPerson } = setting;
  const t = approvalsText(locale);
  const what = t(`permission.${permission}`);
  return (
    <div id={permission} tabindex={-1}>
      <h3>
        {what}: {t(on ? 'on' : 'off')}
      </h3>
      {error !== undefined && <p class="msg">{error}</p>}
      {on ? (
        <details open={error !== undefined}>
          <summary>{t(secondPerson.state === 'given' ? 'switch-off' : 'switch-off.ask', { what })}</summary>
          <SecondPersonPart
            secondPerson={secondPerson}
            action={address(locale, 'console', 'approvals', 'ask')}
            hidden={{ permission }}
            name={`reason-${permission}`}
            error={null}
            locale={locale}
          >
            <Switch permission={permission} to="off" label={t('switch-off', { what })} locale={locale} />
          </SecondPersonPart>
        </details>
      ) : (
        <Switch permission={permission} to="on" label={t('switch-on', { what })} locale={locale} />
      )}
    </div>
  );
}

function Switch({ permission, to, label, locale }: { permission: string; to: 'on' | 'off'; label: string; locale: string }) {
  return (
    <form method="post" action={address(locale, 'console', 'approvals', 'settings')}>
      <input type="hidden" name="permission" value={permission} />
      <input type="hidden" name="to" value={to} />
      <Button tone="second">{label}</Button>
    </form>
  );
}
