import { type Allowance, takeAllowance } from '#accounts';
import type { Limit } from '#kernel/contract';
import { networkOf } from '#kernel/network-of';
import { type Ledger, observe } from '#ledger';

/** What visitors may do, shared by the API and the forms of the pages, and by all processes. */
export type VisitorLimits = {
  /** @returns 0 when the sender may go on, else the seconds until it may. */
  take(limit: Limit, request: Request): Promise<number>;
};

// A person who asks twenty questions in ten minutes is a program; a code has 100 bits, so the second only saves work.
const allowances = {
  asking: { burst: 20, seconds: 600 },
  lookup: { burst: 60, seconds: 600 },
} as const satisfies Record<Limit, Allowance>;

/** @param clientOf The IP address a request came from, behind the proxies that the operator trusts. */
export function visitorLimits(ledger: Ledger, clientOf: (request: Request) => string): VisitorLimits {
  return {
    take: (limit, request) =>
      takeAllowance(observe(ledger, { kind: 'visitor' }), `${limit}/${networkOf(clientOf(request))}`, allowances[limit]),
  };
}
