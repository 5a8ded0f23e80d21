import type { Acting } from '#accounts';
import type { Context } from '#kernel/context';
import type { Organisation } from '#organisation';
import { everyone, inForce, readPolicy, readVersionText, renderSections } from '#policies';
import { type AskRefusal, type AskView, longestQuestion, replyDue, supportSentence } from '#support';

export type Asking = {
  readonly slug: string;
  readonly entered: AskView['entered'] & { readonly version: number | null; readonly clause: string | null };
  readonly refused: { readonly refusal: AskRefusal; readonly facts: Readonly<Record<string, string | number>> } | null;
};

export const nothingAsked: AskView['entered'] = { question: '', email: '', reference: '', publish: false };

const fields: Partial<Record<AskRefusal, 'email' | 'reference'>> = {
  'support/email-not-valid': 'email',
  'support/reference-not-valid': 'reference',
};

/** The form to ask about a text, as the trust centre shows it and, for somebody else, the portal; `null` when there is no such text. */
export async function loadAsk(
  ctx: Context,
  organisation: Organisation,
  { slug, entered, refused, under, locale }: Asking & { readonly under: Acting | null; readonly locale: string },
): Promise<AskView | null> {
  const policy = await readPolicy(ctx, slug);
  const current = policy && inForce(policy, everyone, ctx.now())?.version;
  const version = entered.version ?? current?.number ?? policy?.versions[0]?.number;
  const text = policy && version !== undefined ? await readVersionText(ctx, policy.document.id, version) : null;
  if (!policy || !text || version === undefined) return null;
  const sections = renderSections(text.toString('utf8'));
  const section = sections.find(({ clause }) => clause !== null && clause.id === entered.clause);
  if (entered.clause !== null && !section) return null;
  const field = (refused && fields[refused.refusal]) ?? 'question';
  return {
    under,
    organisation: organisation.name,
    policy: { slug, title: policy.document.title, language: policy.document.language, version },
    clause: section?.clause ? { id: section.clause.id, heading: section.clause.text, excerpt: section.body } : null,
    passages: under ? sections.flatMap(({ clause }) => (clause ? [{ id: clause.id, heading: clause.text }] : [])) : [],
    ...replyDue(organisation, ctx.now(), locale),
    entered,
    errors: refused ? [{ field, message: supportSentence(refused.refusal, refused.facts, locale) }] : [],
    maxLength: longestQuestion,
  };
}
