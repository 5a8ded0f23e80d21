import { address, Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import type { ProviderLink } from '../providers/list-providers.ts';
import { peopleText } from '../people/people-text.ts';
import { roleName } from '../roles/role-name.ts';
import type { CustomRole } from '../roles/save-custom-role.ts';
import type { Invitation } from './read-invitation.ts';

export type InvitationError = { readonly field: 'name' | 'passphrase'; readonly message: string };
export type ConsoleInvitationView = {
  readonly organisation: string;
  /** `null` when the link is no longer good for anything. */
  readonly invitation: Invitation | null;
  readonly customRoles: readonly CustomRole[];
  readonly token: string;
  readonly name: string;
  readonly shortestPassphrase: number;
  readonly errors: readonly InvitationError[];
  /** At which staff signs in: whoever has an account there needs no passphrase here. */
  readonly providers: readonly ProviderLink[];
};

/** What the holder of an invitation sees: what they are asked to do here, and how to begin. */
export function consoleInvitation(view: ConsoleInvitationView, { locale }: Reader): Page {
  const t = peopleText(locale);
  const { invitation } = view;
  return {
    title: t('invitation', { organisation: view.organisation }),
    description: '',
    section: null,
    path: 'console/invitation',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('invitation', { organisation: view.organisation })}</h1>
        {invitation === null ? (
          <p class="lede">{t('invitation.gone')}</p>
        ) : (
          <>
            <p class="lede">
              {t.rich('invitation.lede', {
                email: <bdi>{invitation.email}</bdi>,
                role: roleName(invitation.role, view.customRoles, locale),
              })}
            </p>
            <ErrorSummary errors={view.errors} />
            <Elsewhere view={view} locale={locale} />
            <form method="post" action={address(locale, 'console', 'invitation')} class="more">
              <input type="hidden" name="token" value={view.token} />
              <Field
                name="name"
                label={t('invitation.name')}
                hint={t('invitation.name.hint')}
                error={view.errors.find(({ field }) => field === 'name')?.message}
                control={(control) => (
                  <input {...control} type="text" required maxlength={120} autocomplete="name" value={view.name} />
                )}
              />
              <Field
                name="passphrase"
                label={t('invitation.passphrase')}
                hint={t('invitation.passphrase.hint', { shortest: view.shortestPassphrase })}
                error={view.errors.find(({ field }) => field === 'passphrase')?.message}
                control={(control) => <input {...control} type="password" required autocomplete="new-password" />}
              />
              <Button>{t('invitation.send')}</Button>
            </form>
          </>
        )}
      </div>
    ),
  };
}

/** Forms and no links: the token stands in no address that is asked for, and leaving for a provider begins something. */
function Elsewhere({ view: { providers, token }, locale }: { view: ConsoleInvitationView; locale: string }) {
  const t = peopleText(locale);
  if (providers.length === 0) return null;
  return (
    <>
      <ul class="providers">
        {providers.map(({ id, name }) => (
          <li>
            <form method="post" action={address(locale, 'console', 'invitation', 'with', id)}>
              <input type="hidden" name="token" value={token} />
              <Button tone="second">{t.rich('invitation.with', { name: <bdi>{name}</bdi> })}</Button>
            </form>
          </li>
        ))}
      </ul>
      <p class="hint">{t('invitation.with.hint')}</p>
      <h2 class="more">{t('invitation.or')}</h2>
    </>
  );
}
