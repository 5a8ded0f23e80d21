import { sha256 } from '#kernel/crypto';
import { splitClauses } from './clauses.ts';
import { normalise } from './normalise.ts';

/** SHA-256, in hexadecimal, of what a text says: equal for two sources that differ in white space, marks and link targets only. */
export function fingerprintOf(source: string): string {
  const lines = splitClauses(source).map(({ block, text }) => `${block === 'heading' ? '#' : ''}${normalise(text)}`);
  return sha256(lines.join('\n')).toString('hex');
}

/**
 * The newest earlier version that said what the new text says, if it is not the one just before: then the change is a return.
 * @param earlier Fingerprints of the versions before, oldest first.
 */
export function returnsTo(
  fingerprint: string,
  earlier: readonly { readonly number: number; readonly fingerprint: string }[],
): number | null {
  if (earlier.at(-1)?.fingerprint === fingerprint) return null;
  return earlier.findLast((version) => version.fingerprint === fingerprint)?.number ?? null;
}
