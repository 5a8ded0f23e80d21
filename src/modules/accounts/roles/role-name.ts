import { peopleText } from '../people/people-text.ts';
import type { CustomRole } from './save-custom-role.ts';
import { isRole } from './roles.ts';

/** How a role is called on a page: those of the code in the reader's language, the organisation's own as it named them. */
export function roleName(role: string, custom: readonly CustomRole[], locale: string): string {
  if (isRole(role)) return peopleText(locale)(`role.${role}`);
  return custom.find(({ id }) => id === role)?.name ?? role;
}
