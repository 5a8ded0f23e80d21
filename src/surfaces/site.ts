import type { Ledger, StateStore } from '#ledger';
import type { Organisation } from '#organisation';
import type { Assets } from '../kernel/assets.ts';

/** What every surface is given by the process it is served from. */
export type Site = {
  readonly ledger: Ledger;
  readonly store: StateStore;
  readonly assets: Assets;
  /** Read once per public revision; `null` before set-up. */
  organisation(): Promise<Organisation | null>;
  /** Whether visitors reach this over TLS, as the confirmed public address says. Decides about cookies. */
  readonly insecureHttp: boolean;
};
