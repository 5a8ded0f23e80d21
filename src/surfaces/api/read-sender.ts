import { readKey } from '#accounts';
import type { Actor } from '#kernel/context';
import { may } from '#kernel/context';
import type { Contract, KeyRefusal } from '#kernel/contract';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type Ledger, observe } from '#ledger';

const visitor: Actor = { kind: 'visitor' };

/** Who sends a request: a visitor, whatever they send along, or the program whose key the contract asks for. */
export async function readSender(ledger: Ledger, { auth }: Contract, request: Request): Promise<Outcome<Actor, KeyRefusal>> {
  if (auth === 'none') return done(visitor);
  const values = [...new URL(request.url).searchParams].flat();
  if (values.some((value) => /\btroth_[0-9a-z]{8}_/i.test(value))) return refuse('request/key-in-address');
  const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (key === undefined) return refuse('request/key-missing');
  const program = await readKey(observe(ledger, visitor), key);
  if (!program) return refuse('request/key-not-valid');
  return may(program, auth.scope) ? done(program) : refuse('request/key-scope-missing', { scope: auth.scope });
}

/** RFC 6750, section 3: what a program that sent no key, or the wrong one, is told beside the problem document. */
export function challengeOf(refusal: string, { auth }: Contract): Readonly<Record<string, string>> {
  if (auth === 'none') return {};
  const more = {
    'request/key-missing': '',
    'request/key-not-valid': ', error="invalid_token"',
    'request/key-scope-missing': `, error="insufficient_scope", scope="${auth.scope}"`,
  }[refusal];
  return more === undefined ? {} : { 'www-authenticate': `Bearer realm="troth"${more}` };
}
