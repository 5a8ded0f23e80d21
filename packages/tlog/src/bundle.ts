import { parseBase64, toBase64 } from './base64.ts';
import { canonicalBytes, parseCanonicalJson, type Json } from './canonical-json.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** One file with which a stranger, offline, checks statements of the public log or one person's receipts from the private log. */
export type Bundle = StatementBundle | ReceiptBundle;
export type StatementBundle = {
  readonly kind: 'statement';
  readonly items: readonly StatementItem[];
  /** What the sender says one should trust, for reading only: checking never uses it. */
  readonly policy: string | null;
};
export type ReceiptBundle = {
  readonly kind: 'receipt';
  /** In the order of `n`. */
  readonly items: readonly ReceiptItem[];
  readonly policy: string | null;
  /** 32 bytes; null when the holder does not show it. Whoever has it finds all of the person's leaves. */
  readonly subjectKey: Uint8Array | null;
};
/** A `.tlog-proof` text and the exact bytes of the leaf it is about. */
export type LoggedLeaf = { readonly proof: string; readonly leaf: Uint8Array };
export type StatementItem = LoggedLeaf & { readonly body: StatementBody | null };
export type StatementBody = { readonly salt: Uint8Array; readonly bytes: Uint8Array; readonly mediaType: string };
/** `n` counts the person's events from 1; `event` is canonical; `previous` is the commitment of event n−1, or 32 zero bytes. */
export type ReceiptItem = LoggedLeaf & {
  readonly n: number;
  readonly opening: Uint8Array;
  readonly event: Uint8Array;
  readonly previous: Uint8Array;
};

export type BundleRefusal =
  | 'bundle/not-canonical'
  | 'bundle/format-unknown'
  | 'bundle/kind-unknown'
  | 'bundle/members-wrong'
  | 'bundle/no-items'
  | 'bundle/item-malformed'
  | 'bundle/subject-key-malformed';

const format = 'troth-bundle/v1';
const newline = 0x0a;

/** The bytes of the file: canonical JSON and a newline. */
export function encodeBundle(bundle: Bundle): Uint8Array {
  const { kind, policy } = bundle;
  const members =
    bundle.kind === 'statement'
      ? { items: bundle.items.map(printStatement) }
      : { items: bundle.items.map(printReceipt), subjectKey: bundle.subjectKey && toBase64(bundle.subjectKey) };
  const json = canonicalBytes({ format, kind, policy, ...members });
  const file = new Uint8Array(json.length + 1);
  file.set(json);
  file[json.length] = newline;
  return file;
}

/** Takes a file apart, strictly, so that one bundle has one file. It checks form only; `verifyBundle` checks what it says. */
export function parseBundle(file: Uint8Array): Outcome<Bundle, BundleRefusal> {
  const value = file.at(-1) === newline ? parseCanonicalJson(file.subarray(0, -1)) : null;
  if (!isMembers(value)) return refuse('bundle/not-canonical');
  if (value['format'] !== format) return refuse('bundle/format-unknown');
  if (value['kind'] === 'statement') return parseStatements(value);
  return value['kind'] === 'receipt' ? parseReceipts(value) : refuse('bundle/kind-unknown');
}

function parseStatements(value: Members): Outcome<StatementBundle, BundleRefusal> {
  const { items, policy } = value;
  if (!hasExactly(value, ['format', 'items', 'kind', 'policy']) || !isText(policy)) return refuse('bundle/members-wrong');
  const parsed = parseItems(items, parseStatement);
  return parsed.ok ? done({ kind: 'statement', items: parsed.value, policy }) : parsed;
}

function parseReceipts(value: Members): Outcome<ReceiptBundle, BundleRefusal> {
  const { items, policy, subjectKey } = value;
  if (!hasExactly(value, ['format', 'items', 'kind', 'policy', 'subjectKey']) || !isText(policy))
    return refuse('bundle/members-wrong');
  const key = subjectKey === null ? null : bytesOf(subjectKey, 32);
  if (key === null && subjectKey !== null) return refuse('bundle/subject-key-malformed');
  const parsed = parseItems(items, parseReceipt);
  return parsed.ok ? done({ kind: 'receipt', items: parsed.value, policy, subjectKey: key }) : parsed;
}

function parseItems<Item>(items: Json | undefined, parse: (item: Members) => Item | null): Outcome<Item[], BundleRefusal> {
  if (!Array.isArray(items)) return refuse('bundle/members-wrong');
  if (items.length === 0) return refuse('bundle/no-items');
  const parsed: Item[] = [];
  for (const [i, item] of items.entries()) {
    const value = isMembers(item) ? parse(item) : null;
    if (value === null) return refuse('bundle/item-malformed', { item: i + 1 });
    parsed.push(value);
  }
  return done(parsed);
}

function printStatement({ proof, leaf, body }: StatementItem): Json {
  const printed = body && { salt: toBase64(body.salt), bytes: toBase64(body.bytes), mediaType: body.mediaType };
  return { proof, leaf: toBase64(leaf), body: printed };
}

function parseStatement(item: Members): StatementItem | null {
  const leaf = bytesOf(item['leaf']);
  const { proof, body: printed } = item;
  if (!hasExactly(item, ['body', 'leaf', 'proof']) || typeof proof !== 'string' || !leaf) return null;
  if (printed === null) return { proof, leaf, body: null };
  const body = isMembers(printed) ? parseBody(printed) : null;
  return body && { proof, leaf, body };
}

function parseBody(body: Members): StatementBody | null {
  const salt = bytesOf(body['salt'], 32);
  const bytes = bytesOf(body['bytes']);
  const { mediaType } = body;
  if (!hasExactly(body, ['bytes', 'mediaType', 'salt']) || typeof mediaType !== 'string') return null;
  return salt && bytes && { salt, bytes, mediaType };
}

function printReceipt({ proof, leaf, n, opening, event, previous }: ReceiptItem): Json {
  return { proof, leaf: toBase64(leaf), n, opening: toBase64(opening), event: toBase64(event), previous: toBase64(previous) };
}

function parseReceipt(item: Members): ReceiptItem | null {
  const { proof, n } = item;
  if (!hasExactly(item, ['event', 'leaf', 'n', 'opening', 'previous', 'proof']) || typeof proof !== 'string') return null;
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 1) return null;
  const leaf = bytesOf(item['leaf']);
  const opening = bytesOf(item['opening'], 32);
  const event = bytesOf(item['event']);
  const previous = bytesOf(item['previous'], 32);
  return leaf && opening && event && previous && { proof, leaf, n, opening, event, previous };
}

type Members = { readonly [key: string]: Json };

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasExactly(value: Members, sortedNames: readonly string[]): boolean {
  return Object.keys(value).toSorted().join() === sortedNames.join();
}

function isText(value: Json | undefined): value is string | null {
  return value === null || typeof value === 'string';
}

function bytesOf(value: Json | undefined, length?: number): Uint8Array | null {
  const bytes = typeof value === 'string' ? parseBase64(value) : null;
  return bytes && (length === undefined || bytes.length === length) ? bytes : null;
}
