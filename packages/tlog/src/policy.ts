import { toHex } from './hex.ts';
import { encodeVkey, parseVkey, type KeyType, type PublicNoteKey } from './note-key.ts';
import { parseDecimal } from './decimal.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** Whom a verifier trusts: any one of the logs, confirmed by the quorum of witnesses. @see C2SP tlog-policy */
export type Policy = {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** The name of a witness or group, or `none`. */
  readonly quorum: string;
};
/** `url` null: the policy serves checking offline only. */
export type PolicyLog = { readonly key: PublicNoteKey; readonly url: string | null };
export type PolicyWitness = { readonly name: string; readonly key: PublicNoteKey; readonly url: string | null };
/** At least `threshold` of the members must have witnessed. */
export type PolicyGroup = { readonly name: string; readonly threshold: number; readonly members: readonly string[] };

export type PolicyRefusal =
  | 'policy/invalid-characters'
  | 'policy/line-unknown'
  | 'policy/line-malformed'
  | 'policy/key-invalid'
  | 'policy/key-repeated'
  | 'policy/name-taken'
  | 'policy/name-unknown'
  | 'policy/member-repeated'
  | 'policy/threshold-invalid'
  | 'policy/quorum-repeated'
  | 'policy/quorum-missing';

type Draft = {
  logs: PolicyLog[];
  witnesses: PolicyWitness[];
  groups: PolicyGroup[];
  quorum: string | null;
  members: Set<string>;
};

/** Reads a policy file. Each refusal about a line carries its number, from 1. */
export function parsePolicy(text: string): Outcome<Policy, PolicyRefusal> {
  if (!text.isWellFormed() || /[^\t\n -~\u0080-\u{10ffff}]/u.test(text)) return refuse('policy/invalid-characters');
  const draft: Draft = { logs: [], witnesses: [], groups: [], quorum: null, members: new Set() };
  for (const [i, line] of text.split('\n').entries()) {
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length === 0 || items[0]?.startsWith('#')) continue;
    const refusal = readLine(draft, items);
    if (refusal) return refuse(refusal, { line: i + 1 });
  }
  const { logs, witnesses, groups, quorum } = draft;
  return quorum === null ? refuse('policy/quorum-missing') : done({ logs, witnesses, groups, quorum });
}

/** The policy as a file, one definition a line, names before their use. */
export function printPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map(({ key, url }) => ['log', encodeVkey(key), url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, encodeVkey(key), url]),
    ...groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
    ['quorum', quorum],
  ];
  return lines.map((items) => `${items.filter((item) => item !== null).join(' ')}\n`).join('');
}

function readLine(draft: Draft, [keyword, ...items]: readonly string[]): PolicyRefusal | null {
  if (keyword === 'log') return readLog(draft, items);
  if (keyword === 'witness') return readWitness(draft, items);
  if (keyword === 'group') return readGroup(draft, items);
  return keyword === 'quorum' ? readQuorum(draft, items) : 'policy/line-unknown';
}

function readLog(draft: Draft, [vkey, url, ...rest]: readonly string[]): PolicyRefusal | null {
  if (vkey === undefined || rest.length > 0) return 'policy/line-malformed';
  const key = keyOfType(vkey, 'note');
  if (!key) return 'policy/key-invalid';
  if (draft.logs.some((log) => samePublicKey(log.key, key))) return 'policy/key-repeated';
  draft.logs.push({ key, url: url ?? null });
  return null;
}

function readWitness(draft: Draft, [name, vkey, url, ...rest]: readonly string[]): PolicyRefusal | null {
  if (name === undefined || vkey === undefined || rest.length > 0) return 'policy/line-malformed';
  if (isDefined(draft, name)) return 'policy/name-taken';
  const key = keyOfType(vkey, 'cosignature');
  if (!key) return 'policy/key-invalid';
  // Two names for one key would let a single witness count twice.
  if (draft.witnesses.some((witness) => samePublicKey(witness.key, key))) return 'policy/key-repeated';
  draft.witnesses.push({ name, key, url: url ?? null });
  return null;
}

function readGroup(draft: Draft, [name, rule, ...members]: readonly string[]): PolicyRefusal | null {
  if (name === undefined || rule === undefined || members.length === 0) return 'policy/line-malformed';
  if (isDefined(draft, name)) return 'policy/name-taken';
  for (const member of members) {
    if (member === 'none' || !isDefined(draft, member)) return 'policy/name-unknown';
    if (draft.members.has(member)) return 'policy/member-repeated';
    draft.members.add(member);
  }
  const threshold = rule === 'all' ? members.length : rule === 'any' ? 1 : (parseDecimal(rule) ?? 0);
  if (threshold < 1 || threshold > members.length) return 'policy/threshold-invalid';
  draft.groups.push({ name, threshold, members });
  return null;
}

function readQuorum(draft: Draft, [name, ...rest]: readonly string[]): PolicyRefusal | null {
  if (name === undefined || rest.length > 0) return 'policy/line-malformed';
  if (draft.quorum !== null) return 'policy/quorum-repeated';
  if (!isDefined(draft, name)) return 'policy/name-unknown';
  draft.quorum = name;
  return null;
}

function isDefined({ witnesses, groups }: Draft, name: string): boolean {
  return name === 'none' || [...witnesses, ...groups].some((defined) => defined.name === name);
}

function keyOfType(vkey: string, type: KeyType): PublicNoteKey | null {
  const key = parseVkey(vkey);
  return key.ok && key.value.type === type ? key.value : null;
}

function samePublicKey(a: PublicNoteKey, b: PublicNoteKey): boolean {
  return toHex(a.publicKey) === toHex(b.publicKey);
}
