import { type Context, holds, PermissionMissing } from '#kernel/context';
import type { OutboundFetch } from '#kernel/fetch';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { parseIssuer } from './add-provider.ts';
import { discoverProvider, type ProviderProblem } from './discover-provider.ts';

export type TryProviderRefusal = ProviderProblem | 'accounts/provider-issuer-not-valid';

/** Whether a provider can be used, asked before or after it is saved. Changes nothing. */
export async function tryProvider(
  ctx: Context,
  { issuer, clientId }: { issuer: string; clientId: string },
  fetch: OutboundFetch,
): Promise<Outcome<null, TryProviderRefusal>> {
  if (!holds(ctx.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  const parsed = parseIssuer(issuer);
  if (parsed === null) return refuse('accounts/provider-issuer-not-valid');
  const found = await discoverProvider(fetch, { issuer: parsed, clientId: clientId.trim() || 'nobody', clientSecret: null });
  return found.ok ? done(null) : found;
}
