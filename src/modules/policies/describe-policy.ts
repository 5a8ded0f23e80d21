import type { z } from 'zod';
import type { Context } from '#kernel/context';
import type { policyForm, versionForm } from './api-forms.ts';
import { endedBy, endingAfter, inForce, scheduled } from './in-force.ts';
import { versionViews } from './load-trust-views.tsx';
import type { PolicyRecord } from './read-policies.ts';
import { everyone } from './scope.ts';
import type { SignedCopyView } from './version-view.ts';

/** A policy as programs read it. */
export function describePolicy(record: PolicyRecord, now: Temporal.Instant): z.input<typeof policyForm> {
  const { document, versions } = record;
  const ending = endedBy(record, now) ?? endingAfter(record, now);
  return {
    slug: document.slug,
    title: document.title,
    language: document.language,
    versions: versions.length,
    inForce: inForce(record, everyone, now)?.version.number ?? null,
    scheduled: scheduled(record, now).map(({ number }) => number),
    ending: ending && { at: ending.endsAt.toString(), reason: ending.reason, legalBasis: ending.legalBasis },
    page: `/policies/${document.slug}`,
  };
}

/** All versions as programs read them, newest first. */
export async function describeVersions(ctx: Context, record: PolicyRecord): Promise<z.input<typeof versionForm>[]> {
  const views = await versionViews(ctx, record);
  const { slug } = record.document;
  return record.versions.flatMap((row) => {
    const view = views.find(({ number }) => number === row.number);
    if (!view) return [];
    return {
      policy: slug,
      number: row.number,
      title: row.title,
      summary: view.summary,
      language: view.language,
      standing: view.standing,
      origin: row.origin,
      publishedAt: text(row.publishedAt),
      claimedPublishedAt: text(row.claimedPublishedAt),
      effectiveAt: text(row.effectiveAt),
      effectiveZone: row.effectiveZone,
      audience: row.audience,
      jurisdiction: row.jurisdiction,
      changeClass: row.changeClass,
      noticeRules: [...row.noticeRules],
      legalBasis: row.legalBasis,
      withdrawn: row.withdrawnAt && { at: row.withdrawnAt.toString(), reason: row.withdrawnReason ?? '' },
      source: row.gitCommit !== null && row.gitPath !== null ? { commit: row.gitCommit, path: row.gitPath } : null,
      entry: view.entry,
      bodyHash: view.hash === '' ? null : view.hash,
      signedCopy: view.signedCopy && describeCopy(view.signedCopy),
      text: `/api/v1/policies/${slug}/versions/${row.number}/text`,
      page: `/policies/${slug}/v/${row.number}`,
    };
  });
}

function describeCopy({ hash, bytes, entry }: SignedCopyView) {
  return { bodyHash: hash, bytes, entry, file: `/log/public/body/${hash}` };
}

function text(instant: Temporal.Instant | null): string | null {
  return instant && instant.toString();
}
