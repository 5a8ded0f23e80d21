import { type Context, instantText } from '#kernel/context';
import type { EffectiveTime } from '../effective-time.ts';
import type { Shortening } from './judge-shortening.ts';

/** States in public that a notice is shorter than its rule asks, and on which legal basis. @returns The id of the event. */
export function recordShortening(
  ctx: Context,
  documentId: string,
  what: { readonly of: 'version' | 'ending'; readonly version: number },
  effective: EffectiveTime,
  { rule, earliest, legalBasis }: Shortening,
): Promise<string> {
  return ctx.record({
    type: 'policy.notice-shortened',
    object: documentId,
    fields: { ...what, rule, earliest, effectiveAt: instantText(effective.at), effectiveZone: effective.zone },
    body: { bytes: Buffer.from(legalBasis), mediaType: 'text/plain; charset=utf-8' },
  });
}
