import { sql } from 'kysely';
import type { Actor, Context } from '../../src/kernel/context.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import {
  acceptMandate,
  endMandate,
  endOtherSessions,
  endSession,
  eraseSelf,
  exportSelf,
  grantRole,
  leave,
  listMandates,
  listPreferences,
  listStaff,
  offerMandate,
  ownSessions,
  savePreference,
  withdrawRole,
} from '../../src/modules/accounts/index.ts';
import {
  attachSignedCopy,
  chooseNoticeRules,
  endDocument,
  listPolicies,
  moveDocument,
  openDocument,
  publishVersion,
  readDraft,
  readPolicy,
  readSignedCopy,
  removeSignedCopy,
  saveDraft,
  withdrawVersion,
} from '../../src/modules/policies/index.ts';
import {
  answerQuestion,
  askQuestion,
  claimQuestion,
  eraseQuestion,
  listOwnQuestions,
  listQuestions,
  publishQuestion,
  readByReceipt,
  readQuestion,
} from '../../src/modules/support/index.ts';
import type { ScopeWorld } from './scope-world.ts';

export type Try = {
  readonly world: ScopeWorld;
  readonly actor: Actor;
  readonly ctx: Context;
  readonly picks: readonly [number, number, number];
  act<Value>(verb: (ctx: Context) => Promise<Outcome<Value, string>>): Promise<Outcome<Value, string>>;
};
/** What was read belongs to these; `null` when it was refused. */
type Tried = Promise<{ readonly read: readonly string[] } | null>;

const at = <Item>(items: readonly Item[], n: number): Item | undefined => items[n % Math.max(1, items.length)];
const own = (actor: Actor) => ('id' in actor ? actor.id : 'nobody');
const answered = (outcome: Outcome<unknown, string>) => (outcome.ok ? { read: [] } : null);

/** Half of the time oneself, else anybody. */
const person = ({ world, actor, picks: [a] }: Try) =>
  a % 2 === 0 && 'id' in actor ? actor.id : (at(world.people, a >> 1)?.id ?? '');
const department = ({ world, picks: [, b] }: Try) => at(world.departments, b) ?? null;
const document = ({ world, picks: [a] }: Try) => at(world.documents, a) ?? '';
/** A code may have been found by anybody; without its address it opens nothing. */
const receipt = ({ world, actor, picks: [a, b] }: Try) => {
  const mine = at(world.receiptsOf(actor), b);
  const found = at([...world.held.values()].flat(), b);
  return a % 3 > 0 && mine ? mine : { code: found?.code ?? '', email: a % 2 === 0 ? '' : 'somebody.else@example.org' };
};

async function idOf(
  { world, picks: [, , c] }: Try,
  table: 'support.question' | 'accounts.mandate' | 'accounts.session',
): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} order by id`.execute(world.ledger.db);
  return at(rows, c)?.id ?? crypto.randomUUID();
}

/** Whose these documents are, or that everybody may read them. */
async function ownersOf({ world }: Try, ids: readonly string[], { drafts = false } = {}): Promise<string[]> {
  const { rows } = await sql<{ id: string; owner: string }>`
    select d.id, case when o.visibility = 'public' and not ${drafts} then 'public' else 'department/' || coalesce(d.department_id::text, 'none') end as owner
    from policies.document d join ledger.object o on o.id = d.id`.execute(world.ledger.db);
  return rows.filter(({ id }) => ids.includes(id)).map(({ owner }) => owner);
}

async function questionOwners({ world }: Try, questions: readonly { readonly id: string }[]): Promise<string[]> {
  const rows = await world.ownedRows();
  return questions.map(({ id }) => rows.get(`question ${id}`)?.owner ?? 'nobody');
}

const call = (name: string, run: (tried: Try) => Tried) => ({ name, run });

export const scopeCalls = [
  call('listPreferences', async (each) => {
    await listPreferences(each.ctx, { accountId: person(each) });
    return { read: [`person/${person(each)}`] };
  }),
  call('exportSelf', async (each) => {
    if (!(await each.world.ownedRows()).has(`account ${person(each)}`)) return null;
    await exportSelf(each.ctx, { accountId: person(each) });
    return { read: [`person/${person(each)}`] };
  }),
  call('savePreference', async (each) => {
    const value = each.picks[1] % 2 === 0 ? 'large' : 'larger';
    if (!(await each.world.ownedRows()).has(`account ${person(each)}`)) return null;
    return answered(await each.act((ctx) => savePreference(ctx, { accountId: person(each), name: 'readingSize', value })));
  }),
  call('ownSessions', async (each) => {
    const rows = await each.world.ownedRows();
    return { read: (await ownSessions(each.ctx)).map(({ id }) => rows.get(`session ${id}`)?.owner ?? 'nobody') };
  }),
  call('endSession', async (each) => {
    const sessionId = await idOf(each, 'accounts.session');
    return answered(await each.act((ctx) => endSession(ctx, { sessionId })));
  }),
  call('endOtherSessions', async (each) => {
    const sessionId = await idOf(each, 'accounts.session');
    return answered(await each.act((ctx) => endOtherSessions(ctx, { sessionId })));
  }),
  call('listMandates', async (each) => {
    const rows = await each.world.ownedRows();
    const { forMe, asDelegate, offers } = await listMandates(each.ctx, person(each));
    return { read: [...forMe, ...asDelegate, ...offers].map(({ id }) => rows.get(`mandate ${id}`)?.owner ?? 'nobody') };
  }),
  call('offerMandate', async (each) => {
    const { world, picks } = each;
    const to = at(world.people, picks[1]);
    if (!to || !(await world.ownedRows()).has(`account ${person(each)}`)) return null;
    const until = world.ledger
      .now()
      .toZonedDateTimeISO(world.zone)
      .toPlainDate()
      .add({ days: 1 + (picks[2] % 3) })
      .toString();
    const scope = picks[2] % 2 === 0 ? ['self:read'] : ['self:read', 'self:manage'];
    const offer = {
      principalId: person(each),
      kind: 'agent',
      delegateAddress: to.email,
      words: '',
      scope,
      until,
      zone: world.zone,
    };
    const offered = await each.act((ctx) => offerMandate(ctx, offer));
    if (offered.ok) world.offeredTo.set(offered.value.mandateId, to.id);
    return answered(offered);
  }),
  call('acceptMandate', async (each) => {
    const mandateId = await idOf(each, 'accounts.mandate');
    const delegateId = each.picks[1] % 4 === 0 ? person(each) : own(each.actor);
    return answered(await each.act((ctx) => acceptMandate(ctx, { delegateId, mandateId })));
  }),
  call('endMandate', async (each) => {
    const mandateId = await idOf(each, 'accounts.mandate');
    return answered(await each.act((ctx) => endMandate(ctx, { mandateId })));
  }),
  call('eraseSelf', async (each) => {
    // Seldom on purpose: somebody who is gone does nothing any more.
    if (each.picks[1] % 8 > 0) return null;
    const erased = { accountId: person(each), organisation: 'Example Savings Bank', locale: 'en' };
    return answered(await each.act((ctx) => eraseSelf(ctx, erased)));
  }),
  call('listStaff', async (each) => ({ read: (await listStaff(each.ctx)).map(({ id }) => `person/${id}`) })),
  call('grantRole', async (each) => {
    const grant = { accountId: person(each), role: 'support', departmentId: department(each) };
    return answered(await each.act((ctx) => grantRole(ctx, grant)));
  }),
  call('withdrawRole', async (each) => {
    const grant = { accountId: person(each), role: 'support', departmentId: department(each) };
    return answered(await each.act((ctx) => withdrawRole(ctx, grant)));
  }),
  call('leave', async (each) => {
    if (each.picks[1] % 8 > 0) return null;
    return answered(await each.act((ctx) => leave(ctx, { accountId: person(each) })));
  }),
  call('listPolicies', async (each) => ({
    read: await ownersOf(
      each,
      (await listPolicies(each.ctx)).map((policy) => policy.document.id),
    ),
  })),
  call('readPolicy', async (each) => {
    const policy = await readPolicy(each.ctx, `text-${each.picks[0] % each.world.documents.length}`);
    return policy && { read: await ownersOf(each, [policy.document.id]) };
  }),
  call('readDraft', async (each) => {
    const draft = await readDraft(each.ctx, document(each));
    return draft && { read: await ownersOf(each, [draft.documentId], { drafts: true }) };
  }),
  call('saveDraft', async (each) => {
    const edit = { documentId: document(each), text: '# Draft', summary: '', effectiveLocal: '', revision: each.picks[1] % 3 };
    return answered(await each.act((ctx) => saveDraft(ctx, edit)));
  }),
  call('attachSignedCopy', async (each) => {
    const copy = { documentId: document(each), bytes: Buffer.from('%PDF-1.7\n%%EOF') };
    return answered(await each.act((ctx) => attachSignedCopy(ctx, copy)));
  }),
  call('removeSignedCopy', async (each) =>
    answered(await each.act((ctx) => removeSignedCopy(ctx, { documentId: document(each) }))),
  ),
  call('readSignedCopy', async (each) => {
    const copy = await readSignedCopy(each.ctx, document(each));
    return copy && { read: await ownersOf(each, [document(each)], { drafts: true }) };
  }),
  call('openDocument', async (each) => {
    const slug = `text-${each.world.documents.length}`;
    const opened = await each.act((ctx) =>
      openDocument(ctx, { slug, title: slug, language: 'en', departmentId: department(each) }),
    );
    if (opened.ok) each.world.documents.push(opened.value.documentId);
    return answered(opened);
  }),
  call('moveDocument', async (each) =>
    answered(await each.act((ctx) => moveDocument(ctx, { documentId: document(each), departmentId: department(each) }))),
  ),
  call('publishVersion', async (each) => {
    const text = Buffer.from(`# Text\n\nRound ${each.picks[2]}.\n`);
    const version = {
      documentId: document(each),
      text,
      summary: 'A round.',
      effectiveLocal: '2027-12-01',
      zone: each.world.zone,
    };
    return answered(await each.act((ctx) => publishVersion(ctx, version)));
  }),
  call('withdrawVersion', async (each) => {
    const version = { documentId: document(each), number: 1 + (each.picks[1] % 3), reason: 'It was published too early.' };
    return answered(await each.act((ctx) => withdrawVersion(ctx, version)));
  }),
  call('chooseNoticeRules', async (each) => {
    const rules = each.picks[1] % 2 === 0 ? ['default@1'] : [];
    const choice = { documentId: document(each), audience: 'everyone', rules };
    return answered(await each.act((ctx) => chooseNoticeRules(ctx, choice)));
  }),
  call('endDocument', async (each) => {
    const ending = { documentId: document(each), endsLocal: '', zone: 'Europe/Berlin', reason: 'It is needed no more.' };
    return answered(await each.act((ctx) => endDocument(ctx, ending)));
  }),
  call('askQuestion', async (each) => {
    // Whoever works here asks from a browser without a session; that is a visitor's question.
    if (each.actor.kind !== 'user' && each.actor.kind !== 'guest') return null;
    const email = `asker-${each.picks[1] % 9}@example.org`;
    const words = { clauseId: null, question: 'Do you keep my address?', email, mayPublish: true, language: 'en' };
    const asked = await each.act((ctx) => askQuestion(ctx, { slug: `text-${each.picks[0] % 3}`, version: 1, ...words }));
    if (asked.ok) await each.world.hold(each.actor, asked.value.code, email);
    return answered(asked);
  }),
  call('listOwnQuestions', async (each) => ({
    read: await questionOwners(each, await listOwnQuestions(each.ctx, { accountId: person(each) })),
  })),
  call('claimQuestion', async (each) =>
    answered(await each.act((ctx) => claimQuestion(ctx, { accountId: person(each), ...receipt(each) }))),
  ),
  call('readByReceipt', async (each) => {
    const found = await readByReceipt(each.ctx, receipt(each));
    return found && { read: await questionOwners(each, [found]) };
  }),
  call('readQuestion', async (each) => {
    const found = await readQuestion(each.ctx, await idOf(each, 'support.question'));
    return found && { read: await questionOwners(each, [found]) };
  }),
  call('listQuestions', async (each) => ({ read: await questionOwners(each, await listQuestions(each.ctx, 100)) })),
  call('answerQuestion', async (each) => {
    const id = await idOf(each, 'support.question');
    return answered(await each.act((ctx) => answerQuestion(ctx, { id, answer: 'Yes, for as long as we must.' })));
  }),
  call('publishQuestion', async (each) => {
    const words = { id: await idOf(each, 'support.question'), question: 'Is it kept?', answer: 'Yes.' };
    return answered(await each.act((ctx) => publishQuestion(ctx, words)));
  }),
  call('eraseQuestion', async (each) => {
    const id = await idOf(each, 'support.question');
    const by = at([{ id }, { id, accountId: person(each) }, { receipt: receipt(each) }], each.picks[1]) ?? { id };
    return answered(await each.act((ctx) => eraseQuestion(ctx, by)));
  }),
];
