import type { Device, SessionCache } from '#accounts';
import type { OutboundFetch } from '#kernel/fetch';
import type { Ledger, StateStore } from '#ledger';
import type { Organisation } from '#organisation';
import type { VisitorLimits } from './api/visitor-limits.ts';
import type { HealthFacts } from './console/judge-health.ts';
import type { Assets } from '#kernel/assets';

/** What every surface is given by the process it is served from. */
export type Site = {
  readonly ledger: Ledger;
  readonly store: StateStore;
  readonly assets: Assets;
  readonly limits: VisitorLimits;
  /** What this process keeps for a moment about who is signed in. */
  readonly sessions: SessionCache;
  /** The one way out to other machines. */
  readonly fetch: OutboundFetch;
  /** What a session's owner recognises the sender of a request by. */
  deviceOf(request: Request): Device;
  /** As it stands now; `null` before set-up. */
  organisation(): Promise<Organisation | null>;
  /** Measured at each call; what cannot be measured is `null`. */
  health(): Promise<HealthFacts>;
  /** What runs here: Troth's version and Node's, and the machine's own time zone. */
  readonly running: { readonly troth: string; readonly node: string; readonly timeZone: string };
  /** Served without TLS to other machines, at the operator's word; each page says so. */
  readonly insecureHttp: boolean;
  /** Whether the confirmed public address is https: decides by which name and how cookies are set. */
  secureCookies(): boolean;
  /** Where letters go: to a server, into the page that shows what a sample would send, or nowhere yet. */
  readonly mail: 'smtp' | 'catch' | 'none';
  /** The database is the one Troth brought along. */
  readonly trialDatabase: boolean;
};
