import { parseUtf8, utf8 } from './bytes.ts';

/** What canonical JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

// Deeper input would exhaust the stack before it could be refused.
const maxDepth = 32;

/**
 * The one text of a value under RFC 8785: keys in the order of their UTF-16 code units, no spaces, numbers as ECMAScript prints
 * them. @throws TypeError on lone surrogates, numbers that are not finite, other types, and nesting below 32 levels.
 */
export function canonicalJson(value: Json): string {
  return print(value, 0);
}

/** The value of bytes that are exactly its canonical JSON in UTF-8; null for any other bytes, repeated keys included. */
export function parseCanonicalJson(bytes: Uint8Array): Json | null {
  const text = parseUtf8(bytes);
  if (text === null) return null;
  try {
    const value: Json = JSON.parse(text);
    return canonicalJson(value) === text ? value : null;
  } catch {
    return null;
  }
}

/** Canonical JSON in UTF-8. @throws TypeError as canonicalJson. */
export function canonicalBytes(value: Json): Uint8Array {
  return utf8(canonicalJson(value));
}

function print(value: Json, depth: number): string {
  if (depth > maxDepth) throw new TypeError(`JSON nested deeper than ${maxDepth} levels`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return printString(value);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`);
  if (isList(value)) return `[${value.map((item) => print(item, depth + 1)).join(',')}]`;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${printString(key)}:${print(member, depth + 1)}`).join(',')}}`;
}

// Array.isArray does not narrow a union with readonly arrays.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

// RFC 8785 §3.2.2 took over the number and string forms of JSON.stringify, except that it has no lone surrogates.
function printString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('the text holds a lone surrogate');
  return JSON.stringify(value);
}

function printNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`);
  return JSON.stringify(value);
}
