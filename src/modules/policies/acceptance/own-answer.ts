import type { Deciding, Shown } from './decide.ts';

/** An answer given in the portal, by the person or by whoever acts for them. */
export type OwnAnswer = {
  readonly accountId: string;
  readonly slug: string;
  readonly shown: Shown;
  readonly words: { readonly hash: string; readonly locale: string; readonly organisation: string };
  readonly after: number;
};

export function ownAnswer({ slug, ...answer }: OwnAnswer, kind: Deciding['kind']): Deciding {
  return { ...answer, document: { slug }, kind, surface: 'portal', programId: null };
}
