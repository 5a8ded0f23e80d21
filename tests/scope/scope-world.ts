import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Actor, Context, Permission } from '../../src/kernel/context.ts';
import { PermissionMissing, ProofNeeded } from '../../src/kernel/context.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { act, observe } from '../../src/ledger/index.ts';
import { openDepartment, readStaffSession, readUserSession } from '../../src/modules/accounts/index.ts';
import { roles } from '../../src/modules/accounts/roles/roles.ts';
import { openOne, type Person, signedIn } from '../../src/modules/accounts/test/signed-in.ts';
import { establishOrganisation } from '../../src/modules/organisation/index.ts';
import { openDocument, publishVersion } from '../../src/modules/policies/index.ts';
import { askQuestion, readByReceipt } from '../../src/modules/support/index.ts';
import { system, type TestLedger, visitor } from '../support/ledger.ts';
import { testVerbs } from '../support/verbs.ts';

/** What a row belongs to, as `kind/…`: `person/ID`, `mandate/ID/DELEGATE/PRINCIPAL`, `department/ID`, `question/DEPARTMENT/ACCOUNT/SUBJECT`. */
type Owner = string;
export type Reach = { reads(owner: Owner): boolean; changes(owner: Owner): boolean };
export type Rows = ReadonlyMap<string, { readonly owner: Owner; readonly row: string }>;
export type Held = { readonly code: string; readonly email: string; readonly subject: string };

const zone = 'Europe/Berlin';
const text = '# Privacy\n\n## What we keep\n\nAs little as possible.\n';

/** An organisation of two departments, people with roles in them, users who act for each other, and strangers with receipts. */
export async function openScopeWorld(t: { after(hook: () => Promise<void>): void }) {
  const ledger = await testVerbs(t, { logs: false });
  const must = async <Value>(verb: (ctx: Context) => Promise<Outcome<Value, string>>, actor: Actor = system): Promise<Value> => {
    const answer = await act(ledger, actor, verb);
    assert.ok(answer.ok, answer.ok ? '' : answer.refusal);
    return answer.value;
  };
  await must((ctx) =>
    establishOrganisation(ctx, {
      name: 'Example Savings Bank',
      publicUrl: 'https://trust.example.org',
      languages: ['en'],
      timeZone: zone,
      sector: 'finance',
      ownerEmail: 'first@example.org',
      ownerPassphrase: 'a long enough passphrase',
      demo: false,
      token: null,
    }),
  );
  const cards = (await must((ctx) => openDepartment(ctx, { name: 'Cards' }))).departmentId;
  const loans = (await must((ctx) => openDepartment(ctx, { name: 'Loans' }))).departmentId;
  const documents: string[] = [];
  for (const [i, departmentId] of [cards, loans, null].entries()) {
    const opened = await must((ctx) =>
      openDocument(ctx, { slug: `text-${i}`, title: `Text ${i}`, language: 'en', departmentId }),
    );
    documents.push(opened.documentId);
    const version = { ...opened, text: Buffer.from(text), summary: 'first', effectiveLocal: '', zone };
    await must((ctx) => publishVersion(ctx, version));
  }
  const people: Person[] = [];
  const held = new Map<string, Held[]>();
  for (const [i, [role, departmentId]] of (
    [
      ['support', cards],
      ['publisher', loans],
      ['privacy', cards],
      ['owner', null],
      ['privacy', null],
    ] as const
  ).entries()) {
    const person = await signedIn(ledger, 'staff', `staff-${i}@example.org`);
    await ledger.db
      .insertInto('accounts.assignment')
      .values({ accountId: person.id, role, departmentId, grantedAt: ledger.now() })
      .execute();
    people.push(person);
  }
  for (let i = 0; i < 4; i += 1) people.push(await signedIn(ledger, 'user', `user-${i}@example.org`));
  const guests: Actor[] = ['guest-0', 'guest-1', 'guest-2'].map((matter) => ({ kind: 'guest', matter }));

  const world = {
    ledger,
    people,
    documents,
    departments: [cards, loans, null],
    held,
    /** To whom an offer was made, until it is taken. */
    offeredTo: new Map<string, string>(),
    zone,
    async actorOf(who: number): Promise<Actor> {
      const at = who % (people.length + guests.length);
      const person = people[at];
      if (!person) return guests[at - people.length] ?? assert.fail();
      const read = person.kind === 'staff' ? readStaffSession : readUserSession;
      const found = await read(observe(ledger, visitor), { token: person.token });
      if (found) return found.actor;
      const here = await ledger.db.selectFrom('accounts.account').select('leftAt').where('id', '=', person.id).executeTakeFirst();
      if (!here || here.leftAt) return visitor;
      person.token = await openOne(ledger, person.id);
      return (await read(observe(ledger, visitor), person))?.actor ?? assert.fail();
    },
    async hold(actor: Actor, code: string, email: string) {
      const found = await readByReceipt(observe(ledger, visitor), { code, email });
      const key = keyOf(actor);
      if (found) held.set(key, [...(held.get(key) ?? []), { code, email, subject: found.subject }]);
    },
    receiptsOf: (actor: Actor): readonly Held[] => held.get(keyOf(actor)) ?? [],
    reachOf: (actor: Actor): Promise<Reach> => reachOf(ledger, actor, world),
    ownedRows: () => ownedRows(ledger),
    async changedSince(before: Rows): Promise<Owner[]> {
      const after = await ownedRows(ledger);
      return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
        const [was, is] = [before.get(key), after.get(key)];
        if (was?.row === is?.row && was?.owner === is?.owner) return [];
        const owners = [was?.owner, is?.owner].filter((owner) => owner !== undefined);
        const [kind, , account] = is?.owner.split('/') ?? [];
        // Into whose account a question comes is theirs to say, whoever has its receipt.
        return kind === 'question' && account !== 'none' && was?.owner !== is?.owner ? [...owners, `person/${account}`] : owners;
      });
    },
    permissionOnly(error: unknown): null {
      if (error instanceof PermissionMissing || error instanceof ProofNeeded) return null;
      throw error;
    },
  };
  for (const [i, slug] of ['text-0', 'text-1', 'text-2'].entries()) {
    for (const actor of [guests[i] ?? assert.fail(), await world.actorOf(5 + i)]) {
      const email = `asker-${i}@example.org`;
      const question = {
        slug,
        version: 1,
        clauseId: null,
        question: 'Do you keep my address?',
        email,
        mayPublish: true,
        language: 'en',
      };
      await world.hold(actor, (await must((ctx) => askQuestion(ctx, question), actor)).code, email);
    }
  }
  return world;
}

export type ScopeWorld = Awaited<ReturnType<typeof openScopeWorld>>;

function keyOf(actor: Actor): string {
  return actor.kind === 'guest' ? actor.matter : 'id' in actor ? actor.id : actor.kind;
}

/** Every row that belongs to somebody, in one statement. */
async function ownedRows({ db }: TestLedger): Promise<Rows> {
  const { rows } = await sql<{ key: string; owner: string; row: string }>`
    select 'account ' || id as key, 'person/' || id as owner, t::text as row from accounts.account t
    union all select 'session ' || id, 'person/' || account_id, t::text from accounts.session t
    union all select 'preference ' || account_id || name, 'person/' || account_id, t::text from accounts.preference t
    union all select 'role ' || account_id || role || coalesce(department_id::text, ''), 'person/' || account_id, t::text from accounts.assignment t
    union all select 'mandate ' || id, 'mandate/' || id || '/' || coalesce(delegate_id::text, 'none') || '/' || coalesce(principal_id::text, 'none'),
      t::text from accounts.mandate t
    union all select 'document ' || id, 'department/' || coalesce(department_id::text, 'none'), t::text from policies.document t
    union all select 'version ' || t.id, 'department/' || coalesce(department_id::text, 'none'), t::text
      from policies.version t join policies.document d on d.id = t.document_id
    union all select 'draft ' || document_id, 'department/' || coalesce(department_id::text, 'none'), t::text
      from policies.draft t join policies.document d on d.id = t.document_id
    union all select 'question ' || t.id,
      'question/' || coalesce(department_id::text, 'none') || '/' || coalesce(account_id::text, 'none') || '/' || subject, t::text
      from support.question t join policies.document d on d.id = t.document_id`.execute(db);
  return new Map(rows.map(({ key, owner, row }) => [key, { owner, row }]));
}

type Known = { receiptsOf(actor: Actor): readonly Held[]; readonly offeredTo: ReadonlyMap<string, string> };

/** Worked out from rows alone, beside the product's own judgement. */
async function reachOf(ledger: TestLedger, actor: Actor, world: Known): Promise<Reach> {
  const own = 'id' in actor ? actor.id : 'nobody';
  const { rows: mandates } = await sql<{ principal: string; scope: string[] }>`
    select principal_id as principal, scope from accounts.mandate
    where delegate_id::text = ${own} and state = 'active' and expires_at > ${ledger.now().toString()}`.execute(ledger.db);
  const { rows: given } = await sql<{ role: keyof typeof roles; department: string | null }>`
    select role, department_id as department from accounts.assignment where account_id::text = ${own}`.execute(ledger.db);
  const stands = (department: string | undefined, ...any: Permission[]) =>
    actor.kind === 'staff' &&
    given.some(
      (each) =>
        (each.department === null || each.department === department) &&
        any.some((one) => roles[each.role].some((has) => has === one)),
    );
  const represents = (id: string | undefined, scope: string) =>
    id === own || (actor.kind === 'user' && mandates.some((each) => each.principal === id && each.scope.includes(scope)));
  const judge = (owner: Owner, scope: string, needs: { people: Permission; texts: Permission[]; questions: Permission[] }) => {
    const [kind, first, second, third] = owner.split('/');
    if (kind === 'person') return represents(first, scope) || stands(undefined, needs.people);
    if (kind === 'mandate')
      return (
        second === own || third === own || world.offeredTo.get(first ?? '') === own || stands(undefined, 'accounts:mandates')
      );
    if (kind === 'department') return stands(first, ...needs.texts);
    const receipt = () => world.receiptsOf(actor).some(({ subject }) => subject === third);
    return kind === 'question' && (represents(second, scope) || receipt() || stands(first, ...needs.questions));
  };
  const writes: Permission[] = ['policies:write', 'policies:publish'];
  return {
    reads: (owner) =>
      owner === 'public' ||
      judge(owner, 'self:read', { people: 'accounts:read', texts: ['policies:read'], questions: ['support:read'] }),
    changes: (owner) =>
      judge(owner, 'self:manage', { people: 'accounts:manage', texts: writes, questions: ['support:answer', 'support:erase'] }),
  };
}
