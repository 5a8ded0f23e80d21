import {
  equalBytes,
  evaluateCheckpoint,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  rootFromTiles,
  verifyCheckpointStep,
  type Checkpoint,
  type Policy,
  type TileReader,
} from '@troth/tlog';

/** The log as this site serves it now. Both throw when it cannot be had. */
export type LiveLog = { readonly readCheckpoint: () => Promise<string>; readonly readTile: TileReader };
/** Signed checkpoints by log name. `write` answers whether it was kept: a browser may deny storage. */
export type Memory = {
  readonly read: (origin: string) => string | null;
  readonly write: (origin: string, note: string) => boolean;
};

export type Watched =
  | { readonly kind: 'first' | 'same' | 'grown'; readonly older: number; readonly size: number; readonly kept: boolean }
  | { readonly kind: 'unreachable' | 'other-log' }
  | Alarm;
/** Two signed states that no honest log can both have had. */
export type Alarm = {
  readonly kind: 'rolled-back' | 'split-view';
  readonly older: number;
  readonly size: number;
  readonly held: string;
  readonly shown: string;
};

type Signed = { readonly checkpoint: Checkpoint; readonly note: string };

/**
 * Whether the log shown now continues what this browser remembers, and what the checked files hold. On an alarm the remembered
 * state stays, so that a second visit does not forget the first.
 * @param held Signed checkpoints out of checked files; those of other logs are left alone.
 */
export async function watchLog(log: LiveLog, memory: Memory, policy: Policy, held: readonly string[]): Promise<Watched> {
  try {
    const live = await readLive(log, policy);
    if (!live) return { kind: 'other-log' };
    const remembered = recall(memory, live.checkpoint.origin);
    const known = [remembered, ...held.map((note) => signedBy(note, policy))]
      .filter((signed) => signed !== null)
      .filter(({ checkpoint }) => checkpoint.origin === live.checkpoint.origin);
    let shown = live;
    for (const signed of known) {
      // A cache on the way may answer with a state some seconds old: asked again before crying foul.
      if (signed.checkpoint.size > shown.checkpoint.size) shown = (await readLive(log, policy)) ?? shown;
      const alarm = await compare(signed, shown, log);
      if (alarm) return alarm;
    }
    return keep(memory, remembered, shown);
  } catch {
    return { kind: 'unreachable' };
  }
}

async function readLive(log: LiveLog, policy: Policy): Promise<Signed | null> {
  return signedBy(await log.readCheckpoint(), policy);
}

async function compare(held: Signed, shown: Signed, { readTile }: LiveLog): Promise<Alarm | null> {
  const [older, size] = [held.checkpoint.size, shown.checkpoint.size];
  const proof = older < size ? await proveConsistency(readTile, older, size) : [];
  const step = verifyCheckpointStep(held.checkpoint, shown.checkpoint, proof);
  if (step.ok) return null;
  // Tiles that do not even give the signed root are damaged: no proof of anything, above all not of a second log.
  if (older < size && !equalBytes(await rootFromTiles(readTile, size), shown.checkpoint.root)) throw new Error('damaged tiles');
  const kind = step.refusal === 'step/rolled-back' ? 'rolled-back' : 'split-view';
  return { kind, older, size, held: held.note, shown: shown.note };
}

function keep(memory: Memory, remembered: Signed | null, { checkpoint, note }: Signed): Watched {
  const { origin, size } = checkpoint;
  const older = remembered?.checkpoint.size ?? 0;
  const kept = memory.write(origin, note);
  return { kind: !remembered ? 'first' : older === size ? 'same' : 'grown', older, size, kept };
}

/** Its signature was checked before it was kept; it counts on after the log's key was replaced. */
function recall(memory: Memory, origin: string): Signed | null {
  const note = memory.read(origin);
  const parsed = note === null ? null : parseNote(note);
  const checkpoint = parsed?.ok ? parseCheckpoint(parsed.value.text) : null;
  return note !== null && checkpoint?.ok ? { checkpoint: checkpoint.value, note } : null;
}

function signedBy(note: string, policy: Policy): Signed | null {
  const evaluated = evaluateCheckpoint(note, policy);
  return evaluated.ok ? { checkpoint: evaluated.value.checkpoint, note } : null;
}
