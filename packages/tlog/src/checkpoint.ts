import { parseBase64, toBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { hashLength, isSize } from './tree.ts';

/** What a log says about itself at one size. @see C2SP tlog-checkpoint */
export type Checkpoint = {
  /** The log's name for ever. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque further lines. Troth writes none: nobody audits them. */
  readonly extensions: readonly string[];
};
export type CheckpointRefusal = 'checkpoint/malformed' | 'checkpoint/size-invalid' | 'checkpoint/root-invalid';

/** The text of the note, before it is signed. @throws RangeError on values that no checkpoint can hold. */
export function encodeCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, ...extensions];
  if (!isSize(size) || root.length !== hashLength) throw new RangeError('a checkpoint needs a size and a root of 32 bytes');
  if (!lines.every((line) => line !== '' && line.isWellFormed() && !/\p{Cc}/u.test(line))) {
    throw new RangeError('origin and extensions are lines of text');
  }
  return `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`;
}

/** Takes the text of a note apart. Verify its signatures first: nothing here looks at them. */
export function parseCheckpoint(text: string): Outcome<Checkpoint, CheckpointRefusal> {
  const [origin, sizeText, rootText, ...rest] = text.split('\n');
  if (rest.pop() !== '' || !origin || sizeText === undefined || rootText === undefined) return refuse('checkpoint/malformed');
  if ([origin, ...rest].some((line) => line === '' || !line.isWellFormed() || /\p{Cc}/u.test(line))) {
    return refuse('checkpoint/malformed');
  }
  const size = parseDecimal(sizeText);
  if (size === null) return refuse('checkpoint/size-invalid');
  const root = parseBase64(rootText);
  if (root?.length !== hashLength) return refuse('checkpoint/root-invalid');
  const checkpoint: Checkpoint = { origin, size, root, extensions: rest };
  return encodeCheckpoint(checkpoint) === text ? done(checkpoint) : refuse('checkpoint/malformed');
}
