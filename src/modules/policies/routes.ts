import { z } from 'zod';
import { answered, publicRead, type Route, route } from '#kernel/contract';
import { sha256 } from '#kernel/crypto';
import { instantForm, slug, versionSegment } from '#kernel/json-forms';
import { refuse } from '#kernel/outcome';
import {
  changeForm,
  inForceForm,
  scopeForm,
  policyExample,
  policyForm,
  policyListForm,
  versionExample,
  versionForm,
  versionListForm,
} from './api-forms.ts';
import { atRoute, publicPolicy, scopeOfQuery } from './at-route.ts';
import { compareVersions } from './compare-versions.ts';
import { inForce } from './in-force.ts';
import { describePolicy, describeVersions } from './describe-policy.ts';
import { listPolicies } from './read-policies.ts';
import { readLoggedText } from './read-logged-text.ts';

const mediaType = 'application/json';
const policyMissing = { 'policies/policy-not-found': [404, 'There is no public policy at this address.'] } as const;
const versionMissing = {
  ...policyMissing,
  'policies/version-not-found': [404, 'There is no version with this number.'],
} as const;
const textMissing = {
  ...versionMissing,
  'policies/text-withheld': [451, 'This text was withheld by law; its entry in the log stays.'],
} as const;

const ofPolicy = z.strictObject({ slug });
const ofVersion = z.strictObject({ slug, number: versionSegment });

export const policyRoutes: readonly Route[] = [
  route(
    {
      ...publicRead,
      path: '/policies',
      summary: 'All public policies.',
      responses: { 200: { description: 'By title.', mediaType, schema: policyListForm, example: { policies: [policyExample] } } },
      refusals: {},
    },
    async (ctx) => {
      const records = (await listPolicies(ctx)).filter(({ versions }) => versions.length > 0);
      return answered(200, { policies: records.map((record) => describePolicy(record, ctx.now())) });
    },
  ),
  route(
    {
      ...publicRead,
      path: '/policies/{slug}',
      summary: 'One policy.',
      params: ofPolicy,
      responses: { 200: { description: 'The policy.', mediaType, schema: policyForm, example: policyExample } },
      refusals: policyMissing,
    },
    async (ctx, { params }) => {
      const record = await publicPolicy(ctx, params.slug);
      return record ? answered(200, describePolicy(record, ctx.now())) : refuse('policies/policy-not-found');
    },
  ),
  route(
    {
      ...publicRead,
      path: '/policies/{slug}/in-force',
      summary: 'The version that is, was or will be in force at an instant.',
      description: 'Computed from the public log alone, so that anybody gets the same answer: see inForce in its format.',
      params: ofPolicy,
      query: z.strictObject({ at: instantForm.optional(), ...scopeForm }),
      responses: {
        200: {
          description: 'The version, or null when none was in force.',
          mediaType,
          schema: inForceForm,
          example: {
            policy: 'privacy-policy',
            at: '2026-12-24T12:00:00Z',
            version: versionExample,
            claimed: false,
            provisional: false,
          },
        },
      },
      refusals: policyMissing,
    },
    async (ctx, { params, query }) => {
      const record = await publicPolicy(ctx, params.slug);
      if (!record) return refuse('policies/policy-not-found');
      const at = query.at === undefined ? ctx.now() : Temporal.Instant.from(query.at);
      const found = inForce(record, scopeOfQuery(query), at);
      const described = await describeVersions(ctx, record);
      const version = described.find(({ number }) => number === found?.version.number) ?? null;
      const provisional = Temporal.Instant.compare(at, ctx.now()) > 0;
      return answered(200, { policy: params.slug, at: at.toString(), version, claimed: found?.claimed ?? false, provisional });
    },
  ),
  atRoute,
  route(
    {
      ...publicRead,
      path: '/policies/{slug}/versions',
      summary: 'All versions of a policy.',
      params: ofPolicy,
      responses: {
        200: {
          description: 'Newest first.',
          mediaType,
          schema: versionListForm,
          example: { policy: 'privacy-policy', versions: [versionExample] },
        },
      },
      refusals: policyMissing,
    },
    async (ctx, { params }) => {
      const record = await publicPolicy(ctx, params.slug);
      if (!record) return refuse('policies/policy-not-found');
      return answered(200, { policy: params.slug, versions: await describeVersions(ctx, record) });
    },
  ),
  route(
    {
      ...publicRead,
      path: '/policies/{slug}/versions/{number}',
      summary: 'One version, without its text.',
      params: ofVersion,
      responses: { 200: { description: 'The version.', mediaType, schema: versionForm, example: versionExample } },
      refusals: versionMissing,
    },
    async (ctx, { params }) => {
      const record = await publicPolicy(ctx, params.slug);
      if (!record) return refuse('policies/policy-not-found');
      const version = (await describeVersions(ctx, record)).find(({ number }) => number === params.number);
      return version ? answered(200, version) : refuse('policies/version-not-found');
    },
  ),
  route(
    {
      ...publicRead,
      path: '/policies/{slug}/versions/{number}/text',
      summary: 'The text of a version, exactly as it was entered in the log.',
      params: ofVersion,
      responses: {
        200: {
          description: 'Markdown, byte for byte.',
          mediaType: 'text/markdown; charset=utf-8',
          schema: null,
          headers: {
            'repr-digest': 'SHA-256 of the bytes (RFC 9530).',
            'x-troth-body-hash': 'SHA-256 of salt and bytes in hexadecimal: the bodyHash of the entry.',
            'x-troth-salt': 'The salt, in base64.',
          },
        },
      },
      refusals: textMissing,
    },
    async (ctx, { params }) => {
      const record = await publicPolicy(ctx, params.slug);
      if (!record) return refuse('policies/policy-not-found');
      const text = await readLoggedText(ctx, record, params.number);
      if (!text.ok) return text;
      const { bytes, salt, bodyHash } = text.value;
      const headers = {
        'repr-digest': `sha-256=:${sha256(bytes).toString('base64')}:`,
        'x-troth-body-hash': bodyHash,
        'x-troth-salt': salt.toString('base64'),
      };
      return answered(200, bytes, headers);
    },
  ),
  route(
    {
      ...publicRead,
      path: '/policies/{slug}/changes/{number}',
      summary: 'What a version changed against the one before it.',
      description: 'Compared as a reader reads: clauses, in changed clauses sentences, in changed sentences words.',
      params: ofVersion,
      responses: {
        200: {
          description: 'The comparison.',
          mediaType,
          schema: changeForm,
          example: {
            policy: 'privacy-policy',
            before: 1,
            after: 2,
            inserted: 0,
            deleted: 0,
            changed: 1,
            moved: 0,
            classes: ['wording'],
            wording: 1,
            noise: 0,
            unread: 0,
            clauses: [
              {
                id: 'c-storage~9k2m4x7q',
                heading: 'Storage',
                kind: 'changed',
                block: 'paragraph',
                parts: [
                  { kind: 'same', text: 'We keep orders for ' },
                  { kind: 'deleted', text: 'ten' },
                  { kind: 'inserted', text: 'six' },
                  { kind: 'same', text: ' years.' },
                ],
                classes: ['wording'],
                movedFrom: null,
                sentences: [
                  {
                    before: { from: 0, to: 29, text: 'We keep orders for ten years.' },
                    after: { from: 0, to: 29, text: 'We keep orders for six years.' },
                    classes: ['wording'],
                    moved: false,
                  },
                ],
                findings: [
                  {
                    kind: 'retention',
                    before: { from: 19, to: 28, text: 'ten years' },
                    after: { from: 19, to: 28, text: 'six years' },
                    direction: 'shorter',
                    term: null,
                  },
                ],
              },
            ],
            page: '/policies/privacy-policy/changes/2',
          },
        },
      },
      refusals: { ...textMissing, 'policies/nothing-before': [404, 'This is the first version; there is nothing before it.'] },
    },
    async (ctx, { params }) => {
      const record = await publicPolicy(ctx, params.slug);
      if (!record) return refuse('policies/policy-not-found');
      const compared = await compareVersions(ctx, record, params.number);
      if (!compared.ok) return compared;
      const page = `/policies/${params.slug}/changes/${params.number}`;
      return answered(200, { policy: params.slug, ...compared.value, page });
    },
  ),
];
