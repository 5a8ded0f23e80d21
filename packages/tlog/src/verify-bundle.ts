import type { Bundle, ReceiptItem, StatementItem } from './bundle.ts';
import { equalBytes } from './bytes.ts';
import { objectChainStep, receiptChainStep } from './check-chain.ts';
import { checkLogged, type LoggedCheck } from './check-logged.ts';
import type { Policy } from './policy.ts';
import { commitTo, labelOf, parsePrivateEvent } from './private-event.ts';
import { parsePrivateLeaf } from './private-leaf.ts';
import { hashBody, parsePublicLeaf, type PublicLeaf } from './public-leaf.ts';
import { reportOf, step, type Report, type Step } from './report.ts';

/**
 * Checks everything a bundle says against the reader's own policy; what the bundle carries as a policy is never looked at.
 * @param now Unix seconds.
 */
export function verifyBundle(bundle: Bundle, policy: Policy, { now }: { now: number }): Report {
  const logged = bundle.items.map((item) => checkLogged(item, policy, now));
  const about =
    bundle.kind === 'statement'
      ? bundle.items.map(statementSteps)
      : bundle.items.map((item) => receiptSteps(item, bundle.subjectKey));
  const items = logged.map(({ index, steps }, i) => ({ index, steps: [...(about[i] ?? []), ...steps] }));
  const indexes = logged.map(({ index }) => index);
  const chain = bundle.kind === 'statement' ? objectChainStep(bundle.items, indexes) : receiptChainStep(bundle.items, indexes);
  return reportOf(items, [chain, viewStep(logged), supersedingStep(logged)]);
}

function statementSteps({ leaf, body }: StatementItem): Step[] {
  const parsed = parsePublicLeaf(leaf, null);
  if (!parsed.ok) return [step('leaf-readable', 'failed', { refusal: parsed.refusal })];
  const { type, object, seq, at } = parsed.value;
  const readable = step('leaf-readable', 'ok', { type, object, seq, at });
  if (!body) {
    // Without the text only its hash is shown; a statement that never had a text is complete as it is.
    return [
      readable,
      step('body-matches-leaf', parsed.value.bodyHash === null ? 'ok' : 'unknown', { length: parsed.value.bodyLength }),
    ];
  }
  return [readable, step('body-matches-leaf', bodyMatches(parsed.value, body), { length: body.bytes.length })];
}

function bodyMatches({ bodyHash, bodyLength, mediaType }: PublicLeaf, body: NonNullable<StatementItem['body']>): boolean {
  return mediaType === body.mediaType && bodyLength === body.bytes.length && bodyHash === hashBody(body.salt, body.bytes);
}

function receiptSteps({ leaf, n, opening, event, previous }: ReceiptItem, subjectKey: Uint8Array | null): Step[] {
  const parsed = parsePrivateLeaf(leaf);
  if (!parsed.ok) return [step('leaf-readable', 'failed', { refusal: parsed.refusal, n })];
  const { label, commitment } = parsed.value;
  const content = parsePrivateEvent(event);
  const matches = content?.seq === n && equalBytes(commitTo(event, previous, opening), commitment);
  return [
    step('leaf-readable', 'ok', { n }),
    step('event-matches-leaf', matches, content ? { n, type: content.type, at: content.at } : { n }),
    step('label-matches-subject-key', subjectKey ? equalBytes(labelOf(subjectKey, n), label) : 'unknown', { n }),
  ];
}

/** Two signed roots for one size of one log: the log showed different people different records. */
function viewStep(logged: readonly LoggedCheck[]): Step {
  const seen = new Map<string, Uint8Array>();
  for (const { checkpoint, index } of logged) {
    if (!checkpoint) continue;
    const { origin, size, root } = checkpoint;
    const key = `${size} ${origin}`;
    if (!equalBytes(seen.get(key) ?? root, root)) {
      return step('one-view-of-the-log', 'failed', { origin, size, index: index ?? 'unknown' });
    }
    seen.set(key, root);
  }
  return step('one-view-of-the-log', 'ok');
}

/** A Merkle log cannot show that nothing newer exists; the size says up to where these leaves are known. */
function supersedingStep(logged: readonly LoggedCheck[]): Step {
  const sizes = logged.flatMap(({ checkpoint }) => (checkpoint ? [checkpoint.size] : []));
  return step('superseding-excluded', 'unknown', sizes.length > 0 ? { afterSize: Math.max(...sizes) } : {});
}
