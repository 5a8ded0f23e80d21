import { address, Button } from '#design';
import { AskForSecond } from '../approvals/ask-for-second.tsx';
import type { Grantable } from './list-grantable.ts';
import type { ScimConnection, ScimGroup } from './list-scim-connections.ts';
import { scimText } from './scim-text.ts';

type Part = {
  readonly connection: Pick<ScimConnection, 'id' | 'groups'>;
  readonly view: {
    readonly grantable: Grantable;
    readonly mayManage: boolean;
    readonly takesTwo: boolean;
    readonly errors: readonly { readonly field: string; readonly message: string }[];
  };
  readonly locale: string;
};

/** What each group of a directory gives, and for an owner the means to change it. */
export function ScimGroups({ connection, view, locale }: Part) {
  const t = scimText(locale);
  const { groups } = connection;
  return (
    <>
      <h3 class="more">{t('groups')}</h3>
      <p class="hint">{groups.length === 0 ? t('groups.empty') : t('groups.hint')}</p>
      <p class="hint">{t('return.hint')}</p>
      {groups.length > 0 && !view.mayManage && <p class="hint">{t('manage.only')}</p>}
      {groups.length > 0 && (
        <table class="rows">
          <caption class="visually-hidden">{t('groups')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('group')}</th>
              <th scope="col">{t('members')}</th>
              <th scope="col">{t('gives')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr>
                <th scope="row">
                  <bdi>{group.name}</bdi>
                </th>
                <td data-label={t('members')}>{group.members}</td>
                <td data-label={t('gives')}>
                  {view.mayManage ? (
                    <Mapping group={group} connectionId={connection.id} view={view} locale={locale} />
                  ) : (
                    <Given group={group} grantable={view.grantable} locale={locale} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Given({ group, grantable, locale }: { group: ScimGroup; grantable: Grantable; locale: string }) {
  const t = scimText(locale);
  const role = grantable.roles.find(({ id }) => id === group.role);
  const department = grantable.departments.find(({ id }) => id === group.departmentId);
  if (group.role === null) return <>{t('role.none')}</>;
  return (
    <>
      <bdi>{role?.name ?? group.role}</bdi>, {department ? <bdi>{department.name}</bdi> : t('department.all')}
    </>
  );
}

function Mapping(props: { group: ScimGroup; connectionId: string; view: Part['view']; locale: string }) {
  const { group, connectionId, view, locale } = props;
  const { grantable } = view;
  const reason = `reason-${group.id}`;
  const t = scimText(locale);
  const names = { group: group.name };
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'scim', connectionId, 'map')} class="inline-form">
      <input type="hidden" name="group" value={group.id} />
      <div class="field">
        <label for={`role-${group.id}`}>
          <span aria-hidden="true">{t('role')}</span>
          <span class="visually-hidden">{t('role.for', names)}</span>
        </label>
        <select id={`role-${group.id}`} name="role">
          <option value="">{t('role.none')}</option>
          {grantable.roles.map(({ id, name }) => (
            <option value={id} selected={group.role === id}>
              {name ?? id}
            </option>
          ))}
        </select>
      </div>
      {grantable.departments.length > 0 && (
        <div class="field">
          <label for={`department-${group.id}`}>
            <span aria-hidden="true">{t('department')}</span>
            <span class="visually-hidden">{t('department.for', names)}</span>
          </label>
          <select id={`department-${group.id}`} name="department">
            <option value="">{t('department.all')}</option>
            {grantable.departments.map(({ id, name }) => (
              <option value={id} selected={group.departmentId === id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {view.takesTwo && (
        <AskForSecond
          action={address(locale, 'console', 'connections', 'scim', connectionId, 'ask-map')}
          name={reason}
          error={view.errors.find(({ field }) => field === reason)?.message}
          locale={locale}
        />
      )}
      <Button tone="second">
        <span aria-hidden="true">{t('save')}</span>
        <span class="visually-hidden">{t('save.for', names)}</span>
      </Button>
    </form>
  );
}
