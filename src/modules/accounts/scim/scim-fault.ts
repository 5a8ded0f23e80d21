import { refuse, type Refused } from '#kernel/outcome';

/** What a sender can get wrong, as RFC 7644 §3.12 names it. */
export type ScimFault =
  | 'accounts/scim-invalid-filter'
  | 'accounts/scim-invalid-path'
  | 'accounts/scim-invalid-syntax'
  | 'accounts/scim-invalid-value'
  | 'accounts/scim-mutability'
  | 'accounts/scim-no-target'
  | 'accounts/scim-too-many';

/** @param at Which attribute or path; never what was in it, which may be personal. */
export function fault<Fault extends ScimFault>(refusal: Fault, at: string): Refused<Fault> {
  return refuse(refusal, { at: at.slice(0, 80) });
}
