import { parseCheckpoint, type Checkpoint, type CheckpointRefusal } from './checkpoint.ts';
import { fingerprintOf } from './note-key.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import type { Policy } from './policy.ts';
import { verifyNote, type VerifiedSignature, type VerifyNoteRefusal } from './verify-note.ts';

/** A key of the policy that signed: its name in the key, and SHA-256 of the public key in hexadecimal. */
export type SignedBy = { readonly keyName: string; readonly fingerprint: string };
/** `name` as the policy calls the witness; `time` in Unix seconds, as the witness states it. */
export type WitnessedBy = SignedBy & { readonly name: string; readonly time: number };

/** A checkpoint that a log of the policy signed, and how far its witnesses confirm it. */
export type EvaluatedCheckpoint = {
  readonly checkpoint: Checkpoint;
  readonly log: SignedBy;
  readonly witnesses: readonly WitnessedBy[];
  /** How many witnesses the policy knows. */
  readonly witnessesKnown: number;
  /** `not-asked`: the policy says `quorum none`, so the log's word stands alone unless witnesses are listed above. */
  readonly quorum: 'met' | 'not-met' | 'not-asked';
};
export type EvaluateRefusal = VerifyNoteRefusal | CheckpointRefusal | 'checkpoint/not-signed-by-log';

/** Checks a signed checkpoint against the trusted policy. Below the quorum it still answers, with `not-met`. */
export function evaluateCheckpoint(source: string, policy: Policy): Outcome<EvaluatedCheckpoint, EvaluateRefusal> {
  const note = verifyNote(
    source,
    [...policy.logs, ...policy.witnesses].map(({ key }) => key),
  );
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  const { signatures } = note.value;
  // The origin must be the key's name, or a log could sign checkpoints in another trusted log's name.
  const log = policy.logs.find(
    ({ key }) => key.name === checkpoint.value.origin && signatures.some((signed) => signed.key === key),
  );
  if (!log) return refuse('checkpoint/not-signed-by-log', { origin: checkpoint.value.origin });
  const witnesses = witnessesOf(policy, signatures);
  return done({
    checkpoint: checkpoint.value,
    log: { keyName: log.key.name, fingerprint: fingerprintOf(log.key) },
    witnesses,
    witnessesKnown: policy.witnesses.length,
    quorum: quorumOf(policy, new Set(witnesses.map(({ name }) => name))),
  });
}

function witnessesOf(policy: Policy, signatures: readonly VerifiedSignature[]): WitnessedBy[] {
  return policy.witnesses.flatMap(({ name, key }) => {
    const time = signatures.find((signed) => signed.key === key)?.time;
    return typeof time === 'number' ? [{ name, keyName: key.name, fingerprint: fingerprintOf(key), time }] : [];
  });
}

function quorumOf(policy: Policy, signed: ReadonlySet<string>): EvaluatedCheckpoint['quorum'] {
  if (policy.quorum === 'none') return 'not-asked';
  const witnessed = new Set(signed);
  // Groups only name what stands above them, so one pass in order settles all.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
  }
  return witnessed.has(policy.quorum) ? 'met' : 'not-met';
}
