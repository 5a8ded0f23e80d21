import type { Limit } from '#kernel/contract';
import { type Allowance, RateLimit } from '#kernel/rate-limit';

/** What visitors may do in this process, shared by the API and the forms of the pages. */
export type VisitorLimits = {
  /** @returns 0 when the sender may go on, else the seconds until it may. */
  take(limit: Limit, request: Request): number;
};

// A person who asks twenty questions in ten minutes is a program; a code has 100 bits, so the second only saves work.
const allowances = {
  asking: { burst: 20, seconds: 600 },
  lookup: { burst: 60, seconds: 600 },
} as const satisfies Record<Limit, Allowance>;

/** @param clientOf The IP address a request came from, behind the proxies that the operator trusts. */
export function visitorLimits(now: () => Temporal.Instant, clientOf: (request: Request) => string): VisitorLimits {
  const limits: Record<Limit, RateLimit> = {
    asking: new RateLimit(allowances.asking, now),
    lookup: new RateLimit(allowances.lookup, now),
  };
  return { take: (limit, request) => limits[limit].take(clientOf(request)) };
}
