import { createHmac } from 'node:crypto';
import { deriveKey } from '#kernel/crypto';

/** Letters and digits of an order or customer number: people copy them with other spaces, dashes and cases than they are printed with. */
export function referenceOf(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '');
}

/** Three letters are guessed in an afternoon, and no number that is printed on a letter has fifty. */
export function isReference(typed: string): boolean {
  return /^[\p{L}\p{N}]{4,50}$/u.test(referenceOf(typed));
}

/** What is kept of a number: useless without the key of whoever asked, and bound to this one question. */
export function referenceHash(key: Uint8Array, questionId: string, typed: string): Buffer {
  return createHmac('sha256', deriveKey(key, 'support/reference'))
    .update(`${questionId}/${referenceOf(typed)}`)
    .digest();
}

/** The end by which whoever asked knows again which number it was; of a short one nothing, since it would be most of it. */
export function referenceEnd(typed: string): string {
  const letters = referenceOf(typed);
  return letters.length >= 8 ? letters.slice(-3) : '';
}
