import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName } from '../../src/kernel/http.ts';
import { establishBank } from './establish-bank.ts';
import { openSite } from './open-site.ts';
import { form, send } from './send.ts';

const question = 'How long do you keep my orders?';

test('a receipt opens with its order number; cookies that were made up open nothing, and the eleventh try waits', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const name = cookieName('receipt', false);
  const post = (path: string, fields: Record<string, string>, cookie = '') => {
    const { headers, body } = form(fields);
    return send(site.url, path, { method: 'POST', body, headers: { ...headers, cookie, 'sec-fetch-site': 'same-origin' } });
  };
  const look = (cookie: string) => send(site.url, '/en/me/matter', { headers: { cookie } });
  const asked = await post('/en/policies/privacy/ask', {
    version: '1',
    clause: '',
    question,
    email: '',
    reference: 'ORDER-2026-471',
  });
  assert.equal(asked.status, 303);
  const cookieOf = ({ headers }: typeof asked) =>
    headers['set-cookie']?.find((each) => each.startsWith(name))?.split(';')[0] ?? '';
  const mine = await look(cookieOf(asked));
  assert.match(mine.text, /given, ends in 471/);
  assert.doesNotMatch(mine.text, /2026-471/, 'never shown back whole');
  const groups = [...(mine.text.split('receipt-code')[1] ?? '').matchAll(/<span>([0-9A-Z]{5})/g)].map(([, group]) => group);
  const code = groups.join('-');
  assert.match(code, /^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);

  const opened = await post('/en/me', { code, known: 'order 2026 471' });
  assert.equal(opened.status, 303);
  assert.match((await look(cookieOf(opened))).text, new RegExp(question.replace('?', '\\?')));
  for (const value of [
    code,
    `${code}.`,
    Buffer.from(JSON.stringify([code, '', 'ORDER-2026-471'])).toString('base64url'),
    'x',
    '',
  ])
    assert.doesNotMatch((await look(`${name}=${value}`)).text, /How long do you keep/, value);

  const answers: string[] = [];
  const page = ({ status, text }: typeof asked) => `${status} ${text.replaceAll(/value="[^"]*"/g, '')}`;
  for (let tries = 0; tries < 9; tries += 1) answers.push(page(await post('/en/me', { code, known: `ORDER-2026-${tries}` })));
  answers.push(page(await post('/en/me', { code: '00000-00000-00000-00000', known: 'ORDER-2026-471' })));
  assert.deepEqual(
    [new Set(answers).size, answers[0]?.slice(0, 3)],
    [1, '422'],
    'a wrong number and a wrong code are one answer',
  );
  assert.equal((await post('/en/me', { code, known: 'ORDER-2026-471' })).status, 429, 'also with the right number');
  assert.equal((await post('/en/me', { code, known: 'ORDER-2026-471' }, cookieOf(asked))).status, 429);
});
