import type { Context } from '#kernel/context';
import { readPublicLog } from '#ledger';
import type { ConsolePolicyItem } from './console-policies.tsx';
import type { EditPolicyView } from './console-edit-policy.tsx';
import type { EnteredDraft } from './console-editor-form.tsx';
import type { ReviewPolicyView } from './console-review.tsx';
import { loadElsewhere } from './elsewhere/load-elsewhere.ts';
import { effectiveTime } from './effective-time.ts';
import { inForce, scheduled } from './in-force.ts';
import { versionViews } from './load-trust-views.tsx';
import { listPolicies, type PolicyRecord, readDraft, readVersionText } from './read-policies.ts';
import { diffTexts } from './text/diff-texts.ts';
import { displaySource } from './text/read-text.ts';
import { renderMarkdown } from './text/render-markdown.tsx';

/** All documents for staff, those in rehearsal included. */
export async function loadConsolePolicies(ctx: Context): Promise<ConsolePolicyItem[]> {
  const records = await listPolicies(ctx);
  return Promise.all(
    records.map(async (record) => {
      const { document, versions } = record;
      const current = inForce(versions, ctx.now());
      const [next] = scheduled(versions, ctx.now());
      const draft = await readDraft(ctx, document.id);
      const views = await versionViews(ctx, record);
      return {
        slug: document.slug,
        title: document.title,
        language: document.language,
        visibility: document.visibility,
        department: document.department,
        inForce: current && {
          number: current.version.number,
          since: current.version.effectiveAt ?? current.version.claimedPublishedAt,
          claimed: current.claimed,
        },
        scheduled: next?.effectiveAt ? { number: next.number, at: next.effectiveAt } : null,
        draft: draft && { changedAt: draft.updatedAt },
        entry: views[0]?.entry ?? null,
      };
    }),
  );
}

/** What the editor opens with: the draft, else the newest version to go on from, else nothing. */
export async function loadDraft(
  ctx: Context,
  { document, versions }: PolicyRecord,
): Promise<{ entered: EnteredDraft; savedAt: Temporal.Instant | null }> {
  const draft = await readDraft(ctx, document.id);
  if (draft) {
    const { text, summary, effectiveLocal, revision, updatedAt } = draft;
    return { entered: { text, summary, effectiveLocal, revision }, savedAt: updatedAt };
  }
  const newest = versions[0] ? await readVersionText(ctx, document.id, versions[0].number) : null;
  return { entered: { text: newest?.toString('utf8') ?? '', summary: '', effectiveLocal: '', revision: 0 }, savedAt: null };
}

type EditState = Pick<EditPolicyView, 'entered' | 'savedAt' | 'errors' | 'just' | 'withdrawal' | 'departments'> & {
  readonly preview: boolean;
};

export async function loadEditor(ctx: Context, record: PolicyRecord, zone: string, state: EditState): Promise<EditPolicyView> {
  const { slug, title, language, visibility, visibleSince, departmentId, department: name } = record.document;
  const department = departmentId === null || name === null ? null : { id: departmentId, name };
  const preview = state.preview ? renderMarkdown(displaySource(state.entered.text)) : null;
  const versions = await versionViews(ctx, record);
  const elsewhere = await loadElsewhere(ctx, record);
  return { elsewhere, slug, title, language, zone, visibility, visibleSince, department, ...state, preview, versions };
}

/** The draft against what people can read today. @param entered exactly what would be published. */
export async function loadReview(
  ctx: Context,
  record: PolicyRecord,
  zone: string,
  { entered, ...state }: { entered: EnteredDraft } & Pick<ReviewPolicyView, 'errors' | 'secondPerson' | 'askError'>,
): Promise<ReviewPolicyView> {
  const { document, versions } = record;
  const last = versions.find(({ withdrawnAt }) => withdrawnAt === null);
  const before = last ? await readVersionText(ctx, document.id, last.number) : null;
  const effective = effectiveTime(entered.effectiveLocal, zone, ctx.now());
  return {
    slug: document.slug,
    title: document.title,
    language: document.language,
    number: (versions[0]?.number ?? 0) + 1,
    before:
      last && before
        ? { number: last.number, comparison: diffTexts(before.toString('utf8'), entered.text, document.language) }
        : null,
    text: renderMarkdown(displaySource(entered.text)),
    summary: entered.summary,
    effectiveAt: entered.effectiveLocal.trim() === '' || !effective.ok ? null : effective.value.at,
    revision: entered.revision,
    nextEntry: (await readPublicLog(ctx.db)).size,
    firstPublication: versions.length === 0,
    ...state,
  };
}
