import type { StatementItem } from './bundle.ts';
import { toHex } from './hex.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { parseProofFile } from './proof-file.ts';
import { parsePublicLeaf, type PublicLeaf } from './public-leaf.ts';
import { isTimestamp } from './timestamp.ts';
import { leafHash } from './tree.ts';

/** When one version of a policy was in force, for exactly the people and the place that it names. Instants as in leaves. */
export type ForcePeriod = {
  readonly version: number;
  readonly audience: string;
  readonly jurisdiction: string | null;
  /** IANA name of the zone in which its effect was announced. */
  readonly zone: string;
  readonly from: string;
  /** The first instant at which it no longer counts; `null` where nothing shown ends it. */
  readonly until: string | null;
  /** What ends it: the number of a later version, or that the document ends without a successor. */
  readonly by: number | 'ending' | null;
  /**
   * The date of the last entry shown in an unbroken chain. What was entered later about this object is dated no earlier and takes
   * effect no earlier, so before this instant nothing outside of the file can change the answer.
   */
  readonly knownUntil: string;
  /** Place of that last entry, as its proof claims it. */
  readonly knownEntry: number | null;
};

export type ForceRefusal =
  | 'force/not-a-version'
  | 'force/claimed-only'
  | 'force/withdrawn'
  | 'force/fields-missing'
  | 'force/order-broken'
  | 'force/backdated'
  | 'force/withdrawn-after-effect';

type Following = { readonly leaf: PublicLeaf; readonly entry: number | null };

/**
 * Reads off a bundle when its first statement, a version of a policy, was in force. Only what a failed report would not let pass
 * is looked at again: call it for a bundle that was verified. Leaves of other objects, and those behind a gap, are not counted.
 */
export function readForce(items: readonly StatementItem[]): Outcome<ForcePeriod, ForceRefusal> {
  const [first] = items;
  const own = first && parsePublicLeaf(first.leaf, null);
  if (first?.leaf === undefined || !own?.ok) return refuse('force/not-a-version');
  const { type, fields } = own.value;
  if (type === 'policy.version-imported') return refuse('force/claimed-only');
  if (type !== 'policy.version-published') return refuse('force/not-a-version');
  const { version, audience, effectiveAt: from, effectiveZone: zone } = fields;
  const jurisdiction = fields['jurisdiction'] ?? null;
  if (!isCount(version) || typeof audience !== 'string' || typeof zone !== 'string') return refuse('force/fields-missing');
  if (!isInstant(from) || (jurisdiction !== null && typeof jurisdiction !== 'string')) return refuse('force/fields-missing');
  const chain = chainFrom(first, own.value, items);
  const fault = faultIn(chain, own.value);
  if (fault) return fault;
  if (withdrawnIn(chain, version)) return refuse('force/withdrawn');
  const last = chain.at(-1);
  return done({
    version,
    audience,
    jurisdiction,
    zone,
    from,
    ...endOf(chain, {
      version,
      audience,
      jurisdiction,
    }),
    knownUntil: last?.leaf.at ?? own.value.at,
    knownEntry: last?.entry ?? null,
  });
}

/** The statement itself and what follows it about the same object, each linked to the one before. */
function chainFrom(first: StatementItem, own: PublicLeaf, items: readonly StatementItem[]): Following[] {
  const bySeq = new Map<number, StatementItem>();
  for (const item of items) {
    const leaf = parsePublicLeaf(item.leaf, null);
    if (leaf.ok && leaf.value.object === own.object) bySeq.set(leaf.value.seq, item);
  }
  const chain: Following[] = [];
  let previous: string | null = own.prev;
  for (let seq = own.seq; ; seq += 1) {
    const item = seq === own.seq ? first : bySeq.get(seq);
    const leaf = item && parsePublicLeaf(item.leaf, null);
    if (!item || !leaf?.ok || leaf.value.prev !== previous) return chain;
    const proof = parseProofFile(item.proof);
    chain.push({ leaf: leaf.value, entry: proof.ok ? proof.value.index : null });
    previous = toHex(leafHash(item.leaf));
  }
}

/** What no honest log holds, and what would let an entry outside of the file reach back into the time that is known. */
function faultIn(chain: readonly Following[], own: PublicLeaf): ReturnType<typeof refuse<ForceRefusal>> | null {
  let at = own.at;
  for (const { leaf } of chain) {
    if (leaf.at < at) return refuse('force/order-broken', { seq: leaf.seq });
    at = leaf.at;
    const { effectiveAt, version } = leaf.fields;
    if (leaf.type === 'policy.version-published' || leaf.type === 'policy.document-ended') {
      if (!isInstant(effectiveAt)) return refuse('force/fields-missing', { seq: leaf.seq });
      if (effectiveAt < leaf.at) return refuse('force/backdated', { seq: leaf.seq });
    }
    if (leaf.type === 'policy.version-withdrawn') {
      const taken = chain.find(
        ({ leaf: other }) => other.type === 'policy.version-published' && other.fields['version'] === version,
      );
      const effect = taken?.leaf.fields['effectiveAt'];
      if (isInstant(effect) && leaf.at >= effect) return refuse('force/withdrawn-after-effect', { seq: leaf.seq });
    }
    if (leaf.type === 'policy.version-published' && leaf.seq > own.seq) {
      const [mine, theirs] = [own.fields['version'], version];
      if (!isCount(theirs) || !isCount(mine) || theirs <= mine) return refuse('force/order-broken', { seq: leaf.seq });
    }
  }
  return null;
}

function withdrawnIn(chain: readonly Following[], version: number): boolean {
  return chain.some(({ leaf }) => leaf.type === 'policy.version-withdrawn' && leaf.fields['version'] === version);
}

type Own = { readonly version: number; readonly audience: string; readonly jurisdiction: string | null };

/** The earliest instant at which a version for the same people and place, or the end of the document, takes its place. */
function endOf(chain: readonly Following[], own: Own): Pick<ForcePeriod, 'until' | 'by'> {
  const ends = chain.flatMap(({ leaf: { type, fields } }): { until: string; by: number | 'ending' }[] => {
    const { effectiveAt, version, lastVersion } = fields;
    if (!isInstant(effectiveAt)) return [];
    if (type === 'policy.document-ended')
      return isCount(lastVersion) && lastVersion >= own.version ? [{ until: effectiveAt, by: 'ending' }] : [];
    if (type !== 'policy.version-published' || !isCount(version) || version <= own.version) return [];
    const same = fields['audience'] === own.audience && (fields['jurisdiction'] ?? null) === own.jurisdiction;
    return same && !withdrawnIn(chain, version) ? [{ until: effectiveAt, by: version }] : [];
  });
  const [first] = ends.toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
  return first ?? { until: null, by: null };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

// All instants in leaves have one form, so that they compare as text.
function isInstant(value: unknown): value is string {
  return typeof value === 'string' && isTimestamp(value);
}
