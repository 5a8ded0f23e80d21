import { z } from 'zod';
import { answered, publicRead, route } from '#kernel/contract';
import type { Context } from '#kernel/context';
import { slug } from '#kernel/json-forms';
import { refuse } from '#kernel/outcome';
import { readOrganisation } from '#organisation';
import { atForm, momentForm, scopeForm, versionExample } from './api-forms.ts';
import { describeVersions } from './describe-policy.ts';
import { judgeMoment } from './judge-moment.ts';
import { readMoment } from './moment.ts';
import { readPolicy } from './read-policies.ts';
import type { Scope } from './scope.ts';

/** What was in force on a day or at an instant, with each change in it. */
export const atRoute = route(
  {
    ...publicRead,
    path: '/policies/{slug}/at/{date}',
    summary: 'What was in force on a day, or at an instant, for somebody somewhere.',
    description:
      'A date is a whole day of the organisation’s zone, with each change in it. Computed from the public log alone: of the versions that had taken ' +
      'effect, were not withdrawn, had not ended and are meant for who asks, the one meant for them most closely (first by audience, then by place), ' +
      'of these the highest number.',
    params: z.strictObject({ slug, date: momentForm }),
    query: z.strictObject(scopeForm),
    responses: {
      200: {
        description: 'One span, or more where it changed.',
        mediaType: 'application/json',
        schema: atForm,
        example: {
          policy: 'privacy-policy',
          asked: '2026-12-24',
          from: '2026-12-23T23:00:00Z',
          until: '2026-12-24T23:00:00Z',
          audience: 'everyone',
          jurisdiction: null,
          spans: [{ from: '2026-12-23T23:00:00Z', version: 2, claimed: false, ended: false }],
          versions: [versionExample],
          first: '2025-01-01T00:00:00Z',
          provisional: false,
          page: '/policies/privacy-policy/at/2026-12-24',
        },
      },
    },
    refusals: { 'policies/policy-not-found': [404, 'There is no public policy at this address.'] },
  },
  async (ctx, { params, query }) => {
    const record = await publicPolicy(ctx, params.slug);
    const organisation = await readOrganisation(ctx);
    if (!record || !organisation) return refuse('policies/policy-not-found');
    const moment = readMoment(params.date, organisation.timeZone);
    if (!moment) throw new Error(`${params.date} passed as a moment and is none`);
    const scope = scopeOfQuery(query);
    const { spans, first, provisional } = judgeMoment(record, scope, moment, ctx.now());
    const named = new Set(spans.flatMap(({ number }) => number ?? []));
    return answered(200, {
      policy: params.slug,
      asked: params.date,
      from: moment.from.toString(),
      until: moment.until && moment.until.toString(),
      ...scope,
      spans: spans.map(({ from, number, claimed, ended }) => ({ from: from.toString(), version: number, claimed, ended })),
      versions: (await describeVersions(ctx, record)).filter(({ number }) => named.has(number)),
      first: first && first.toString(),
      provisional,
      page: `/policies/${params.slug}/at/${params.date}`,
    });
  },
);

/** Whom a request asks for. */
export function scopeOfQuery(query: {
  readonly audience?: string | undefined;
  readonly jurisdiction?: string | undefined;
}): Scope {
  return { audience: query.audience ?? 'everyone', jurisdiction: query.jurisdiction ?? null };
}

/** A policy that has a version; the rest is nobody's promise yet. */
export async function publicPolicy(ctx: Context, wanted: string) {
  const record = await readPolicy(ctx, wanted);
  return record && record.versions.length > 0 ? record : null;
}
