import { address, Button, Field } from '#design';
import type { ProviderLink } from '../providers/list-providers.ts';
import type { ScimConnection } from './list-scim-connections.ts';
import { scimText } from './scim-text.ts';

type Part = {
  readonly connection: Pick<ScimConnection, 'id' | 'name' | 'provider'>;
  readonly view: {
    readonly providers: readonly ProviderLink[];
    readonly mayManage: boolean;
    readonly errors: readonly { readonly field: string; readonly message: string }[];
  };
  readonly locale: string;
};

/** Where the people of a directory sign in, and for an owner the means to change it. */
export function ScimProvider({ connection: { id, name, provider }, view, locale }: Part) {
  const t = scimText(locale);
  if (!view.mayManage) return provider ? <p>{t.rich('provider.is', { name: <bdi>{provider.name}</bdi> })}</p> : null;
  // The one that is chosen may be disabled by now, and is not to be lost by saving.
  const others = view.providers.filter((each) => each.id !== provider?.id);
  const choices = provider ? [provider, ...others] : others;
  if (choices.length === 0) return <p class="hint">{t('provider.empty')}</p>;
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'scim', id, 'provider')} class="more">
      <Field
        name={`provider-${id}`}
        label={t('provider')}
        hint={t('provider.hint')}
        error={view.errors.find(({ field }) => field === `provider-${id}`)?.message}
        control={(props) => (
          <select {...props}>
            <option value="">{t('provider.none')}</option>
            {choices.map((each) => (
              <option value={each.id} selected={each.id === provider?.id}>
                {each.name}
              </option>
            ))}
          </select>
        )}
      />
      <Button tone="second">
        <span aria-hidden="true">{t('save')}</span>
        <span class="visually-hidden">{t('provider.save', { name })}</span>
      </Button>
    </form>
  );
}
