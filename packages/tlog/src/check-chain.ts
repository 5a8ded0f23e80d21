import type { ReceiptItem, StatementItem } from './bundle.ts';
import { equalBytes } from './bytes.ts';
import { toHex } from './hex.ts';
import { noCommitment } from './private-event.ts';
import { parsePrivateLeaf } from './private-leaf.ts';
import { parsePublicLeaf } from './public-leaf.ts';
import { step, type Step } from './report.ts';
import { leafHash } from './tree.ts';

/** Whether the receipts are all of the person's events from the first to the last shown. A hidden later one is not excluded. */
export function receiptChainStep(items: readonly ReceiptItem[], indexes: readonly (number | null)[]): Step {
  const [first] = items;
  const from = first?.n ?? 1;
  for (const [i, item] of items.entries()) {
    const before = items[i - 1];
    const expected = before ? commitmentIn(before) : item.n === 1 ? noCommitment : item.previous;
    if (item.n !== from + i || !expected || !equalBytes(expected, item.previous)) {
      return step('receipt-chain-unbroken', 'failed', { n: from + i, index: indexes[i] ?? 'unknown' });
    }
  }
  // From a later event on, what came before is bound by `previous` but not shown.
  return step('receipt-chain-unbroken', from === 1 ? 'ok' : 'unknown', { from, to: from + items.length - 1 });
}

function commitmentIn({ leaf }: ReceiptItem): Uint8Array | null {
  const parsed = parsePrivateLeaf(leaf);
  return parsed.ok ? parsed.value.commitment : null;
}

/**
 * Whether the statements about each object are linked by `prev` from its first leaf to the last shown, whatever their order in
 * the bundle. Gaps leave it open; two leaves in one place, or a link to another leaf, are a second history.
 */
export function objectChainStep(items: readonly StatementItem[], indexes: readonly (number | null)[]): Step {
  const leaves = items.flatMap(({ leaf }, i) => {
    const parsed = parsePublicLeaf(leaf, null);
    return parsed.ok ? [{ ...parsed.value, hash: toHex(leafHash(leaf)), index: indexes[i] ?? 'unknown' }] : [];
  });
  const hashes = new Map<string, string>();
  for (const { object, seq, hash, index } of leaves) {
    const place = `${seq} ${object}`;
    if ((hashes.get(place) ?? hash) !== hash) return step('object-chain-unbroken', 'failed', { object, seq, index });
    hashes.set(place, hash);
  }
  for (const { object, seq, prev, index } of leaves) {
    const before = hashes.get(`${seq - 1} ${object}`);
    if (before !== undefined && before !== prev) return step('object-chain-unbroken', 'failed', { object, seq, index });
  }
  const gap = leaves.find(({ object, seq }) => seq > 1 && !hashes.has(`${seq - 1} ${object}`));
  return gap
    ? step('object-chain-unbroken', 'unknown', { object: gap.object, missing: gap.seq - 1 })
    : step('object-chain-unbroken', 'ok', { leaves: hashes.size });
}
