import { roleName } from '../roles/role-name.ts';
import type { CustomRole } from '../roles/save-custom-role.ts';
import type { HeldRole } from './list-staff.ts';
import { peopleText } from './people-text.ts';

/** The roles of one person in a line; without any, that says so. */
export function HeldRoles(props: { roles: readonly HeldRole[]; customRoles: readonly CustomRole[]; locale: string }) {
  if (props.roles.length === 0) return <span class="quiet">{peopleText(props.locale)('roles.none')}</span>;
  const names = props.roles.map(({ role, department }) => {
    const name = roleName(role, props.customRoles, props.locale);
    return department === null ? name : `${name} (${department})`;
  });
  return <>{names.join(', ')}</>;
}
