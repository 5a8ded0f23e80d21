import { z } from 'zod';
import { readMoment } from './moment.ts';
import { audiences, isJurisdiction } from './scope.ts';
import { address, entryIndex, hash, instant, slug, versionNumber } from '#kernel/json-forms';
import { changeClasses } from './text/change-classes.ts';
import { findingKinds } from './text/detect/finding.ts';

export const versionForm = z
  .strictObject({
    policy: slug,
    number: versionNumber,
    title: z.string(),
    summary: z.string().nullable().meta({ description: 'What it means for the reader, in plain words.' }),
    language: z.string().meta({ description: 'BCP 47 tag of the text.' }),
    standing: z.enum(['in-force', 'scheduled', 'superseded', 'withdrawn', 'ended']),
    origin: z
      .enum(['published', 'imported'])
      .meta({ description: 'imported: published before this record began; its dates are claims.' }),
    publishedAt: instant.nullable().meta({ description: 'When it was published or imported here.' }),
    claimedPublishedAt: instant.nullable().meta({ description: 'What the system says that an imported version came from.' }),
    effectiveAt: instant.nullable().meta({ description: 'null where nobody wrote down when an imported version took effect.' }),
    effectiveZone: z.string().nullable(),
    audience: z.string().meta({ description: 'For whom it counts: everyone, or one group of people.' }),
    jurisdiction: z.string().nullable().meta({ description: 'Where it counts: ISO 3166 or EU; null for everywhere.' }),
    changeClass: z
      .enum(['adverse', 'material', 'editorial'])
      .nullable()
      .meta({ description: 'What a person judged the change to be; null where nothing counted before.' }),
    noticeRules: z.array(z.string()).meta({ description: 'Rules, with their versions, by which its notice was judged.' }),
    legalBasis: z
      .string()
      .nullable()
      .meta({ description: 'Why its notice is shorter than they ask; null where it was long enough.' }),
    withdrawn: z.strictObject({ at: instant, reason: z.string() }).nullable(),
    source: z.strictObject({ commit: z.string(), path: z.string() }).nullable(),
    entry: entryIndex.nullable().meta({ description: 'Its place in the public log; null for about a second after publishing.' }),
    bodyHash: hash.nullable().meta({ description: 'SHA-256 of salt and text, as the entry carries it.' }),
    signedCopy: z
      .strictObject({
        bodyHash: hash.meta({ description: 'SHA-256 of salt and file, as its own entry carries it.' }),
        bytes: z.int().nullable().meta({ description: 'null where it was withheld by law.' }),
        entry: entryIndex.nullable(),
        file: address,
      })
      .nullable()
      .meta({ description: 'The PDF that was signed, to the byte.' }),
    text: address.meta({ description: 'Address of the exact bytes.' }),
    page: address,
  })
  .meta({ id: 'Version' });

export const policyForm = z
  .strictObject({
    slug,
    title: z.string(),
    language: z.string(),
    versions: z.int().min(1),
    inForce: versionNumber.nullable(),
    scheduled: z.array(versionNumber).meta({ description: 'Versions that take effect later, soonest first.' }),
    ending: z
      .strictObject({ at: instant, reason: z.string(), legalBasis: z.string().nullable() })
      .nullable()
      .meta({ description: 'When it ended, or will end, without a successor.' }),
    page: address,
  })
  .meta({ id: 'Policy' });

export const policyListForm = z.strictObject({ policies: z.array(policyForm) }).meta({ id: 'PolicyList' });
export const versionListForm = z.strictObject({ policy: slug, versions: z.array(versionForm) }).meta({ id: 'VersionList' });

export const inForceForm = z
  .strictObject({
    policy: slug,
    at: instant,
    version: versionForm.nullable(),
    claimed: z.boolean().meta({ description: 'Only the dates of an imported history say so; nobody saw it published then.' }),
    provisional: z
      .boolean()
      .meta({ description: 'The instant is still to come; a version published or withdrawn until then changes the answer.' }),
  })
  .meta({ id: 'InForce' });

/** A day of the organisation's zone, or an instant. */
export const momentForm = z
  .string()
  .refine((text) => readMoment(text, 'UTC') !== null, 'neither a date nor an instant')
  .meta({ description: 'A date in the organisation’s zone (2026-12-01), or RFC 3339 with Z or an offset.' });

export const scopeForm = {
  audience: z.enum(audiences).optional().meta({ description: 'Who asks; everyone unless given.' }),
  jurisdiction: z
    .string()
    .refine(isJurisdiction, 'not a jurisdiction')
    .optional()
    .meta({ description: 'Where: ISO 3166 (DE, US-CA) or EU; unless given, only what counts everywhere is looked at.' }),
};

export const atForm = z
  .strictObject({
    policy: slug,
    asked: z.string(),
    from: instant,
    until: instant.nullable().meta({ description: 'The end of the day that was asked for; null for an instant.' }),
    audience: z.string(),
    jurisdiction: z.string().nullable(),
    spans: z
      .array(
        z.strictObject({
          from: instant,
          version: versionNumber.nullable().meta({ description: 'null where none was in force.' }),
          claimed: z.boolean().meta({ description: 'Only the dates of an imported history say so.' }),
          ended: z.boolean().meta({ description: 'The document had ended without a successor.' }),
        }),
      )
      .meta({ description: 'One, or more where it changed during that day.' }),
    versions: z.array(versionForm).meta({ description: 'Those that the spans name.' }),
    first: instant.nullable().meta({ description: 'When the first text for them took effect; null where none has.' }),
    provisional: z
      .boolean()
      .meta({ description: 'It is still to come, in part or whole; what is published until then changes it.' }),
    page: address,
  })
  .meta({ id: 'InForceAt' });

const part = z.strictObject({ kind: z.enum(['same', 'inserted', 'deleted']), text: z.string() });

const spot = z
  .strictObject({ from: z.int().min(0), to: z.int().min(0), text: z.string() })
  .nullable()
  .meta({ description: 'Offsets count UTF-16 units of the text of the clause as it is shown.' });
const classes = z.array(z.enum(changeClasses)).meta({ description: 'All but wording and return leave what is said as it was.' });

const clause = z
  .strictObject({
    id: z.string(),
    heading: z.string().meta({ description: 'Of the section it stands in; empty before the first.' }),
    kind: z.enum(['same', 'changed', 'inserted', 'deleted', 'moved']),
    block: z.enum(['heading', 'paragraph', 'list-item', 'quote', 'code', 'table-row']),
    parts: z.array(part),
    classes,
    movedFrom: z
      .strictObject({ heading: z.string(), place: z.int().min(0) })
      .nullable()
      .meta({ description: 'Section and place, counted from 0, that the clause had in the older text.' }),
    sentences: z.array(z.strictObject({ before: spot, after: spot, classes, moved: z.boolean() })),
    findings: z.array(
      z.strictObject({
        kind: z.enum(findingKinds),
        before: spot,
        after: spot,
        direction: z.enum(['longer', 'shorter', 'more', 'less']).nullable(),
        term: z.string().nullable().meta({ description: 'Key of fideslang, or of the W3C Data Privacy Vocabulary after dpv:.' }),
      }),
    ),
  })
  .meta({ id: 'ClauseComparison' });

export const changeForm = z
  .strictObject({
    policy: slug,
    before: versionNumber,
    after: versionNumber,
    inserted: z.int().min(0),
    deleted: z.int().min(0),
    changed: z.int().min(0),
    moved: z.int().min(0),
    classes,
    wording: z.int().min(0).meta({ description: 'Clauses with a change of wording.' }),
    noise: z.int().min(0).meta({ description: 'Clauses that changed without a change of wording.' }),
    unread: z.int().min(0).meta({ description: 'Clauses that were too long to be looked at sentence by sentence.' }),
    clauses: z.array(clause).meta({ description: 'In the order of the newer text; a deleted clause where it stood.' }),
    page: address,
  })
  .meta({ id: 'Change' });

export const versionExample = {
  policy: 'privacy-policy',
  number: 2,
  title: 'Privacy policy',
  summary: 'We keep order data for six years instead of ten.',
  language: 'en',
  standing: 'in-force',
  origin: 'published',
  publishedAt: '2026-11-02T09:00:00Z',
  claimedPublishedAt: null,
  effectiveAt: '2026-12-01T00:00:00Z',
  effectiveZone: 'Europe/Berlin',
  audience: 'everyone',
  jurisdiction: null,
  changeClass: 'material',
  noticeRules: ['default@1'],
  legalBasis: null,
  withdrawn: null,
  source: null,
  entry: 12,
  bodyHash: '9f'.repeat(32),
  signedCopy: null,
  text: '/api/v1/policies/privacy-policy/versions/2/text',
  page: '/policies/privacy-policy/v/2',
} as const;

export const policyExample = {
  slug: 'privacy-policy',
  title: 'Privacy policy',
  language: 'en',
  versions: 2,
  inForce: 2,
  scheduled: [],
  ending: null,
  page: '/policies/privacy-policy',
};
