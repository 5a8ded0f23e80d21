import { type Outcome, done } from '#kernel/outcome';
import { fault } from './scim-fault.ts';

const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];
export type Literal = string | number | boolean | null;

/** A filter of RFC 7644 §3.4.2.2 as a tree. Paths are dotted names without a schema in front. */
export type Filter =
  | { readonly is: 'and'; readonly left: Filter; readonly right: Filter }
  | { readonly is: 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: 'present'; readonly path: string }
  | { readonly is: 'compare'; readonly path: string; readonly by: Comparison; readonly to: Literal }
  /** At least one value of the attribute fits all of it. */
  | { readonly is: 'some'; readonly path: string; readonly fits: Filter };

/** Where a PATCH operation points: `emails[type eq "work"].value`. */
export type Path = { readonly attribute: string; readonly fits: Filter | null; readonly sub: string | null };

/** Longer ones come from nobody who looks for an account. */
const longestFilter = 2_000;
const deepestFilter = 20;

type Token = { readonly kind: 'word' | 'text' | 'mark'; readonly value: string };
type FilterOutcome = Outcome<Filter, 'accounts/scim-invalid-filter'>;

/** Thrown inside this file alone: a parser that hands each failure up by hand is three times as long. */
class NotAFilter extends Error {}

export function parseFilter(text: string): FilterOutcome {
  return guarded(text, 'accounts/scim-invalid-filter', (reader) => reader.either(0));
}

export function parsePath(text: string): Outcome<Path, 'accounts/scim-invalid-path'> {
  return guarded(text, 'accounts/scim-invalid-path', (reader) => reader.path());
}

function guarded<Value, Refusal extends 'accounts/scim-invalid-filter' | 'accounts/scim-invalid-path'>(
  text: string,
  refusal: Refusal,
  read: (reader: ReturnType<typeof readerOf>) => Value,
): Outcome<Value, Refusal> {
  try {
    if (text.length > longestFilter) throw new NotAFilter();
    const reader = readerOf(tokensOf(text));
    const value = read(reader);
    reader.end();
    return done(value);
  } catch (error) {
    if (error instanceof NotAFilter) return fault(refusal, text);
    throw error;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|((?:urn:[\w.:-]+:)?\$?[\w-][\w.:+-]*)|(\.\w+))/giy;
  const { length } = text.trimEnd();
  while (pattern.lastIndex < length) {
    const match = pattern.exec(text);
    if (!match) throw new NotAFilter();
    const [, quoted, mark, word, sub] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: unquote(quoted) });
    else tokens.push(mark === undefined ? { kind: 'word', value: word ?? sub ?? '' } : { kind: 'mark', value: mark });
  }
  return tokens;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new NotAFilter();
  }
}

function readerOf(tokens: readonly Token[]) {
  let at = 0;
  const isMark = (value: string) => tokens[at]?.kind === 'mark' && tokens[at]?.value === value;
  const isWord = (value: string) => tokens[at]?.kind === 'word' && tokens[at]?.value.toLowerCase() === value;
  const take = (kind: Token['kind'], value?: string): string => {
    const token = tokens[at];
    if (token?.kind !== kind || (value !== undefined && token.value !== value)) throw new NotAFilter();
    at += 1;
    return token.value;
  };

  // `or` binds weakest, then `and`, then `not` (RFC 7644, table 5).
  function either(depth: number): Filter {
    if (depth > deepestFilter) throw new NotAFilter();
    let left = both(depth);
    while (isWord('or')) {
      at += 1;
      left = { is: 'or', left, right: both(depth) };
    }
    return left;
  }

  function both(depth: number): Filter {
    let left = single(depth);
    while (isWord('and')) {
      at += 1;
      left = { is: 'and', left, right: single(depth) };
    }
    return left;
  }

  function single(depth: number): Filter {
    if (isMark('(')) return inside('(', ')', depth);
    if (isWord('not')) {
      at += 1;
      return { is: 'not', of: inside('(', ')', depth) };
    }
    const path = name();
    if (isMark('[')) return bracketed(path, depth);
    return compared(path);
  }

  function inside(open: string, close: string, depth: number): Filter {
    take('mark', open);
    const filter = either(depth + 1);
    take('mark', close);
    return filter;
  }

  /** `emails[type eq "work"]`, and `emails[type eq "work"].value eq "x"` as Entra ID writes it. */
  function bracketed(path: string, depth: number): Filter {
    const fits = inside('[', ']', depth);
    if (tokens[at]?.value.startsWith('.') !== true) return { is: 'some', path, fits };
    return { is: 'some', path, fits: { is: 'and', left: fits, right: compared(take('word').slice(1)) } };
  }

  function compared(path: string): Filter {
    const operator = take('word').toLowerCase();
    if (operator === 'pr') return { is: 'present', path };
    const by = comparisons.find((known) => known === operator);
    if (by === undefined) throw new NotAFilter();
    return { is: 'compare', path, by, to: literal() };
  }

  function literal(): Literal {
    if (tokens[at]?.kind === 'text') return take('text');
    const word = take('word');
    if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
    if (/^null$/i.test(word)) return null;
    if (/^-?\d{1,15}(\.\d{1,15})?$/.test(word)) return Number(word);
    throw new NotAFilter();
  }

  function name(): string {
    const word = take('word').replace(/^urn:.*:(?=[^:]+$)/i, '');
    if (!/^\$?[a-z][\w-]*(\.\$?[a-z][\w-]*)?$/i.test(word)) throw new NotAFilter();
    return word;
  }

  function path(): Path {
    const [attribute = '', sub = null] = name().split('.');
    if (sub !== null || !isMark('[')) return { attribute, fits: null, sub };
    const fits = inside('[', ']', 0);
    return { attribute, fits, sub: tokens[at]?.value.startsWith('.') === true ? take('word').slice(1) : null };
  }

  return {
    either,
    path,
    end() {
      if (at < tokens.length) throw new NotAFilter();
    },
  };
}
