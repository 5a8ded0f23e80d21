import type { LoggedLeaf } from './bundle.ts';
import type { Checkpoint } from './checkpoint.ts';
import { evaluateCheckpoint, type EvaluatedCheckpoint } from './evaluate-checkpoint.ts';
import type { Policy } from './policy.ts';
import { parseProofFile } from './proof-file.ts';
import { step, type Step } from './report.ts';
import { leafHash } from './tree.ts';
import { verifyInclusion } from './verify-inclusion.ts';

/** What the proof of one leaf shows. `checkpoint` only when a log of the trusted policy signed it. */
export type LoggedCheck = {
  readonly index: number | null;
  readonly checkpoint: Checkpoint | null;
  readonly steps: readonly Step[];
};

// Witness and reader may disagree by this much before the age means nothing.
const clockTolerance = 300;

/** Checks that a leaf stands in a log of the policy. @param now Unix seconds, only to tell the checkpoint's age. */
export function checkLogged({ proof, leaf }: LoggedLeaf, policy: Policy, now: number): LoggedCheck {
  const parsed = parseProofFile(proof);
  if (!parsed.ok)
    return { index: null, checkpoint: null, steps: [step('proof-readable', 'failed', { refusal: parsed.refusal })] };
  const { index, path, checkpoint: source } = parsed.value;
  const evaluated = evaluateCheckpoint(source, policy);
  if (!evaluated.ok) {
    const failed = step('checkpoint-signed', 'failed', { refusal: evaluated.refusal, ...evaluated.facts });
    return { index, checkpoint: null, steps: [failed, step('leaf-included', 'unknown', { index })] };
  }
  const { checkpoint, log } = evaluated.value;
  const included = verifyInclusion({ index, size: checkpoint.size, leafHash: leafHash(leaf), path }, checkpoint.root);
  const steps = [
    step('checkpoint-signed', 'ok', { origin: checkpoint.origin, fingerprint: log.fingerprint, size: checkpoint.size }),
    step('leaf-included', included, { index, size: checkpoint.size }),
    witnessStep(evaluated.value),
    ageStep(evaluated.value, now),
  ];
  return { index, checkpoint, steps };
}

function witnessStep({ log, quorum, witnesses, witnessesKnown }: EvaluatedCheckpoint): Step {
  const state = { met: 'ok', 'not-met': 'failed', 'not-asked': 'unknown' } as const;
  return step('checkpoint-witnessed', state[quorum], {
    signedBy: log.fingerprint,
    witnessed: witnesses.length,
    known: witnessesKnown,
    names: witnesses.map(({ name }) => name),
    fingerprints: witnesses.map(({ fingerprint }) => fingerprint),
    times: witnesses.map(({ time }) => String(time)),
  });
}

function ageStep({ checkpoint: { size }, witnesses }: EvaluatedCheckpoint, now: number): Step {
  // The log's own word has no time. The earliest witness counts, so that one fast clock cannot make a checkpoint look fresh.
  const [first, ...others] = witnesses.map(({ time }) => time);
  if (first === undefined) return step('checkpoint-age', 'unknown', { size });
  const witnessedAt = Math.min(first, ...others);
  if (witnessedAt > now + clockTolerance) return step('checkpoint-age', 'unknown', { size, witnessedAt });
  return step('checkpoint-age', 'ok', { size, witnessedAt, ageSeconds: Math.max(0, Math.floor(now - witnessedAt)) });
}
