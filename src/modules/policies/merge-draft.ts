import { type Context, scopeOf } from '#kernel/context';
import type { EnteredDraft } from './console-editor-form.tsx';
import { policiesConsoleText } from './console-text.ts';
import { type PolicyRecord, readDraft, readVersionText } from './read-policies.ts';
import { type ConflictWords, mergeTexts } from './text/merge-texts.ts';

export type MergedDraft = {
  /** What both began from. */
  readonly base: string;
  /** Both together, going on from what is saved. */
  readonly entered: EnteredDraft;
  /** Places where both wrote differently; both stand there, in words that cannot be published. */
  readonly conflicts: number;
  /** Fields with one value that both set differently: this person's stands, and here is the other's. */
  readonly overruled: readonly SingleField[];
};

export const singleFields = ['effectiveLocal', 'audience', 'jurisdiction', 'changeClass'] as const;
export type SingleField = (typeof singleFields)[number];
type Wording = Omit<EnteredDraft, 'revision'>;

/** What two people made of one revision. `null` when it is not kept any more, or its draft was published meanwhile. */
export async function mergeDraft(
  ctx: Context,
  record: PolicyRecord,
  mine: EnteredDraft,
  locale: string,
): Promise<MergedDraft | null> {
  scopeOf(ctx, 'policies:read');
  const theirs = await readDraft(ctx, record.document.id);
  const base = theirs && (await readBase(ctx, record, mine.revision));
  if (!base) return null;
  const t = policiesConsoleText(locale);
  const words = { mine: `[[${t('merge.mine')}]]`, theirs: `[[${t('merge.theirs')}]]`, end: `[[${t('merge.end')}]]` };
  return mergeEntered(base, mine, theirs, words);
}

/** Pure. */
export function mergeEntered(base: Wording, mine: Wording, theirs: EnteredDraft, words: ConflictWords): MergedDraft {
  const prose = (name: 'text' | 'summary' | 'legalBasis') => mergeTexts(base[name], mine[name], theirs[name], words);
  const [text, summary, legalBasis] = [prose('text'), prose('summary'), prose('legalBasis')];
  const single = (name: SingleField) => (mine[name] === base[name] ? theirs[name] : mine[name]);
  const entered = {
    text: text.text,
    summary: summary.text,
    legalBasis: legalBasis.text,
    effectiveLocal: single('effectiveLocal'),
    audience: single('audience'),
    jurisdiction: single('jurisdiction'),
    changeClass: single('changeClass'),
    revision: theirs.revision,
  };
  const overruled = singleFields.filter((name) => theirs[name] !== base[name] && theirs[name] !== entered[name]);
  return { base: base.text, entered, conflicts: text.conflicts + summary.conflicts + legalBasis.conflicts, overruled };
}

/** A revision that only its signed copy set apart has the words of the one before. */
async function readBase(ctx: Context, { document, versions }: PolicyRecord, revision: number): Promise<Wording | null> {
  if (!Number.isInteger(revision) || revision < 0 || revision >= 2 ** 31) return null;
  if (revision === 0) {
    const newest = versions[0] ? await readVersionText(ctx, document.id, versions[0].number) : null;
    const unjudged = { effectiveLocal: '', audience: 'everyone', jurisdiction: '', changeClass: '', legalBasis: '' };
    return { text: newest?.toString('utf8') ?? '', summary: '', ...unjudged };
  }
  const row = await ctx.db
    .selectFrom('policies.draftRevision')
    .select(['text', 'summary', ...singleFields, 'legalBasis'])
    .where('documentId', '=', document.id)
    .where('revision', '<=', revision)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
