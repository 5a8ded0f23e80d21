import type { Context } from '#kernel/context';
import { entriesOf } from '#ledger';
import { endedBy, endingAfter, inForce, nextTurn, scheduled } from './in-force.ts';
import { publishedOnly } from './notice/deliverable-notice.ts';
import type { PolicySection } from './policy-text.tsx';
import { listPolicies, type PolicyRecord, readPolicy, readVersionText, type VersionRow } from './read-policies.ts';
import { everyone } from './scope.ts';
import { diffTexts } from './text/diff-texts.ts';
import { displaySource } from './text/read-text.ts';
import { listTranslations } from './translation/read-translations.ts';
import { showTranslation } from './translation/show-translation.ts';
import { renderSections } from './text/render-markdown.tsx';
import type { ChangeView } from './trust-change.tsx';
import type { PolicyItem } from './trust-policies.tsx';
import type { ClauseQuestion, PolicyView } from './trust-policy.tsx';
import type { PolicyVersionView } from './trust-version.tsx';
import type { EndingView, VersionView } from './version-view.ts';

/** A view and the instant at which it stops being true by itself: the next version's effect. */
export type Loaded<View> = { readonly view: View; readonly validUntil: Temporal.Instant | null };

/** Every public policy that has a version, for the list and the front page. */
export async function loadPolicies(ctx: Context): Promise<Loaded<PolicyItem[]>> {
  const records = (await listPolicies(ctx)).filter(({ versions }) => versions.length > 0);
  const items = await Promise.all(
    records.map(async (record) => {
      const versions = await versionViews(ctx, record);
      const current = currentOf(record, versions, ctx.now());
      return current
        ? [
            {
              slug: record.document.slug,
              title: record.document.title,
              current,
              summary: current.summary,
              versions: versions.length,
              changesAt: scheduled(record, ctx.now())[0]?.effectiveAt ?? null,
              endsAt: endingOf(record, ctx.now())?.endsAt ?? null,
            },
          ]
        : [];
    }),
  );
  return { view: items.flat(), validUntil: earliest(records.map((record) => nextTurn(record, ctx.now()))) };
}

/** @param questions Published questions about this policy, which another module holds. */
export async function loadPolicy(ctx: Context, slug: string, about: About): Promise<Loaded<PolicyView> | null> {
  const record = await readPolicy(ctx, slug);
  if (!record) return null;
  const versions = await versionViews(ctx, record);
  const current = currentOf(record, versions, ctx.now());
  if (!current) return null;
  const [next] = scheduled(record, ctx.now());
  const upcoming = versions.find(({ number }) => number === next?.number && number !== current.number) ?? null;
  const shown = await showTranslation(ctx, record, await listTranslations(ctx, record.document.id), current.number, about.locale);
  const own = { title: record.document.title, language: record.document.language, summary: current.summary };
  const read = shown?.text ? { ...own, ...shown.text, language: about.locale } : own;
  const sections = shown?.text
    ? policySections(shown.text.bytes, shown.text.title, about.questions)
    : await loadSections(ctx, record, current.number, about.questions);
  const { title, language, summary } = read;
  const translated = shown?.notice ?? null;
  const view = {
    organisation: about.organisation,
    slug,
    title,
    language,
    translated,
    current,
    upcoming,
    summary,
    sections,
    versions,
  };
  const ending = endingOf(record, ctx.now());
  return { view: { ...view, ending, questions: about.questions, asking: true }, validUntil: nextTurn(record, ctx.now()) };
}

export type About = {
  readonly organisation: string;
  readonly questions: readonly ClauseQuestion[];
  /** The reader's language: what was translated into it is shown in it. */
  readonly locale: string;
};

export async function loadVersion(
  ctx: Context,
  slug: string,
  number: number,
  organisation: string,
  language?: string,
): Promise<Loaded<PolicyVersionView> | null> {
  const record = await readPolicy(ctx, slug);
  const versions = record ? await versionViews(ctx, record) : [];
  const at = versions.findIndex((version) => version.number === number);
  const version = versions[at];
  if (!record || !version) return null;
  const there = await listTranslations(ctx, record.document.id);
  const shown = language === undefined ? null : await showTranslation(ctx, record, there, number, language);
  if (language !== undefined && !shown?.text) return null;
  const view = {
    organisation,
    slug,
    title: shown?.text?.title ?? record.document.title,
    language: language ?? record.document.language,
    translated: shown?.notice ?? null,
    others: there.filter((each) => each.number === number && each.language !== language).map((each) => each.language),
    version,
    inForce: inForce(record, version, ctx.now())?.version.number ?? null,
    ending: endingOf(record, ctx.now()),
    earlier: versions[at + 1]?.number ?? null,
    later: versions[at - 1]?.number ?? null,
    summary: shown?.text ? shown.text.summary : version.summary,
    sections: shown?.text ? policySections(shown.text.bytes, shown.text.title, []) : await loadSections(ctx, record, number, []),
  };
  return { view, validUntil: nextTurn(record, ctx.now()) };
}

export async function loadChange(
  ctx: Context,
  slug: string,
  number: number,
  organisation: string,
): Promise<Loaded<ChangeView> | null> {
  const record = await readPolicy(ctx, slug);
  const versions = record ? await versionViews(ctx, record) : [];
  const at = versions.findIndex((version) => version.number === number);
  const [after, before] = [versions[at], versions[at + 1]];
  if (!record || !after || !before) return null;
  const { id, title } = record.document;
  const texts = await Promise.all([before, after].map((version) => readVersionText(ctx, id, version.number)));
  const [old, young] = texts.map((bytes) => bytes?.toString('utf8') ?? '');
  const view = {
    organisation,
    slug,
    title,
    after,
    before,
    later: versions[at - 1]?.number ?? null,
    earlier: versions[at + 2] ? before.number : null,
    comparison: diffTexts(old ?? '', young ?? '', after.language),
  };
  return { view, validUntil: nextTurn(record, ctx.now()) };
}

async function loadSections(
  ctx: Context,
  record: PolicyRecord,
  number: number,
  questions: readonly ClauseQuestion[],
): Promise<PolicySection[]> {
  const bytes = await readVersionText(ctx, record.document.id, number);
  return bytes === null ? [] : policySections(bytes, record.document.title, questions);
}

/** The text cut at its headings. A first heading that only repeats the title is the page's own heading already. */
export function policySections(bytes: Uint8Array, title: string, questions: readonly ClauseQuestion[]): PolicySection[] {
  const sections = renderSections(displaySource(bytes));
  const titled = sections.find(({ clause }) => clause !== null)?.clause;
  const repeated = titled?.depth === 1 && titled.text.trim() === title.trim() ? titled.id : null;
  return sections.map(({ clause, body }, at) => {
    const depth = (clause?.depth ?? 1) - (repeated === null ? 0 : 1);
    return {
      id: clause?.id ?? `c-start-${at}`,
      heading: clause === null || clause.id === repeated ? null : clause.text,
      level: levels[Math.min(Math.max(depth, 1), levels.length) - 1] ?? 5,
      body,
      questions: questions.filter(({ clauseId }) => clauseId !== null && clauseId === clause?.id).length,
    };
  });
}

const levels = [1, 2, 3, 4, 5] as const;

/** All versions as pages show them, newest first. */
export async function versionViews(ctx: Context, record: PolicyRecord): Promise<VersionView[]> {
  const { document, versions } = record;
  const entries = await entriesOf(
    ctx.db,
    versions.flatMap(({ eventId, signedCopyEventId: copy }) => [eventId, copy].filter((id) => id !== null)),
  );
  return Promise.all(
    versions.map(async (version) => {
      const { number, origin, effectiveAt, audience, jurisdiction, changeClass, noticeRules, legalBasis } = version;
      const entry = version.eventId === null ? undefined : entries.get(version.eventId);
      const copy = version.signedCopyEventId === null ? undefined : entries.get(version.signedCopyEventId);
      return {
        number,
        standing: standingOf(record, version, ctx.now()),
        origin,
        publishedAt: version.claimedPublishedAt ?? version.publishedAt ?? ctx.now(),
        effectiveAt,
        language: document.language,
        entry: entry?.index ?? null,
        hash: entry?.bodyHash ?? '',
        summary: version.summary === '' ? null : version.summary,
        audience,
        jurisdiction,
        changeClass,
        noticeRules,
        legalBasis,
        signedCopy: copy ? { hash: copy.bodyHash ?? '', bytes: version.signedCopyBytes, entry: copy.index } : null,
        notice:
          changeClass === null
            ? null
            : await publishedOnly({
                documentId: document.id,
                number,
              }),
      };
    }),
  );
}

/** Where a version stands among those for the same people. */
function standingOf(record: PolicyRecord, version: VersionRow, now: Temporal.Instant): VersionView['standing'] {
  if (version.withdrawnAt) return 'withdrawn';
  const counts = (endings: PolicyRecord['endings']) =>
    inForce({ versions: record.versions, endings }, version, now)?.version.number === version.number;
  if (counts(record.endings)) return 'in-force';
  if (version.effectiveAt !== null && Temporal.Instant.compare(version.effectiveAt, now) > 0) return 'scheduled';
  return counts([]) ? 'ended' : 'superseded';
}

/** The version in force for everyone, else for anybody, or the newest when none is. */
function currentOf(record: PolicyRecord, views: readonly VersionView[], now: Temporal.Instant): VersionView | undefined {
  const number = inForce(record, everyone, now)?.version.number;
  return (
    views.find((view) => view.number === number) ??
    views.find(({ standing }) => standing === 'in-force') ??
    views.find(({ standing }) => standing === 'ended') ??
    views[0]
  );
}

/** The end that has come or is announced. */
export function endingOf(record: PolicyRecord, now: Temporal.Instant): EndingView | null {
  const ending = endedBy(record, now) ?? endingAfter(record, now);
  return ending && { endsAt: ending.endsAt, reason: ending.reason, legalBasis: ending.legalBasis };
}

function earliest(instants: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  const known = instants.flatMap((instant) => (instant === null ? [] : [instant]));
  return known.toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null;
}
