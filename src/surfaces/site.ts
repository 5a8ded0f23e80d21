import type { Ledger, StateStore } from '#ledger';
import type { Organisation } from '#organisation';
import type { HealthFacts } from './console/judge-health.ts';
import type { Assets } from '../kernel/assets.ts';

/** What every surface is given by the process it is served from. */
export type Site = {
  readonly ledger: Ledger;
  readonly store: StateStore;
  readonly assets: Assets;
  /** Read once per public revision; `null` before set-up. */
  organisation(): Promise<Organisation | null>;
  /** Measured at each call; what cannot be measured is `null`. */
  health(): Promise<HealthFacts>;
  /** What runs here: Troth's version and Node's. */
  readonly running: { readonly troth: string; readonly node: string };
  /** Whether visitors reach this over TLS, as the confirmed public address says. Decides about cookies. */
  readonly insecureHttp: boolean;
  /** The database is the one Troth brought along. */
  readonly trialDatabase: boolean;
};
