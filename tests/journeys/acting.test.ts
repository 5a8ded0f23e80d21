import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName } from '../../src/kernel/http.ts';
import { oneBrowser, person, type Person } from './browse.ts';
import { establishBank } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { appoint, client, newUser, tokenFor, user } from './signed-in-client.ts';

const browser = oneBrowser();
const all = { read: 'yes', manage: 'yes', erase: 'yes' };

async function atBrowser(site: JourneySite, accountId: string, width = 1280): Promise<Person> {
  const options = { javaScriptEnabled: false, viewport: { width, height: 900 } };
  const somebody = await person(browser(), site.url, options);
  const value = await tokenFor(site, accountId);
  await somebody.context.addCookies([{ name: cookieName('user', false), value, url: site.url }]);
  return somebody;
}

test('one person asks, follows up, sets and erases for another without a script, and both read what was done', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const [petraId, doraId] = [await newUser(site, 'petra@example.org'), await newUser(site, 'dora@example.org')];
  const [petra, dora] = [await atBrowser(site, petraId), await atBrowser(site, doraId, 375)];
  await petra.open('/en/me/mandates/offer');
  await petra.page.getByLabel('Their e-mail address').fill('dora@example.org');
  for (const allowed of ['See what is held', 'Change settings', 'Erase questions']) await petra.page.getByLabel(allowed).check();
  const last = site.installation.ledger.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days: 20 });
  await petra.page.getByLabel('Last day').fill(last.toString());
  await petra.press('Offer');

  await dora.open('/en/me');
  await dora.reads('petra@example.org asks you to act for them');
  await dora.follow('asks you to act');
  await dora.press('Accept');
  await dora.follow('Act for petra@example.org');
  await dora.reads('You are acting for petra@example.org', 'Nothing yet. Whatever you do or look at here');
  await dora.follow('Ask for them');
  await dora.follow('Privacy policy');
  await dora.page.getByLabel('Your question').fill('too short');
  await dora.press('Send question', 422);
  await dora.page.getByLabel('Your question').fill('How long do you keep the orders of Petra?');
  await dora.press('Send question');
  await dora.reads('The question has arrived', 'You are acting for', 'How long do you keep the orders of Petra?');
  await dora.shot('acting-1-questions');
  await dora.follow('Ask more about the same passage');
  await dora.page.locator('summary').click();
  await dora.follow('Your rights');
  await dora.page.getByLabel('Your question').fill('May she see the orders on paper?');
  await dora.press('Send question');
  await dora.reads('May she see the orders on paper?');
  await dora.follow('Their settings');
  await dora.page.getByLabel('Time zone').selectOption('Pacific/Auckland');
  await dora.press('Save');
  await dora.reads('Saved. It holds from now on.', 'Pacific/Auckland');
  await dora.shot('acting-2-settings');
  await dora.follow('Deutsch');
  await dora.reads('Sie handeln für petra@example.org');
  await dora.follow('English');

  await petra.open('/en/me');
  await petra.reads('dora@example.org did for you: Changed a setting: Time zone', 'did for you: Asked a question');
  await petra.shot('acting-3-home');
  await petra.open('/en/me/questions');
  await petra.reads('May she see the orders on paper?');
  await petra.open('/en/me/settings');
  await petra.reads('Pacific/Auckland');

  await dora.follow('Their questions');
  await dora.page.getByText('Erase this question').first().click();
  await dora.page.getByRole('button', { name: 'Erase question and answer' }).first().click();
  await dora.reads('The question is erased');
  await dora.follow(/^Overview$/);
  for (const sentence of ['Erased a question', 'Looked at the questions and answers', 'Changed a setting: Time zone'])
    await dora.reads(sentence);
  await petra.open('/en/me/mandates');
  await petra.page.locator('summary').click();
  await petra.reads('Erased a question', 'Looked at the settings');

  await petra.open('/en/me/mandates');
  await petra.press(/^End now/);
  await dora.open(`/en/me/mandates`);
  await dora.reads('Ended');
  await dora.leave();
  await petra.leave();
});

test('a mandate that was ended, cut or ran out is refused at the very next request, also in the middle of a form', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const { db } = site.installation.ledger;
  const petra = await user(site, 'petra@example.org');
  const dora = await user(site, 'dora@example.org');
  const question = { version: '1', clause: '', question: 'How long do you keep my orders?' };
  const acts = (id: string): readonly (readonly [string, Record<string, string>?])[] => [
    [`/en/me/for/${id}`],
    [`/en/me/for/${id}/questions`],
    [`/en/me/for/${id}/settings`],
    [`/en/me/for/${id}/data/account.json`],
    [`/en/me/for/${id}/ask/privacy`, { ...question, for: id }],
    [`/en/me/for/${id}/settings`, { language: 'de', for: id }],
    [`/en/me/for/${id}/settings/language/forget`, { for: id }],
    [`/en/me/for/${id}/data/erase`, { confirm: 'yes', for: id }],
  ];
  const statuses = async (id: string) => {
    const answers = [];
    for (const [path, fields] of acts(id)) answers.push((await dora(path, fields)).status);
    return answers;
  };
  const rows = async () => [
    await db.selectFrom('support.question').select('id').execute(),
    await db.selectFrom('accounts.preference').select('name').execute(),
    await db.selectFrom('accounts.account').select('id').where('kind', '=', 'user').execute(),
  ];
  const ended = await appoint(site, petra, dora, 'dora@example.org', all);
  const form = await dora(`/en/me/for/${ended}/ask/privacy`);
  assert.deepEqual([form.status, form.text.includes(`name="for" value="${ended}"`)], [200, true]);
  await petra(`/en/me/mandates/${ended}/end`, {});
  const before = await rows();
  assert.deepEqual(await statuses(ended), Array(8).fill(404));

  const cut = await appoint(site, petra, dora, 'dora@example.org', all);
  assert.equal((await dora(`/en/me/for/${cut}/questions`)).status, 200);
  await db
    .updateTable('accounts.mandate')
    .set({ scope: ['self:manage'] })
    .where('id', '=', cut)
    .execute();
  for (const path of ['questions', 'settings', 'data/account.json'])
    assert.equal((await dora(`/en/me/for/${cut}/${path}`)).status, 403, path);
  assert.equal((await dora(`/en/me/for/${cut}/data/erase`, { confirm: 'yes', for: cut })).status, 403);
  await db
    .updateTable('accounts.mandate')
    .set({ scope: ['self:read'] })
    .where('id', '=', cut)
    .execute();
  assert.equal((await dora(`/en/me/for/${cut}/ask/privacy`, { ...question, for: cut })).status, 403);
  assert.equal((await dora(`/en/me/for/${cut}/settings`, { language: 'de', for: cut })).status, 403);
  assert.equal((await dora(`/en/me/for/${cut}/ask`)).status, 403);
  const reading = await dora(`/en/me/for/${cut}/settings`);
  assert.doesNotMatch(reading.text.replace(/<header[\s\S]*?<\/header>/, ''), /<form/, 'what is not allowed is not offered');

  await db
    .updateTable('accounts.mandate')
    .set({ scope: ['self:read', 'self:manage', 'self:erase'] })
    .where('id', '=', cut)
    .execute();
  await db.updateTable('accounts.mandate').set({ expiresAt: site.installation.ledger.now() }).where('id', '=', cut).execute();
  assert.deepEqual(await statuses(cut), Array(8).fill(404));
  assert.deepEqual(await rows(), before, 'nothing of all this was done');
});

test('a form for one person counts neither under another mandate nor for oneself, and one’s own not under a mandate', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const doraId = await newUser(site, 'dora@example.org');
  const dora = await client(site, 'user', doraId);
  const petra = await user(site, 'petra@example.org');
  const otto = await user(site, 'otto@example.org');
  const eve = await user(site, 'eve@example.org');
  const [forPetra, forOtto] = [
    await appoint(site, petra, dora, 'dora@example.org', all),
    await appoint(site, otto, dora, 'dora@example.org', all),
  ];
  const question = { version: '1', clause: '', question: 'How long do you keep my orders?' };
  const confused: readonly (readonly [string, Record<string, string>])[] = [
    [`/en/me/for/${forPetra}/settings`, { language: 'de', for: forOtto }],
    [`/en/me/for/${forPetra}/settings`, { language: 'de' }],
    [`/en/me/settings`, { language: 'de', for: forPetra }],
    [`/en/me/for/${forOtto}/ask/privacy`, { ...question, for: forPetra }],
    [`/en/me/for/${forPetra}/data/erase`, { confirm: 'yes' }],
    [`/en/me/data/erase`, { confirm: 'yes', for: forPetra }],
    [`/en/me/mandates/${forOtto}/end`, { for: forPetra }],
  ];
  for (const [path, fields] of confused) assert.equal((await dora(path, fields)).status, 403, path);
  assert.equal(
    (await eve(`/en/me/for/${forPetra}/settings`, { language: 'de', for: forPetra })).status,
    404,
    'of another session',
  );
  const { db } = site.installation.ledger;
  assert.deepEqual(await db.selectFrom('accounts.preference').select('name').execute(), []);

  const asked = async (who: typeof dora, path: string, fields: Record<string, string> = {}) => {
    assert.equal((await who(path, { ...question, ...fields })).status, 303, path);
    const rows = await db.selectFrom('support.question').select('id').orderBy('askedAt', 'desc').execute();
    return rows[0]?.id ?? assert.fail();
  };
  const mine = await asked(dora, '/en/policies/privacy/ask');
  const hers = await asked(dora, `/en/me/for/${forPetra}/ask/privacy`, { for: forPetra });
  const erase = (place: string, id: string, fields = {}) => dora(`/en/me/${place}questions/${id}/erase`, fields);
  assert.equal((await erase(`for/${forPetra}/`, mine, { for: forPetra })).status, 404, 'her own, at the place of another');
  assert.equal((await erase(`for/${forOtto}/`, hers, { for: forOtto })).status, 404, 'of one, at the place of another');
  assert.equal((await erase('', hers)).status, 404, 'of another, at her own place');
  assert.equal((await erase(`for/${forPetra}/`, hers, { for: forPetra })).status, 303);

  assert.equal((await dora(`/en/me/for/${forPetra}/data/account.json`)).status, 200);
  const looks = (await dora(`/en/me/for/${forPetra}/data/account.json`)).text.match(/"type": "user\.looked-at"/g);
  assert.equal(looks?.length, 2, 'each download is an act');
  const gone = await dora(`/en/me/for/${forPetra}/data/erase`, { confirm: 'yes', for: forPetra });
  assert.deepEqual([gone.status, gone.text.includes('The account is erased')], [200, true]);
  assert.equal((await petra('/en/me/questions')).status, 303, 'signed out');
  assert.equal((await otto('/en/me')).status, 200);
  const own = (await dora('/en/me/data/account.json')).text;
  assert.match(own, /"type": "user\.erased-another"/, 'it stays in the record of whoever did it');
});
