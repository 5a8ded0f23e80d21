import { parseBase64, toBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { hashLength } from './tree.ts';

/** A `.tlog-proof` file: that an entry stands at `index` of the log whose signed checkpoint follows. @see C2SP tlog-proof */
export type ProofFile = {
  /** Opaque and not authenticated by anything; null when absent. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  /** From the leaf's sibling up to the child of the root. */
  readonly path: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
};
export type ProofFileRefusal = 'proof/unknown-format' | 'proof/index-invalid' | 'proof/path-invalid' | 'proof/malformed';

const header = 'c2sp.org/tlog-proof@v1';
// A tree of 2^53 leaves is 53 levels high.
const maxPathLength = 53;

export function encodeProofFile({ extra, index, path, checkpoint }: ProofFile): string {
  const extraLines = extra ? [`extra ${toBase64(extra)}`] : [];
  return [header, ...extraLines, `index ${index}`, ...path.map(toBase64), '', checkpoint].join('\n');
}

export function parseProofFile(text: string): Outcome<ProofFile, ProofFileRefusal> {
  const blank = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(blank, 0)).split('\n');
  if (lines.shift() !== header) return refuse('proof/unknown-format');
  const extra = lines[0]?.startsWith('extra ') ? parseBase64(lines.shift()?.slice('extra '.length) ?? '') : null;
  const index = parseDecimal(/^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '');
  if (index === null) return refuse('proof/index-invalid');
  if (lines.length > maxPathLength) return refuse('proof/path-invalid');
  const path: Uint8Array[] = [];
  for (const line of lines) {
    const hash = parseBase64(line);
    if (hash?.length !== hashLength) return refuse('proof/path-invalid');
    path.push(hash);
  }
  const proof: ProofFile = { extra, index, path, checkpoint: text.slice(blank + 2) };
  return encodeProofFile(proof) === text ? done(proof) : refuse('proof/malformed');
}
