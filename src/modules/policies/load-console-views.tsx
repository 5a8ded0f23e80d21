import type { Context } from '#kernel/context';
import { readPublicLog } from '#ledger';
import type { ConsolePolicyItem } from './console-policies.tsx';
import type { EditPolicyView } from './console-edit-policy.tsx';
import type { EnteredDraft } from './console-editor-form.tsx';
import type { ReviewPolicyView } from './console-review.tsx';
import { loadElsewhere } from './elsewhere/load-elsewhere.ts';
import { effectiveTime } from './effective-time.ts';
import { inForce, scheduled } from './in-force.ts';
import { endingOf, versionViews } from './load-trust-views.tsx';
import { readNoticeChoices } from './notice/rules-for.ts';
import { listPolicies, type PolicyRecord, readDraft, readVersionText } from './read-policies.ts';
import { everyone } from './scope.ts';
import { readSignedCopy } from './signed-copy/read-signed-copy.ts';
import { splitClauses } from './text/clauses.ts';
import { diffTexts } from './text/diff-texts.ts';
import { displaySource } from './text/read-text.ts';
import { renderMarkdown } from './text/render-markdown.tsx';

/** All documents for staff, those in rehearsal included. */
export async function loadConsolePolicies(ctx: Context): Promise<ConsolePolicyItem[]> {
  const records = await listPolicies(ctx);
  return Promise.all(
    records.map(async (record) => {
      const { document } = record;
      const current = inForce(record, everyone, ctx.now());
      const [next] = scheduled(record, ctx.now());
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

const unjudged = { audience: 'everyone', jurisdiction: '', changeClass: '', legalBasis: '' };

/** What the editor opens with: the draft, else the newest version to go on from, else nothing. */
export async function loadDraft(
  ctx: Context,
  { document, versions }: PolicyRecord,
): Promise<{ entered: EnteredDraft; savedAt: Temporal.Instant | null }> {
  const draft = await readDraft(ctx, document.id);
  if (draft) {
    const { text, summary, effectiveLocal, audience, jurisdiction, changeClass, legalBasis, revision, updatedAt } = draft;
    const publication = { audience, jurisdiction, changeClass, legalBasis };
    return { entered: { text, summary, effectiveLocal, revision, ...publication }, savedAt: updatedAt };
  }
  const newest = versions[0] ? await readVersionText(ctx, document.id, versions[0].number) : null;
  const entered = { text: newest?.toString('utf8') ?? '', summary: '', effectiveLocal: '', revision: 0, ...unjudged };
  return { entered, savedAt: null };
}

type EditState = Pick<
  EditPolicyView,
  'entered' | 'savedAt' | 'errors' | 'just' | 'withdrawal' | 'departments' | 'translations'
> & {
  readonly preview: boolean;
  readonly endingEntered?: EditPolicyView['endingEntered'];
};

export async function loadEditor(ctx: Context, record: PolicyRecord, zone: string, state: EditState): Promise<EditPolicyView> {
  const { slug, title, language, visibility, visibleSince, approvers, departmentId, department: name } = record.document;
  const department = departmentId === null || name === null ? null : { id: departmentId, name };
  const preview = state.preview ? renderMarkdown(displaySource(state.entered.text)) : null;
  const clauses = state.preview ? splitClauses(displaySource(state.entered.text)) : [];
  const outline = clauses.filter(({ block }) => block === 'heading').map(({ id, text }) => ({ id, heading: text }));
  const versions = await versionViews(ctx, record);
  const noticeChoices = await readNoticeChoices(ctx, record.document.id);
  const ending = endingOf(record, ctx.now());
  const noticed = { noticeChoices, ending, endingEntered: state.endingEntered ?? null };
  const signedCopy = await readSignedCopy(ctx, record.document.id);
  const elsewhere = await loadElsewhere(ctx, record);
  return {
    elsewhere,
    slug,
    title,
    language,
    zone,
    visibility,
    visibleSince,
    approvers,
    department,
    ...state,
    ...noticed,
    signedCopy,
    preview,
    outline,
    versions,
  };
}

type ReviewState = 'errors' | 'secondPerson' | 'askError' | 'noticed' | 'review' | 'answerError';

/** The draft against what people can read today. @param entered exactly what would be published. */
export async function loadReview(
  ctx: Context,
  record: PolicyRecord,
  zone: string,
  { entered, ...state }: { entered: EnteredDraft } & Pick<ReviewPolicyView, ReviewState>,
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
