import { leafHash, parseCheckpoint, parseNote } from '@troth/tlog';
import type { Page, Reader } from '#design';
import type { Context } from '#kernel/context';
import { listEntries, proveEntry, readEntry, readPublicLog, type PublicEntry, type SignedLog } from '#ledger';
import type { Organisation } from '#organisation';
import {
  type ClauseQuestion,
  loadAt,
  loadChange,
  loadPolicies,
  loadPolicy,
  loadVersion,
  trustAt,
  trustChange,
  trustPolicies,
  trustPolicy,
  trustVersion,
} from '#policies';
import { listPublished, loadReplyPromise, trustQuestions } from '#support';
import { accessibilityPage } from './accessibility-page.tsx';
import { entryPage, type EntryBody } from './entry-page.tsx';
import { homePage } from './home-page.tsx';
import { logPage } from './log-page.tsx';
import { placeOf, statementOf } from './statement.ts';
import { verifyPage } from './verify-page.tsx';

/** What a public page is made from: the record as a visitor sees it, at one instant, for one reader. */
export type Reading = {
  readonly ctx: Context;
  readonly organisation: Organisation;
  readonly reader: Reader;
  readonly policy: string;
};

/** A page and until when it is true by itself; `null` until the record grows. */
export type LoadedPage = { readonly page: Page; readonly validUntil: Temporal.Instant | null };

const entriesPerPage = 50;

export async function loadHome({ ctx, organisation, reader }: Reading): Promise<LoadedPage> {
  const policies = await loadPolicies(ctx);
  const promise = await loadReplyPromise(ctx, organisation, reader.locale);
  const latest = await entryItems(ctx, reader.locale, 5);
  const page = homePage({ organisation: organisation.name, policies: policies.view, promise, latest }, reader);
  return { page, validUntil: policies.validUntil };
}

export async function loadPolicyList({ ctx, organisation, reader }: Reading): Promise<LoadedPage> {
  const { view, validUntil } = await loadPolicies(ctx);
  return { page: trustPolicies({ organisation: organisation.name, policies: view }, reader), validUntil };
}

export async function loadPolicyPage({ ctx, organisation, reader }: Reading, slug: string): Promise<LoadedPage | null> {
  const loaded = await loadPolicy(ctx, slug, {
    organisation: organisation.name,
    questions: await questionsAbout(ctx, slug),
    locale: reader.locale,
  });
  return loaded && { page: trustPolicy(loaded.view, reader), validUntil: loaded.validUntil };
}

export async function loadVersionPage(
  { ctx, organisation, reader }: Reading,
  slug: string,
  number: number,
  language?: string,
): Promise<LoadedPage | null> {
  const loaded = await loadVersion(ctx, slug, number, organisation.name, language);
  return loaded && { page: trustVersion(loaded.view, reader), validUntil: loaded.validUntil };
}

export async function loadAtPage(
  { ctx, organisation, reader }: Reading,
  slug: string,
  moment: string,
  query: string,
): Promise<LoadedPage | null> {
  const asked = new URLSearchParams(query);
  const scope = { audience: asked.get('audience'), jurisdiction: asked.get('jurisdiction') };
  const loaded = await loadAt(ctx, { slug, moment, ...scope }, organisation);
  return loaded && { page: trustAt(loaded.view, reader), validUntil: loaded.validUntil };
}

export async function loadChangePage(
  { ctx, organisation, reader }: Reading,
  slug: string,
  number: number,
): Promise<LoadedPage | null> {
  const loaded = await loadChange(ctx, slug, number, organisation.name);
  return loaded && { page: trustChange(loaded.view, reader), validUntil: loaded.validUntil };
}

export async function loadQuestions({ ctx, organisation, reader }: Reading): Promise<LoadedPage> {
  const promise = await loadReplyPromise(ctx, organisation, reader.locale);
  const published = await listPublished(ctx);
  const questions = published.map(({ object, question, answer, answeredAt, dueAt, slug, title, clauseId }) => ({
    id: object,
    question,
    answer,
    answeredAt,
    late: Temporal.Instant.compare(answeredAt, dueAt) > 0,
    about: { slug, title, clauseId, heading: null },
  }));
  const view = { organisation: organisation.name, promise, questions, newer: null, older: null };
  return { page: trustQuestions(view, reader), validUntil: null };
}

/** @param before Shows the entries below this index; the newest when absent. */
export async function loadLog({ ctx, organisation, reader }: Reading, before?: number): Promise<LoadedPage> {
  const log = await readPublicLog(ctx.db);
  const entries = await entryItems(ctx, reader.locale, entriesPerPage, before);
  const last = entries.at(-1)?.index ?? 0;
  const upper = (before ?? log.size) + entriesPerPage;
  const here = `/${reader.locale}/log`;
  const page = logPage(
    {
      organisation: organisation.name,
      publicUrl: organisation.publicUrl,
      origin: log.origin,
      checkpoint: checkpointOf(log),
      keys: [{ id: log.key.id, publicKey: Buffer.from(log.key.publicKey).toString('base64') }],
      witnesses: [],
      entries,
      newer: before === undefined || before >= log.size ? null : upper >= log.size ? here : `${here}?before=${upper}`,
      older: last > 0 ? `${here}?before=${last}` : null,
    },
    reader,
  );
  return { page, validUntil: null };
}

export async function loadEntryPage({ ctx, organisation, reader }: Reading, index: number): Promise<LoadedPage | null> {
  const entry = await readEntry(ctx.db, index);
  if (!entry) return null;
  const log = await readPublicLog(ctx.db);
  const checkpoint = checkpointOf(log);
  const { path } = await proveEntry(ctx.db, log, index);
  const page = entryPage(
    {
      organisation: organisation.name,
      index,
      at: Temporal.Instant.from(entry.leaf.at),
      statement: statementOf(entry.leaf, reader.locale),
      about: placeOf(entry.leaf, reader.locale),
      fields: fieldsOf(entry),
      body: shownBody(entry),
      bodyHash: entry.leaf.bodyHash ?? '',
      proof: checkpoint && {
        index,
        size: log.size,
        leafHash: Buffer.from(leafHash(entry.leafBytes)).toString('hex'),
        path: path.map((hash) => Buffer.from(hash).toString('hex')),
        root: checkpoint.root,
        signers: [log.key.name],
        checkpointAt: checkpoint.at,
        cosigned: 0,
        quorum: 0,
      },
    },
    reader,
  );
  return { page, validUntil: null };
}

export async function loadVerify({ ctx, organisation, reader, policy }: Reading): Promise<LoadedPage> {
  const log = await readPublicLog(ctx.db);
  const view = {
    organisation: organisation.name,
    publicUrl: organisation.publicUrl,
    origin: log.origin,
    keyId: log.key.id,
    policy,
  };
  return { page: verifyPage(view, reader), validUntil: null };
}

export function loadAccessibility({ organisation, reader }: Reading): Promise<LoadedPage> {
  return Promise.resolve({ page: accessibilityPage({ organisation: organisation.name }, reader), validUntil: null });
}

async function questionsAbout(ctx: Context, slug: string): Promise<ClauseQuestion[]> {
  const published = await listPublished(ctx);
  return published
    .filter((question) => question.slug === slug)
    .map(({ object, clauseId, question, answer, answeredAt }) => ({ id: object, clauseId, question, answer, answeredAt }));
}

async function entryItems(ctx: Context, locale: string, count: number, before?: number) {
  const entries = await listEntries(ctx.db, count, before);
  return entries.map(({ index, leaf, withheld }) => ({
    index,
    at: Temporal.Instant.from(leaf.at),
    statement: statementOf(leaf, locale),
    withheld,
  }));
}

function checkpointOf(log: SignedLog) {
  if (!log.note || !log.root || !log.signedAt) return null;
  const note = parseNote(log.note);
  const signed = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!signed.ok) throw new Error(`the checkpoint of ${log.origin} cannot be read: ${signed.refusal}`);
  return { size: log.size, root: Buffer.from(signed.value.root).toString('hex'), at: log.signedAt, text: log.note };
}

function fieldsOf({ leaf }: PublicEntry): { name: string; value: string }[] {
  const { fields, ...members } = leaf;
  return Object.entries({ v: 1, ...members, ...fields })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value: Array.isArray(value) ? value.join(', ') : String(value) }));
}

const longestShown = 200_000;

function shownBody({ body, leaf }: PublicEntry): EntryBody {
  const length = leaf.bodyLength;
  const mediaType = leaf.mediaType ?? '';
  if (body.state === 'withheld') return { state: 'withheld', reason: body.reason, at: body.at, entry: null };
  if (body.state === 'open' && body.bytes.length <= longestShown) {
    return { state: 'shown', text: body.bytes.toString('utf8'), mediaType, length };
  }
  return { state: 'file', mediaType, length };
}
