import type { WaysToProve } from '../step-up/ways-to-prove.ts';
import type { AccountKind } from '../tables.ts';

export type SecurityFacts = WaysToProve & {
  readonly kind: AccountKind;
  /** A sign-in was disputed, and what was changed since has not been looked through. */
  readonly doubted: boolean;
  /** Made for another address of this site; they open nothing here. */
  readonly strandedPasskeys: number;
  /** When each other session was last seen. */
  readonly otherSessions: readonly Temporal.Instant[];
};

/** What a finding is about. Each has one sentence for each state, and one way to mend it. */
export type SecurityPart = 'doubt' | 'second-step' | 'passkey' | 'recovery' | 'sessions' | 'stranded';
export type SecurityFinding = {
  readonly part: SecurityPart;
  readonly state: 'missing' | 'weak' | 'set';
  /** How many of what the sentence counts. */
  readonly n: number;
};

const fewCodes = 3;

/** After this long without use a session is probably a device that was left. A console's ends by itself soon after. */
const unusedAfter = {
  staff: { minutes: 60 },
  user: { hours: 24 },
} as const satisfies Record<AccountKind, Temporal.DurationLike>;

const rank = { missing: 0, weak: 1, set: 2 } as const;

/** What is set, what is weak and what is missing, worst first. */
export function judgeSecurity(facts: SecurityFacts, now: Temporal.Instant): SecurityFinding[] {
  const found = facts.kind === 'staff' ? judgeStaff(facts) : judgeUser(facts);
  const unused = facts.otherSessions.filter(
    (seenAt) => Temporal.Instant.compare(seenAt, now.subtract(unusedAfter[facts.kind])) <= 0,
  ).length;
  found.push({ part: 'sessions', state: unused > 0 ? 'weak' : 'set', n: unused > 0 ? unused : facts.otherSessions.length });
  if (facts.strandedPasskeys > 0) found.push({ part: 'stranded', state: 'weak', n: facts.strandedPasskeys });
  if (facts.doubted) found.unshift({ part: 'doubt', state: 'missing', n: 1 });
  return found.toSorted((a, b) => rank[a.state] - rank[b.state]);
}

function judgeStaff({ passkeys, totp, recoveryCodes }: SecurityFacts): SecurityFinding[] {
  const second = passkeys + (totp ? 1 : 0);
  const found: SecurityFinding[] = [{ part: 'second-step', state: second === 0 ? 'missing' : 'set', n: second }];
  // An app's code can be asked for by a false page and passed on; a passkey answers only here. The first finding says so already
  // where there is neither.
  if (second > 0) found.push({ part: 'passkey', state: passkeys === 0 ? 'weak' : 'set', n: passkeys });
  // Without a second way nothing can be lost that a code would stand in for.
  if (second > 0) {
    const state = recoveryCodes > fewCodes ? 'set' : recoveryCodes === 0 && second === 1 ? 'missing' : 'weak';
    found.push({ part: 'recovery', state, n: recoveryCodes });
  }
  return found;
}

function judgeUser({ passkeys }: SecurityFacts): SecurityFinding[] {
  return [{ part: 'passkey', state: passkeys === 0 ? 'weak' : 'set', n: passkeys }];
}
