import type { Form } from '#kernel/http';
import { mandateScopes } from './mandate.ts';

/** What is ticked in a form about a mandate, and the scope that it makes. */
export function scopeIn(form: Form) {
  const chosen = { read: form.text('read') !== '', manage: form.text('manage') !== '', erase: form.text('erase') !== '' };
  const ticked = { 'self:read': chosen.read, 'self:manage': chosen.manage, 'self:erase': chosen.erase };
  return { chosen, scope: mandateScopes.filter((scope) => ticked[scope]) };
}
