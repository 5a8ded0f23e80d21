import {
  parsePrivateEvent,
  parsePublicLeaf,
  parseUtf8,
  type Bundle,
  type ItemReport,
  type Json,
  type StatementItem,
} from '@troth/tlog';
import { explainStep, type Line } from './explain-step.ts';
import { isVerifyKey, type VerifyText } from './verify-text.ts';

/** One entry of a bundle in words. */
export type ItemView = {
  /** Place in the log as the proof claims it; null when the proof is unreadable. */
  readonly index: number | null;
  /** "Entry 12", or "Event 3" of a receipt. */
  readonly place: string;
  /** "Entry 12 of 14", where the log's signature held. */
  readonly placeOf: string | null;
  readonly failed: boolean;
  readonly lines: readonly Line[];
  /** When the organisation says that it was entered. */
  readonly at: string | null;
  readonly content: Content;
  /** The statement is about the same object as an earlier one of this bundle, and came later. */
  readonly later: boolean;
};

export type Content =
  | { readonly kind: 'text'; readonly text: string }
  /** Not text, or no text in the file: a sentence stands for it. */
  | { readonly kind: 'sentence'; readonly sentence: string }
  | { readonly kind: 'event'; readonly title: string; readonly facts: readonly (readonly [name: string, value: string])[] };

export function explainItem(report: ItemReport, i: number, bundle: Bundle, signer: string, t: VerifyText): ItemView {
  const place = placeName(report, i, bundle, t);
  const size = report.steps.find(({ code }) => code === 'leaf-included')?.facts['size'];
  const at = report.steps.find(({ facts }) => typeof facts['at'] === 'string')?.facts['at'];
  return {
    index: report.index,
    place,
    placeOf: typeof size === 'number' ? t('place.of', { index: String(report.index), size }) : null,
    failed: report.steps.some(({ state }) => state === 'failed'),
    lines: report.steps.map((step) => explainStep(step, { place, signer }, t)),
    at: typeof at === 'string' ? t.instant(Date.parse(at)) : null,
    content: contentOf(bundle, i, t),
    later: bundle.kind === 'statement' && isLater(bundle.items, i),
  };
}

function placeName({ index }: ItemReport, i: number, bundle: Bundle, t: VerifyText): string {
  const n = bundle.kind === 'receipt' ? bundle.items[i]?.n : undefined;
  if (n !== undefined) return t('place.event', { n });
  return index === null ? t('place.item', { item: i + 1 }) : t('place.entry', { index: String(index) });
}

function contentOf(bundle: Bundle, i: number, t: VerifyText): Content {
  if (bundle.kind === 'receipt') return eventOf(bundle.items[i]?.event ?? new Uint8Array(0), t);
  const body = bundle.items[i]?.body;
  if (!body) return { kind: 'sentence', sentence: t(hasText(bundle.items[i]) ? 'text.none' : 'step.body-matches-leaf.none') };
  const text = /^(text\/|application\/json)/.test(body.mediaType) ? parseUtf8(body.bytes) : null;
  if (text !== null) return { kind: 'text', text };
  return { kind: 'sentence', sentence: t('text.file', { mediaType: body.mediaType, length: body.bytes.length }) };
}

function hasText(item: StatementItem | undefined): boolean {
  const leaf = item && parsePublicLeaf(item.leaf, null);
  return !leaf?.ok || leaf.value.bodyHash !== null;
}

function eventOf(bytes: Uint8Array, t: VerifyText): Content {
  const event = parsePrivateEvent(bytes);
  if (!event) return { kind: 'event', title: t('event.unreadable'), facts: [] };
  const { type, body } = event;
  const known = `event.${type}`;
  const members: [string, Json][] = isMembers(body) ? Object.entries(body) : body === null ? [] : [['', body]];
  const facts = members.map(([name, value]) => [name, printValue(value, t)] as const);
  return isVerifyKey(known)
    ? { kind: 'event', title: t(known), facts: [[t('event.type'), type], ...facts] }
    : { kind: 'event', title: type, facts };
}

function printValue(value: Json, t: VerifyText): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isMembers(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLater(items: readonly StatementItem[], i: number): boolean {
  const [first, own] = [items[0], items[i]].map((item) => item && parsePublicLeaf(item.leaf, null));
  return first?.ok === true && own?.ok === true && own.value.object === first.value.object && own.value.seq > first.value.seq;
}
