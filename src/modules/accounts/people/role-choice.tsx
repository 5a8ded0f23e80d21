import { Field } from '#design';
import { roleName } from '../roles/role-name.ts';
import { roles } from '../roles/roles.ts';
import type { CustomRole } from '../roles/save-custom-role.ts';
import type { Department } from './departments.ts';
import { peopleText } from './people-text.ts';

/** What can be given: every role, in the whole organisation or in one department. */
export type RoleChoices = { readonly customRoles: readonly CustomRole[]; readonly departments: readonly Department[] };

export function RoleChoice(props: {
  choices: RoleChoices;
  chosen: string;
  departmentId: string;
  error: string | undefined;
  locale: string;
}) {
  const { choices, locale } = props;
  const t = peopleText(locale);
  return (
    <>
      <Field
        name="role"
        label={t('role')}
        hint={<a href={`/${locale}/console/roles`}>{t('role.hint')}</a>}
        error={props.error}
        control={(control) => (
          <select {...control} required>
            {[...Object.keys(roles), ...choices.customRoles.map(({ id }) => id)].map((role) => (
              <option value={role} selected={role === props.chosen}>
                {roleName(role, choices.customRoles, locale)}
              </option>
            ))}
          </select>
        )}
      />
      <Field
        name="department"
        label={t('department')}
        control={(control) => (
          <select {...control}>
            <option value="">{t('department.all')}</option>
            {choices.departments.map(({ id, name }) => (
              <option value={id} selected={id === props.departmentId}>
                {name}
              </option>
            ))}
          </select>
        )}
      />
    </>
  );
}
