import { type PasskeyPlace, type RelyingParty, relyingParty } from '#accounts';
import type { Organisation } from '#organisation';

/** Whose passkeys these are, and whether the page that is asked for stands where they work. */
export function passkeyPlace({ publicUrl }: Organisation, request: Request): { party: RelyingParty | null; place: PasskeyPlace } {
  const party = relyingParty(publicUrl);
  if (!party) return { party, place: { kind: 'nowhere' } };
  const { host, pathname } = new URL(request.url);
  // Hosts, not origins: behind a proxy that speaks TLS the request itself says http.
  if (host === new URL(party.origin).host) return { party, place: { kind: 'here' } };
  return { party, place: { kind: 'elsewhere', url: `${party.origin}${pathname}` } };
}
