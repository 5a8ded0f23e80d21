import type { Secrets } from '#kernel/context';
import type { Receipt } from '#support';

const place = 'cookie/receipt';

/**
 * What a browser keeps of a receipt. Sealed: only what was entered and counted before gets into a cookie, so that nobody tries order
 * numbers by making cookies up, and whoever looks into the browser reads no address.
 */
export function receiptCookie(secrets: Secrets, { code, email = '', reference = '' }: Receipt): string {
  return secrets.seal(place, Buffer.from(JSON.stringify([code, email, reference]))).toString('base64url');
}

/** @returns `null` for what this installation did not seal. */
export function readReceiptCookie(secrets: Secrets, value: string): Receipt | null {
  try {
    const [code, email, reference]: unknown[] = JSON.parse(
      secrets.unseal(place, Buffer.from(value, 'base64url')).toString('utf8'),
    );
    return { code: String(code), email: String(email), reference: String(reference) };
  } catch {
    return null;
  }
}
