import type { Permission } from '#kernel/context';

/** In which capacity somebody acts for another person. */
export const mandateKinds = ['parent', 'carer', 'guardian', 'attorney', 'heir', 'agent'] as const;
export type MandateKind = (typeof mandateKinds)[number];

/** Those that a person can confer on their own word. The others rest on a law, a court or a death, and staff look at the proof. */
export const conferredKinds = ['agent', 'attorney', 'carer'] as const satisfies readonly MandateKind[];

/** What a mandate can allow. Never how the person proves who they are, and never to let a third person act. */
export const mandateScopes = ['self:read', 'self:manage', 'self:erase'] as const satisfies readonly Permission[];
export type MandateScope = (typeof mandateScopes)[number];

export type MandateState = 'requested' | 'offered' | 'active' | 'refused' | 'ended';

export const longestMandateYears = 2;
/** Requests and offers of one account that wait at the same time. */
export const mostWaiting = 10;
export const longestWords = 4000;

export function mandateKindOf(text: string): MandateKind | undefined {
  return mandateKinds.find((kind) => kind === text);
}

/** Those of the texts that are scopes, each once, in their order; `null` when there is none or one nobody knows. */
export function mandateScopeOf(texts: readonly string[]): MandateScope[] | null {
  if (texts.some((text) => !mandateScopes.some((scope) => scope === text))) return null;
  const found = mandateScopes.filter((scope) => texts.includes(scope));
  return found.length > 0 ? found : null;
}

/**
 * Addresses are compared as the table of accounts compares them: under its C locale only A to Z are folded. JavaScript folds more, such
 * as U+212A into `k`, and would make one address of two people's.
 */
export function addressKey(address: string): string {
  return address.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
