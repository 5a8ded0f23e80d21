import { equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { verifyConsistency } from './verify-consistency.ts';

export type CheckpointStepRefusal =
  | 'step/other-log'
  | 'step/rolled-back'
  /** One size with two roots. */
  | 'step/split-view'
  /** The newer tree does not begin with the remembered one, or the proof offered does not show that it does. */
  | 'step/not-consistent';

/**
 * For a reader that remembers the last checkpoint: whether the next one only adds to it. Both must have been verified against the
 * policy before. An older checkpoint may also come from a stale copy: ask again before crying foul.
 */
export function verifyCheckpointStep(
  remembered: Checkpoint | null,
  next: Checkpoint,
  proof: readonly Uint8Array[],
): Outcome<'first' | 'same' | 'grown', CheckpointStepRefusal> {
  if (!remembered) return done('first');
  const facts = { origin: next.origin, remembered: remembered.size, next: next.size };
  if (remembered.origin !== next.origin) return refuse('step/other-log', facts);
  if (next.size < remembered.size) return refuse('step/rolled-back', facts);
  if (next.size === remembered.size)
    return equalBytes(next.root, remembered.root) ? done('same') : refuse('step/split-view', facts);
  return verifyConsistency(remembered, next, proof) ? done('grown') : refuse('step/not-consistent', facts);
}
