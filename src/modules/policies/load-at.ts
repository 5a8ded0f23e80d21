import type { Context } from '#kernel/context';
import { judgeMoment } from './judge-moment.ts';
import { type Loaded, versionViews } from './load-trust-views.tsx';
import { readMoment } from './moment.ts';
import { readPolicy } from './read-policies.ts';
import { isAudience, isJurisdiction, type Scope } from './scope.ts';
import type { AtView } from './trust-at.tsx';

export type AskedAt = {
  readonly slug: string;
  /** `YYYY-MM-DD`, or an instant as RFC 3339. */
  readonly moment: string;
  /** As they stand in the address. */
  readonly audience: string | null;
  readonly jurisdiction: string | null;
};

/** @returns `null` where there is no such policy, or the address asks for nothing that could be. */
export async function loadAt(
  ctx: Context,
  { slug, moment: text, ...asked }: AskedAt,
  organisation: { readonly name: string; readonly timeZone: string },
): Promise<Loaded<AtView> | null> {
  const moment = readMoment(text, organisation.timeZone);
  const scope: Scope = { audience: asked.audience || 'everyone', jurisdiction: asked.jurisdiction || null };
  const record = await readPolicy(ctx, slug);
  if (!moment || !record || record.versions.length === 0 || !isAudience(scope.audience)) return null;
  if (scope.jurisdiction !== null && !isJurisdiction(scope.jurisdiction)) return null;
  const versions = await versionViews(ctx, record);
  const judged = judgeMoment(record, scope, moment, ctx.now());
  const view = {
    organisation: organisation.name,
    slug,
    title: record.document.title,
    language: record.document.language,
    day: moment.until && Temporal.PlainDate.from(text),
    from: moment.from,
    scope,
    ...judged,
    versions,
  };
  return { view, validUntil: judged.provisional ? (moment.until ?? moment.from) : null };
}
