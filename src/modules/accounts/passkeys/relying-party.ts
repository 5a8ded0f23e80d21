/** Where passkeys belong: a browser makes them for one host and uses them on one origin. */
export type RelyingParty = { readonly id: string; readonly origin: string };

const thisMachine = /^(127(\.\d+){3}|\[::1\]|localhost)$/;

/**
 * From the confirmed public address and nothing that a request says, or another site could have passkeys made for itself.
 * @returns `null` where there can be none: a passkey is for a name, and this address is a number.
 * @see W3C Web Authentication Level 3 §5.1.3, "effective domain ... is not a valid domain"
 */
export function relyingParty(publicUrl: string): RelyingParty | null {
  const url = new URL(publicUrl);
  // The same machine by name: in a trial the address is often 127.0.0.1, which browsers refuse.
  if (thisMachine.test(url.hostname)) url.hostname = 'localhost';
  if (/^[\d.]+$|^\[/.test(url.hostname)) return null;
  return { id: url.hostname, origin: url.origin };
}
