import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seedDemo, demoOwner } from '../../src/app/seed-demo.ts';
import { everyRow } from '../support/verbs.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send, type Sent } from './send.ts';

const ends: (() => Promise<void>)[] = [];
let site: JourneySite;
let staff = '';
let questionId = '';
before(async () => {
  site = await openSite({ after: (end) => void ends.push(end) }, ({ ledger }) => seedDemo(ledger, 'http://127.0.0.1:8080'));
  staff = await signIn();
  const { db } = site.installation.ledger;
  questionId = (await db.selectFrom('support.question').select('id').where('answeredAt', 'is', null).executeTakeFirstOrThrow())
    .id;
  await settled();
});
after(async () => {
  for (const end of ends) await end();
});

async function signIn(): Promise<string> {
  return cookieOf(await post('/en/console/sign-in', { email: demoOwner.email, passphrase: demoOwner.passphrase }));
}

const cookieOf = ({ headers }: Sent) => (headers['set-cookie'] ?? []).map((cookie) => cookie.replace(/;.*/, '')).join('; ');
const html = { accept: 'text/html' };

function post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Sent> {
  const sent = form(fields);
  const from = { 'sec-fetch-site': 'same-origin', ...html };
  return send(site.url, path, { method: 'POST', headers: { ...from, ...sent.headers, ...headers }, body: sent.body });
}

/** Until every recorded event has its index and its signature, after which nothing changes by itself. */
async function settled(): Promise<void> {
  const until = performance.now() + 20_000;
  const { db } = site.installation.ledger;
  for (;;) {
    const logs = await db.selectFrom('ledger.log').select(['size', 'signedSize']).execute();
    const { waiting } = await db
      .selectFrom('ledger.event')
      .select((eb) => eb.fn.countAll<number>().as('waiting'))
      .where('index', 'is', null)
      .executeTakeFirstOrThrow();
    if (waiting === 0 && logs.every(({ size, signedSize }) => size === signedSize)) return;
    assert.ok(performance.now() < until, 'the logs never came to rest');
    site.advance({ seconds: 11 });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function rows(): Promise<ReadonlyMap<string, string>> {
  const all = await everyRow(site.installation.ledger.db);
  return new Map([...all].filter(([table]) => !restless.test(table)));
}

/** What changes by itself, or counts attempts: batches, sessions seen, buckets, the pulse and timetable of the job runner. */
const restless = /^(ledger\.log|accounts\.(session|allowance)|kernel\.job_runner|graphile_worker\..*)$/;

/** Runs something that must leave every row of every table as it is. The private log's empty batches are not its doing. */
async function changesNothing(run: () => Promise<void>): Promise<void> {
  const before = await rows();
  await run();
  assert.deepEqual(await rows(), before);
}

const posts = () => [
  '/en/set-up',
  '/en/policies/privacy/ask',
  '/en/me',
  '/en/me/erase',
  '/en/me/leave',
  '/en/console/sign-in',
  '/en/console/policies/new',
  '/en/console/policies/privacy',
  '/en/console/policies/privacy/publish',
  '/en/console/policies/privacy/withdraw',
  '/en/console/policies/privacy/visibility',
  `/en/console/questions/${questionId}/answer`,
  `/en/console/questions/${questionId}/publish`,
  `/en/console/questions/${questionId}/erase`,
  // Last, since it ends the session when it is let through.
  '/en/console/sign-out',
];

test('a form sent by another site changes nothing, at whichever address, with whatever cookie', () =>
  changesNothing(async () => {
    const fields = {
      confirm: 'yes',
      question: 'Is this sent by somebody else?',
      version: '1',
      answer: 'No.',
      text: '# Ours now\n',
    };
    for (const path of posts()) {
      for (const [says, headers] of [
        ['no Origin at all', {}],
        ['Origin: null', { origin: 'null' }],
        ['a foreign Origin', { origin: 'https://elsewhere.example' }],
        ['cross-site', { 'sec-fetch-site': 'cross-site', origin: site.url }],
        ['same-site', { 'sec-fetch-site': 'same-site', origin: site.url }],
        ['typed by hand', { 'sec-fetch-site': 'none' }],
      ] as const) {
        const sent = form(fields);
        const all = { ...html, ...sent.headers, ...headers, cookie: staff };
        const answer = await send(site.url, path, { method: 'POST', headers: all, body: sent.body });
        assert.equal(answer.status, 403, `${path}: ${says}`);
      }
    }
  }));

const readsNothing = (path: string) => /\/(leave|sign-out)$/.test(path);

const gigabytes = 2 * 1024 ** 3;
const megabyte = Buffer.alloc(1024 ** 2, 'a');
function* twoGigabytes(): Generator<Buffer> {
  yield Buffer.from('--b\r\ncontent-disposition: form-data; name="act"\r\n\r\nupload\r\n--b\r\n');
  yield Buffer.from('content-disposition: form-data; name="file"; filename="x.md"\r\ncontent-type: text/markdown\r\n\r\n');
  for (let sent = 0; sent < gigabytes; sent += megabyte.length) {
    poured += megabyte.length;
    yield megabyte;
  }
}
let poured = 0;

for (const [says, length] of [
  ['that tells its length', String(gigabytes)],
  ['that does not', null],
] as const) {
  test(`an upload of 2 GB ${says} is refused with 413 at its first megabytes, in little memory`, () =>
    changesNothing(async () => {
      for (const path of [
        '/en/console/policies/privacy',
        '/en/console/policies/new',
        '/en/policies/privacy/ask',
        '/en/console/sign-in',
        '/en/me',
      ]) {
        poured = 0;
        const before = process.memoryUsage().rss;
        const type = { 'content-type': 'multipart/form-data; boundary=b', cookie: staff, 'sec-fetch-site': 'same-origin' };
        const headers = {
          ...html,
          ...type,
          ...(length === null ? { 'transfer-encoding': 'chunked' } : { 'content-length': length }),
        };
        const answer = await send(site.url, path, { method: 'POST', headers, body: twoGigabytes() });
        assert.equal(answer.status, 413, path);
        assert.match(answer.text, /That is too large/);
        assert.ok(poured < 64 * 1024 ** 2, `${path} took ${poured} bytes`);
        const grown = process.memoryUsage().rss - before;
        assert.ok(grown < 200 * 1024 ** 2, `${path} grew by ${grown} bytes`);
      }
    }));
}

test('what is no UTF-8 text is refused in a sentence that says what it is, and nothing is stored', () =>
  changesNothing(async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('# Privacy\n', 'utf16le')]);
    for (const [says, bytes, sentence] of [
      [
        'a picture',
        Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0', 'latin1'),
        /This is not a text but a file of another kind\./,
      ],
      ['a broken byte', Buffer.concat([Buffer.from('# Privacy\n'), Buffer.from([0xff])]), /The text is not UTF-8: byte 1\d fits/],
      ['UTF-16', utf16, /The text is encoded as UTF-16/],
      ['nothing', Buffer.from('\n \n'), /The text is empty\./],
    ] as const) {
      for (const path of ['/en/console/policies/privacy', '/en/console/policies/new']) {
        const body = new FormData();
        for (const [name, value] of Object.entries({ act: 'upload', way: 'upload', title: 'Another', revision: '0' }))
          body.set(name, value);
        body.set('file', new File([bytes], 'privacy.md'));
        const headers = { cookie: staff, 'sec-fetch-site': 'same-origin', ...html };
        const answer = await fetch(site.url + path, { method: 'POST', headers, body, redirect: 'manual' });
        assert.equal(answer.status, 422, `${path}: ${says}`);
        assert.match(await answer.text(), sentence, `${path}: ${says}`);
      }
    }
  }));

test('fields that no browser would send get an answer below 500, and nothing is stored', () =>
  changesNothing(async () => {
    // Or what comes is the question who it is, in front of everything else.
    const { db, now } = site.installation.ledger;
    await db.updateTable('accounts.session').set({ provedAt: now() }).execute();
    const fine = { text: '# Fine\n', summary: 'Fine.', title: 'Fine', way: 'paste', act: 'save', version: '1', number: '1' };
    const names = [
      ...Object.keys(fine),
      'slug',
      'effectiveLocal',
      'reason',
      'question',
      'clause',
      'email',
      'code',
      'answer',
      'publishedQuestion',
      'passphrase',
    ];
    for (const path of posts().filter((each) => !readsNothing(each))) {
      // Each field alone: a refusal of one would hide what another does.
      // More than twenty questions in ten minutes are refused for their number, whatever is in them.
      const sent = path.endsWith('/ask') ? ['version', 'question', 'clause', 'email'] : names;
      for (const name of sent) {
        const answer = await post(path, { ...fine, question: 'Is this a fine question?', [name]: 'a\0b' }, { cookie: staff });
        assert.equal(answer.status, 400, `${path} with ${name}`);
      }
    }
    const asking = { question: 'Is this a fine question?', email: '' };
    for (const number of ['99999999999', '1.5', '-1', '1e99', 'NaN', '']) {
      for (const [path, fields] of [
        ['/en/policies/privacy/ask', { ...asking, version: number }],
        ['/en/console/policies/privacy/withdraw', { number, reason: 'It was a fine reason.' }],
        ['/en/console/policies/privacy/publish', { revision: `${number}9` }],
      ] as const) {
        const { status } = await post(path, fields, { cookie: staff });
        assert.ok(status >= 400 && status < 500, `${path} with ${number}: ${status}`);
      }
    }
    const hole = { way: 'template', template: '../../../../etc/passwd', title: 'Fine' };
    assert.equal((await post('/en/console/policies/new', hole, { cookie: staff })).status, 422);
    const get = (path: string) => send(site.url, path, { headers: { ...html, cookie: staff } });
    for (const path of [
      '/en/search?q=%00',
      '/en/search?q=%ff%fe',
      '/en/policies/privacy/ask?version=99999999999',
      '/en/policies/privacy/ask?version=1.5',
      '/en/policies/%00',
      '/en/policies/%zz',
      '/en/policies/privacy/v/999999999',
      '/en/policies/%00/ask',
      '/en/policies/%E0%A4%A/ask',
      '/en/console/policies/%zz',
      '/en/console/policies/%00',
      '/en/console/questions/%zz',
      `/en/console/questions/${'0'.repeat(36)}`,
      '/en/console/questions/------------------------------------',
      '/en/console/audit?page=1e99&log=%00',
      '/en/log?before=999999999999999',
      '/en/log/public/entry/999999999999999',
      '/log/public/proof/999999999999999',
      '/log/public/tile/63/000',
      '/log/public/tile/0/x999/x999/999',
      '/log/public/body/' + '0'.repeat(64),
      '/api/v1/log/entries/999999999999999',
      '/api/v1/log/entries?before=-1',
      '/%',
      '/en/%',
    ]) {
      const answer = await get(path);
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    }
    assert.deepEqual(site.log, []);
  }));
