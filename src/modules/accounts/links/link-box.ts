import type { Secrets } from '#kernel/context';

/** Long enough to find the letter, short enough that one left lying about opens nothing. */
export const linkLasts = Temporal.Duration.from({ minutes: 15 });

const place = (id: string, part: 'address' | 'code') => `accounts.link/${id}/${part}`;

export function sealPart(secrets: Secrets, id: string, part: 'address' | 'code', text: string): Buffer {
  return secrets.seal(place(id, part), Buffer.from(text));
}

/** @throws Error when the box is another row's or was changed. */
export function openPart(secrets: Secrets, id: string, part: 'address' | 'code', box: Uint8Array): string {
  return secrets.unseal(place(id, part), box).toString('utf8');
}
