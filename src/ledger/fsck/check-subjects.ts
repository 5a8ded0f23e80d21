import { commitTo, labelOf, noCommitment, parsePrivateEvent, parsePrivateLeaf } from '@troth/tlog';
import type { Secrets } from '#kernel/context';
import { sameBytes } from '#kernel/crypto';
import type { Database } from '#kernel/sql';
import { type Opening, unsealEvent } from '../sealed-event.ts';
import { openKey, type SubjectKey } from '../subject-key.ts';
import { type ChainRow, openSequence, readChains } from './check-objects.ts';
import type { Tell } from './fault.ts';

type Scope = { readonly db: Database; readonly secrets: Secrets; readonly tell: Tell };

/**
 * Opens every event of every person whose key exists and recomputes its label and commitment. Of an erased person only the
 * numbers and the form of the leaves can be checked, which is what erasing means.
 */
export async function checkSubjects({ db, secrets, tell }: Scope): Promise<void> {
  const sequence = openSequence('private', tell);
  let before: ChainRow | null = null;
  let key: SubjectKey | null = null;
  /** What the next event may link to: where one was changed, also what it was. */
  let previous: Uint8Array[] = [];
  for await (const row of readChains(db, 'private')) {
    if (before?.object !== row.object) {
      if (before) checkHead(before, previous, tell);
      key = readKey(row, secrets, tell);
      previous = [noCommitment];
    }
    before = row;
    sequence(row);
    const leaf = parsePrivateLeaf(row.leaf);
    const commitments: Uint8Array[] = leaf.ok ? [leaf.value.commitment] : [];
    if (key) {
      const opening = openEvent(key, row, tell);
      if (leaf.ok && !sameBytes(labelOf(key.bytes, row.seq), leaf.value.label)) tell('label-differs', 'private', row.index);
      const recomputed = opening ? previous.map((link) => commitTo(opening.canonical, link, opening.opening)) : [];
      const event = opening && parsePrivateEvent(opening.canonical);
      const fits = leaf.ok && recomputed.some((commitment) => sameBytes(commitment, leaf.value.commitment));
      const same = event?.seq === row.seq && event.type === row.type;
      if (opening && leaf.ok && !(fits && same)) tell('commitment-differs', 'private', row.index);
      commitments.push(...recomputed);
    }
    previous = commitments;
  }
  if (before) checkHead(before, previous, tell);
}

function checkHead({ index, object, seq, headSeq, headLink }: ChainRow, links: readonly Uint8Array[], tell: Tell): void {
  const whole = headSeq === seq && headLink && links.some((link) => sameBytes(link, headLink));
  if (!whole) tell('head-differs', 'private', index, { object });
}

function readKey(row: ChainRow, secrets: Secrets, tell: Tell): SubjectKey | null {
  if (row.erasedAt) return null;
  try {
    if (row.wrappedKey) return openKey(secrets, row.object, row.wrappedKey);
  } catch {
    // Told below, with what is missing altogether: the reader mends both by the right root secret or a backup.
  }
  tell('subject-key-unreadable', 'private', row.index, { subject: row.object });
  return null;
}

function openEvent(key: SubjectKey, { id, index, sealed }: ChainRow, tell: Tell): Opening | null {
  try {
    if (sealed) return unsealEvent(key, id, sealed);
  } catch {
    // A box that does not open is as lost as one that is not there.
  }
  tell('event-unreadable', 'private', index);
  return null;
}
