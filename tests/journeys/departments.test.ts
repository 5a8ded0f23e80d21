import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName } from '../../src/kernel/http.ts';
import { act, observe } from '../../src/ledger/index.ts';
import { acceptInvitation, invite, openDepartment, openSession } from '../../src/modules/accounts/index.ts';
import { openDocument, publishVersion, saveDraft } from '../../src/modules/policies/index.ts';
import { askQuestion, listQuestions } from '../../src/modules/support/index.ts';
import { operator } from '../../src/app/installation.ts';
import { visitor } from '../support/ledger.ts';
import { rowsAtRest } from '../support/verbs.ts';
import { establishBank, must } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send, type Sent } from './send.ts';

const secret = 'Wombats';

/** A published document of a department with a draft and an open question, all of whose words begin with the same name. */
const letter = { organisation: 'Harbour Bank', publicUrl: 'http://127.0.0.1:8080', locale: 'en' };

async function document(site: JourneySite, slug: string, name: string, departmentId: string): Promise<string> {
  const { ledger } = site.installation;
  const { documentId } = await must(ledger, (ctx) => openDocument(ctx, { slug, title: name, language: 'en', departmentId }));
  const version = { documentId, summary: `${name} begin.`, effectiveLocal: '', zone: 'Europe/Berlin' };
  await must(ledger, (ctx) => publishVersion(ctx, { ...version, text: Buffer.from(`# ${name}\n\nWe keep ${name}.\n`) }));
  const draft = {
    documentId,
    text: `# ${name}\n\nWe keep more ${name}.\n`,
    summary: `${name}!`,
    effectiveLocal: '',
    revision: 0,
  };
  await must(ledger, (ctx) => saveDraft(ctx, draft));
  const question = {
    slug,
    version: 1,
    clauseId: null,
    question: `Why ${name}, please?`,
    email: '',
    mayPublish: true,
    language: 'en',
  };
  await must(ledger, (ctx) => askQuestion(ctx, question));
  const asked = (await listQuestions(observe(ledger, operator), 9)).find((one) => one.slug === slug);
  return asked?.id ?? assert.fail();
}

/** A member of staff with one role in one department, signed in. */
async function member(
  site: JourneySite,
  role: string,
  departmentId: string,
): Promise<(path: string, fields?: Fields) => Promise<Sent>> {
  const { ledger } = site.installation;
  const { token } = await must(ledger, (ctx) => invite(ctx, { email: `${role}@harbour.example`, role, departmentId, ...letter }));
  const entered = { token, name: role, passphrase: 'four words of nonsense' };
  const accepted = await act(ledger, visitor, (ctx) => acceptInvitation(ctx, entered));
  assert(accepted.ok);
  const { accountId } = accepted.value;
  const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
  const session = await must(ledger, (ctx) => openSession(ctx, { accountId, method: 'passphrase', device }));
  const cookie = `${cookieName('staff', false)}=${session.token}`;
  return (path, fields) => {
    const { headers, body } = fields ? form(fields) : { headers: {}, body: '' };
    const method = fields ? 'POST' : 'GET';
    return send(site.url, path, { method, body, headers: { ...headers, cookie, 'sec-fetch-site': 'same-origin' } });
  };
}

type Fields = Readonly<Record<string, string>>;

test('whoever has roles in Loans alone neither sees, edits, publishes nor answers in Cards, by any route of the console', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const { ledger } = site.installation;
  const loans = await must(ledger, (ctx) => openDepartment(ctx, { name: 'Loans' }));
  const cards = await must(ledger, (ctx) => openDepartment(ctx, { name: 'Cards' }));
  const own = await document(site, 'loans', 'Loans promise', loans.departmentId);
  const foreign = await document(site, 'cards', secret, cards.departmentId);
  const publisher = await member(site, 'publisher', loans.departmentId);
  const privacy = await member(site, 'privacy', loans.departmentId);

  for (const [path, who] of [
    ['', privacy],
    ['/policies', privacy],
    ['/questions', privacy],
    ['', publisher],
    ['/policies', publisher],
  ] as const) {
    const page = await who(`/en/console${path}`);
    assert.equal(page.status, 200, path);
    assert.match(page.text, /Loans promise/, `their own is on ${path}`);
    assert.doesNotMatch(page.text, new RegExp(`${secret}|Privacy policy`), `nothing else is on ${path}`);
  }
  assert.equal((await publisher('/en/console/questions')).status, 403);
  assert.equal((await privacy('/en/console/audit')).status, 403, 'the audit trail is of the whole');
  assert.doesNotMatch((await privacy('/en/console')).text, /console\/audit/, 'and so no link leads there');
  const choice = (await publisher('/en/console/policies/new')).text;
  assert.match(choice, /Loans<\/option>/);
  assert.doesNotMatch(choice, /Cards|whole organisation<\/option>/);

  const draft = { text: 'Mine', summary: 'Mine', effectiveLocal: '', revision: '1', act: 'save' };
  const attempts: readonly [path: string, fields?: Fields][] = [
    ['policies/SLUG'],
    ['policies/SLUG/review'],
    ['policies/SLUG', draft],
    ['policies/SLUG', { ...draft, act: 'preview' }],
    ['policies/SLUG/publish', { revision: '1' }],
    ['policies/SLUG/withdraw', { number: '1', reason: 'It was all a mistake.' }],
    ['policies/SLUG/visibility', { to: 'rehearsal', confirm: 'yes' }],
    ['policies/SLUG/department', { department: loans.departmentId }],
  ];
  const answers: typeof attempts = [
    ['questions/ID'],
    ['questions/ID/answer', { answer: 'Because we may.' }],
    ['questions/ID/publish', { publishedQuestion: 'Why?', publishedAnswer: 'Because.' }],
    ['questions/ID/erase', { confirm: 'yes' }],
  ];
  const before = await rows(site);
  for (const slug of ['cards', 'privacy'])
    for (const [path, fields] of attempts) {
      const { status, text } = await publisher(`/en/console/${path.replace('SLUG', slug)}`, fields);
      assert.deepEqual([path, status, text.includes(secret)], [path, 404, false]);
    }
  for (const [path, fields] of answers) {
    const { status, text } = await privacy(`/en/console/${path.replace('ID', foreign)}`, fields);
    assert.deepEqual([path, status, text.includes(secret)], [path, 404, false]);
  }
  for (const department of ['', cards.departmentId]) {
    const moved = await publisher('/en/console/policies/loans/department', { department });
    assert.equal(moved.status, 403, 'nor is anything given away into a part that is not theirs');
    const opened = await publisher('/en/console/policies/new', {
      way: 'paste',
      title: 'Mine',
      language: 'en',
      text: 'Mine',
      department,
    });
    assert.equal(opened.status, 403);
  }
  assert.deepEqual(await rows(site), before, 'not one row is different');

  // The same attempts on their own, so that what was refused above was refused for the department alone.
  for (const [path, fields] of attempts.slice(0, 5)) {
    const { status } = await publisher(`/en/console/${path.replace('SLUG', 'loans')}`, fields && { ...fields, revision: '1' });
    assert.ok(status < 404 || status === 409, `${path}: ${status}`);
  }
  assert.equal((await privacy(`/en/console/questions/${own}`)).status, 200);
  assert.equal((await privacy(`/en/console/questions/${own}/answer`, { answer: 'Because we may.' })).status, 303);
});

/** All that a person can change; when a session was last seen changes with each request. */
async function rows(site: JourneySite): Promise<Map<string, string>> {
  const all = new Map(await rowsAtRest(site.installation.ledger.db));
  for (const name of all.keys()) if (/^ledger\.checkpoint|session|allowance|event$/.test(name)) all.delete(name);
  return all;
}
