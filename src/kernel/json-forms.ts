import { z } from 'zod';

/** Forms that several contracts share. Each refuses what the database or a leaf could not hold, so that no request ends in a 500. */

/** RFC 3339 with `Z` or an offset, at most nanoseconds. */
export const instantForm = z.iso
  .datetime({ offset: true })
  .refine(isInstant, 'not an instant')
  .meta({ description: 'RFC 3339, with Z or an offset. In an address, write + as %2B.' });

/** Instants as answers give them. */
export const instant = z.iso.datetime();

/** 64 lowercase hexadecimal digits. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const slug = z.string().regex(/^[a-z0-9-]{1,80}$/);

export const versionNumber = z.int().min(1).max(999_999_999);

/** A number in an address: no sign, no leading zero, so that one thing has one address. */
export const versionSegment = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
  .meta({ type: 'integer', minimum: 1 });

/** Place of an entry in the log, as it stands in an address. */
export const indexSegment = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number)
  .meta({ type: 'integer', minimum: 0 });

export const entryIndex = z.int().min(0);

/** An address below this site. */
export const address = z.string().regex(/^\//).meta({ format: 'uri-reference' });

/** What somebody wrote. Half of a surrogate pair has no UTF-8, so it could neither be kept nor hashed. */
export const prose = z.string().refine((text) => text.isWellFormed(), 'half of a surrogate pair');

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}
