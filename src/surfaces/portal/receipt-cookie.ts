import type { Receipt } from '#support';

/** What a browser keeps of a receipt: the code and, behind a dot, the address that belongs to it. Only scripts of ours could read it; none does. */
export function receiptCookie({ code, email = '' }: Receipt): string {
  return email === '' ? code : `${code}.${Buffer.from(email).toString('base64url')}`;
}

export function readReceiptCookie(value: string): Receipt {
  const [code = '', email = ''] = value.split('.');
  return { code, email: Buffer.from(email, 'base64url').toString('utf8') };
}
