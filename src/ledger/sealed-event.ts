import { type SubjectKey, sealFor, unsealFor } from './subject-key.ts';

/** What opens a commitment: 32 random bytes and the exact canonical event. */
export type Opening = { readonly opening: Uint8Array; readonly canonical: Uint8Array };

export function sealEvent(key: SubjectKey, eventId: string, { opening, canonical }: Opening): Buffer {
  return sealFor(key, `event/${eventId}`, Buffer.concat([opening, canonical]));
}

export function unsealEvent(key: SubjectKey, eventId: string, sealed: Uint8Array): Opening {
  const plain = unsealFor(key, `event/${eventId}`, sealed);
  return { opening: plain.subarray(0, 32), canonical: plain.subarray(32) };
}
