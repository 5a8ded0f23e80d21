import { concatBytes } from './bytes.ts';
import { tileWidth } from './tile.ts';

/** The longest entry that a bundle can hold, in bytes: its length is written in 16 bits. */
export const maxEntryLength = 65_535;

/** Entries of one bundle, each behind its length as big-endian uint16. @throws RangeError on an entry above 65,535 bytes. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > maxEntryLength) throw new RangeError(`an entry of ${entry.length} bytes does not fit a bundle`);
      return [Uint8Array.of(entry.length >> 8, entry.length % 256), entry];
    }),
  );
}

/** The 1…256 entries of a bundle, views into it; null when it is cut short, empty or too long. */
export function parseEntries(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset < bundle.length) {
    const [high, low] = bundle.subarray(offset, offset + 2);
    if (high === undefined || low === undefined) return null;
    const end = offset + 2 + high * 256 + low;
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(offset + 2, end));
    offset = end;
  }
  return entries.length >= 1 && entries.length <= tileWidth ? entries : null;
}
