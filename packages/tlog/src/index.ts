export { parseBase64, toBase64 } from './base64.ts';
export {
  encodeBundle,
  parseBundle,
  type Bundle,
  type BundleRefusal,
  type ReceiptBundle,
  type ReceiptItem,
  type StatementBody,
  type StatementBundle,
  type StatementItem,
} from './bundle.ts';
export { concatBytes, equalBytes, parseUtf8, uint64, utf8 } from './bytes.ts';
export { canonicalBytes, canonicalJson, parseCanonicalJson, type Json } from './canonical-json.ts';
export { encodeCheckpoint, parseCheckpoint, type Checkpoint, type CheckpointRefusal } from './checkpoint.ts';
export { appendLeaves, emptyEdge, rootOf, type Edge } from './edge.ts';
export { encodeEntries, maxEntryLength, parseEntries } from './entry-bundle.ts';
export {
  evaluateCheckpoint,
  type EvaluatedCheckpoint,
  type EvaluateRefusal,
  type SignedBy,
  type WitnessedBy,
} from './evaluate-checkpoint.ts';
export { growTiles, type FilledTile } from './grow-tiles.ts';
export { parseHex, toHex } from './hex.ts';
export {
  encodeNote,
  encodeSignatureLine,
  parseNote,
  parseSignatureLine,
  type Note,
  type NoteRefusal,
  type NoteSignature,
} from './note.ts';
export {
  encodeSkey,
  encodeVkey,
  fingerprintOf,
  parseSkey,
  parseVkey,
  publicNoteKey,
  secretNoteKey,
  type KeyRefusal,
  type KeyType,
  type PublicNoteKey,
  type SecretNoteKey,
} from './note-key.ts';
export { type Outcome } from './outcome.ts';
export {
  parsePolicy,
  printPolicy,
  type Policy,
  type PolicyGroup,
  type PolicyLog,
  type PolicyRefusal,
  type PolicyWitness,
} from './policy.ts';
export { canonicalPrivateEvent, commitTo, labelOf, noCommitment, parsePrivateEvent, type PrivateEvent } from './private-event.ts';
export {
  coverLeaf,
  encodePrivateLeaf,
  parsePrivateLeaf,
  privateLeafLength,
  type PrivateLeaf,
  type PrivateLeafRefusal,
} from './private-leaf.ts';
export { encodeProofFile, parseProofFile, type ProofFile, type ProofFileRefusal } from './proof-file.ts';
export { proveConsistency, proveInclusion, rootFromTiles } from './prove.ts';
export {
  encodePublicLeaf,
  hashBody,
  parsePublicLeaf,
  publicLeafFields,
  type AllowedFields,
  type FieldValue,
  type PublicLeaf,
  type PublicLeafRefusal,
} from './public-leaf.ts';
export { readForce, type ForcePeriod, type ForceRefusal } from './read-force.ts';
export { type TileReader } from './read-tree.ts';
export { limitSteps, type ItemReport, type Report, type Step, type StepCode, type StepState } from './report.ts';
export { cosign, signNote } from './sign-note.ts';
export { entryBundlesBetween, tilesBetween, tilesOf, tileWidth, type Tile } from './tile.ts';
export { parseTilePath, tilePath } from './tile-path.ts';
export { emptyRoot, hashLength, leafHash, nodeHash } from './tree.ts';
export { verifyBundle } from './verify-bundle.ts';
export { verifyCheckpointStep, type CheckpointStepRefusal } from './verify-checkpoint-step.ts';
export { verifyConsistency, type TreeHead } from './verify-consistency.ts';
export { verifyInclusion, type Inclusion } from './verify-inclusion.ts';
export { verifyNote, verifySignature, type VerifiedNote, type VerifiedSignature, type VerifyNoteRefusal } from './verify-note.ts';
