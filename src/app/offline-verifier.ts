import { policyText } from '../surfaces/log/serve-log.ts';
import type { Site } from '../surfaces/site.ts';
import { buildOfflineVerifier } from '../surfaces/verify/index.ts';

/** The offline verifier of this organisation, built at first use: its policy is known only after set-up. `null` before. */
export function offlineVerifierFor(site: Site): () => Promise<Uint8Array | null> {
  let built: Promise<Uint8Array> | null = null;
  return async () => {
    const organisation = await site.organisation();
    const policy = await policyText(site.ledger);
    if (!organisation || policy === null) return null;
    built ??= buildOfflineVerifier({
      organisation: organisation.name,
      policy,
      css: Buffer.from(site.assets.named('site.css').bytes).toString('utf8'),
    });
    return built;
  };
}
