import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync, createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import PostalMime from 'postal-mime';
import { testLedger, type TestLedger } from '../../../tests/support/ledger.ts';
import { mailServer, type MailServer, settingsFor, strangeServer } from '../../../tests/support/mail-server.ts';
import { tablesWith } from '../../../tests/support/verbs.ts';
import {
  countMail,
  type Delivery,
  forgetMail,
  queueMail,
  readCaught,
  resumeMail,
  sendMessage,
  smtpDelivery,
  type SmtpSettings,
} from '../index.ts';

const patience = { silence: 400, whole: 1_500 };
const link = {
  organisation: 'Bäckerei Groß',
  href: 'https://trust.example/en/me/sign-in/open?token=abc',
  minutes: 15,
  device: 'Firefox · Linux',
  network: '203.0.113.*',
};
const attempts = 16;

type Room = {
  readonly ledger: TestLedger;
  readonly queue: (to?: string, once?: string) => Promise<string>;
  /** @returns what the attempt failed with, if it did. */
  readonly tryOnce: (delivery: Delivery, id: string, attempt?: number) => Promise<string | null>;
  readonly row: (id: string) => Promise<Row>;
};
type Row = { state: string; error: string | null; attempts: number; content: unknown };

async function room(t: TestContext): Promise<Room> {
  const ledger = await testLedger(t, {}, { logs: false });
  const { db, secrets, now } = ledger;
  return {
    ledger,
    async queue(to = 'ada@example.org', once) {
      await queueMail(
        { db, secrets, now },
        { to, template: 'sign-in-link', locale: 'de', values: link, ...(once === undefined ? {} : { once }) },
      );
      const rows = await db.selectFrom('mail.message').select('id').orderBy('createdAt').execute();
      return rows.at(-1)?.id ?? assert.fail('nothing was queued');
    },
    /** @returns what the attempt failed with, if it did. */
    async tryOnce(delivery, id, attempt = 1) {
      try {
        await sendMessage({ db, secrets, now, delivery })(
          { message: id },
          { attempt, attempts, signal: new AbortController().signal },
        );
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    row: (id) =>
      db
        .selectFrom('mail.message')
        .select(['state', 'error', 'attempts', 'content'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
  };
}

const deliver = (settings: SmtpSettings) => smtpDelivery(settings, patience);
const idsOf = ({ received }: MailServer) => received.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1]);

test('an accepted message carries both forms, says that a machine wrote it, and leaves nothing of itself behind', async (t) => {
  const { ledger, queue, tryOnce, row } = await room(t);
  const server = await mailServer(t);
  const id = await queue('ada@bücher.example');
  assert.deepEqual(await tablesWith(ledger.db, 'xn--bcher'), [], 'sealed while it waits');
  assert.equal(await tryOnce(deliver(server.settings), id), null);
  const [mail] = server.received;
  assert.ok(mail);
  const parsed = await PostalMime.parse(mail.raw);
  assert.deepEqual([mail.from, mail.to], ['trust@harbour.example', ['ada@bücher.example']]);
  assert.deepEqual(parsed.from, { name: 'Bäckerei Groß', address: 'trust@harbour.example' });
  assert.equal(parsed.subject, 'Ihr Anmeldelink für Bäckerei Groß');
  assert.equal(parsed.messageId, `<${id}@harbour.example>`);
  assert.match(mail.raw, /^To: ada@xn--bcher-kva\.example\r$/m);
  assert.match(mail.raw, /^Auto-Submitted: auto-generated\r$/m);
  assert.ok(parsed.text?.includes(link.href) && parsed.html?.includes(link.href));
  assert.deepEqual(await row(id), { state: 'sent', error: null, attempts: 1, content: null });
  assert.equal(await tryOnce(deliver(server.settings), id, 2), null, 'a task that runs again finds it done');
  assert.equal(server.received.length, 1);
});

test('a server that says later is asked later, and gets the message once under the same Message-ID', async (t) => {
  const { queue, tryOnce, row } = await room(t);
  const server = await mailServer(t, {
    answer: (nth) => (nth === 1 ? { code: 451, text: 'try later, ada@example.org' } : undefined),
  });
  const id = await queue();
  assert.equal(await tryOnce(deliver(server.settings), id), 'smtp-451');
  assert.deepEqual({ ...(await row(id)), content: null }, { state: 'queued', error: 'smtp-451', attempts: 1, content: null });
  assert.equal(await tryOnce(deliver(server.settings), id, 2), null);
  assert.deepEqual(idsOf(server), [`<${id}@harbour.example>`]);
});

test('a mailbox that does not exist ends it at once; a sender that is refused is our own fault and does not', async (t) => {
  const { queue, tryOnce, row } = await room(t);
  const gone = await mailServer(t, { atRecipient: () => ({ code: 550, text: '5.1.1 no mailbox ada@example.org' }) });
  const id = await queue();
  assert.equal(await tryOnce(deliver(gone.settings), id), null);
  assert.deepEqual(await row(id), { state: 'failed', error: 'smtp-550-5.1.1', attempts: 1, content: null });
  const refused = await mailServer(t, {
    options: { onMailFrom: (_a, _s, done) => done(Object.assign(new Error('no'), { responseCode: 550 })) },
  });
  const other = await queue();
  assert.equal(await tryOnce(deliver(refused.settings), other), 'smtp-550');
  assert.equal((await row(other)).state, 'queued');
});

test('a refusal of the text ends it at once', async (t) => {
  const { queue, tryOnce, row } = await room(t);
  const server = await mailServer(t, { answer: () => ({ code: 554, text: 'looks like spam' }) });
  const id = await queue();
  assert.equal(await tryOnce(deliver(server.settings), id), null);
  assert.deepEqual(await row(id), { state: 'failed', error: 'smtp-554', attempts: 1, content: null });
});

test('a connection cut in the middle of the message, and one that never answers, are tried again; after the last attempt nothing is kept', async (t) => {
  const { queue, tryOnce, row } = await room(t);
  const cutting = await mailServer(t, { answer: (nth) => (nth === 1 ? 'drop' : undefined) });
  const id = await queue();
  assert.match((await tryOnce(deliver(cutting.settings), id)) ?? '', /^E[A-Z]+$/);
  assert.equal(await tryOnce(deliver(cutting.settings), id, 2), null);
  assert.deepEqual([cutting.begun(), cutting.received.length], [2, 1]);

  const silent = await strangeServer(t, () => undefined);
  const other = await queue();
  const before = performance.now();
  assert.equal(await tryOnce(deliver(silent), other), 'ETIMEDOUT');
  assert.ok(performance.now() - before < 5_000);
  assert.equal(await tryOnce(deliver(silent), other, attempts), null);
  assert.deepEqual(await row(other), { state: 'failed', error: 'ETIMEDOUT', attempts: 2, content: null });
});

test('a server that drips its answer for ever is left after the whole time, not byte by byte', async (t) => {
  const { queue, tryOnce } = await room(t);
  const dripping = await strangeServer(t, (socket) => {
    const timer = setInterval(() => socket.write('220-still here\r\n'), 100);
    socket.on('close', () => clearInterval(timer));
  });
  const id = await queue();
  const before = performance.now();
  assert.notEqual(await tryOnce(deliver(dripping), id), null);
  assert.ok(performance.now() - before < 4_000);
});

test(
  'off this machine nothing is said without TLS, and a certificate that cannot be checked is none',
  { skip: process.platform === 'win32' },
  async (t) => {
    const { queue, tryOnce } = await room(t);
    const plain = await mailServer(t);
    const id = await queue();
    // Reaches this machine and is not written like it.
    assert.match((await tryOnce(deliver({ ...plain.settings, host: '0.0.0.0' }), id)) ?? '', /^(ETLS|smtp-5\d\d)$/);
    const selfSigned = await mailServer(t, { options: { disabledCommands: ['AUTH'] } });
    assert.match(
      (await tryOnce(deliver({ ...selfSigned.settings, host: '0.0.0.0' }), id)) ?? '',
      /^(ETLS|ESOCKET|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS)/,
    );
    const tls = await mailServer(t, { options: { secure: true } });
    assert.notEqual(await tryOnce(deliver({ ...tls.settings, secure: true }), id), null);
    assert.deepEqual([plain.received, selfSigned.received, tls.received], [[], [], []]);
  },
);

test('a refused log-in keeps the message for when the password is right', async (t) => {
  const { queue, tryOnce, row } = await room(t);
  const server = await mailServer(t, {
    options: {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _s, done) => (auth.password === 'right' ? done(null, { user: 1 }) : done(new Error('no'))),
    },
  });
  const id = await queue();
  const settings = { ...server.settings, user: 'troth', password: 'wrong' };
  assert.equal(await tryOnce(deliver(settings), id), 'smtp-535');
  assert.equal((await row(id)).state, 'queued');
  assert.equal(await tryOnce(deliver({ ...settings, password: 'right' }), id, 2), null);
  assert.equal(server.received.length, 1);
});

test('what is useless by now is not sent, and nobody else sends what somebody is sending', async (t) => {
  const { ledger, queue, tryOnce, row } = await room(t);
  const server = await mailServer(t);
  const id = await queue();
  await ledger.db
    .updateTable('mail.message')
    .set({ claimedUntil: ledger.now().add({ minutes: 3 }) })
    .execute();
  assert.equal(await tryOnce(deliver(server.settings), id), 'mail-held-by-another');
  ledger.clock.advance({ hours: 7 * 24 });
  assert.equal(await tryOnce(deliver(server.settings), id), null);
  assert.deepEqual(await row(id), { state: 'failed', error: 'too-late', attempts: 1, content: null });
  assert.deepEqual(server.received, []);
});

test('without settings a message waits, is counted, goes out once there are some, and is destroyed after seven days', async (t) => {
  const { ledger, queue, tryOnce, row } = await room(t);
  const id = await queue();
  assert.equal(await tryOnce({ kind: 'none' }, id), null);
  assert.deepEqual(await countMail(ledger.db, ledger.now()), { waiting: 1, failed: 0 });
  await resumeMail(ledger.db);
  const late = await queue('bob@example.org');
  const server = await mailServer(t);
  assert.equal(await tryOnce(deliver(server.settings), id), null);
  assert.equal((await row(id)).state, 'sent');
  ledger.clock.advance({ hours: 7 * 24, minutes: 1 });
  await forgetMail(ledger.db, ledger.now());
  assert.deepEqual(await row(late), { state: 'failed', error: 'too-late', attempts: 0, content: null });
  assert.deepEqual(await countMail(ledger.db, ledger.now()), { waiting: 0, failed: 1 });
  ledger.clock.advance({ hours: 31 * 24 });
  await forgetMail(ledger.db, ledger.now());
  assert.equal((await ledger.db.selectFrom('mail.message').select('id').execute()).length, 0);
});

test('of two messages about the same thing only the first is queued', async (t) => {
  const { ledger, queue } = await room(t);
  await queue('ada@example.org', 'device/1');
  await queue('ada@example.org', 'device/1');
  await queue('ada@example.org', 'device/2');
  assert.equal((await countMail(ledger.db, ledger.now())).waiting, 2);
});

test('where mail is caught nothing is sent, and what would have been can be read', async (t) => {
  const { ledger, queue, tryOnce } = await room(t);
  const id = await queue('ada@example.org');
  assert.equal(await tryOnce({ kind: 'catch' }, id), null);
  const [caught] = await readCaught(ledger);
  assert.deepEqual([caught?.to, caught?.id, caught?.subject], ['ada@example.org', id, 'Ihr Anmeldelink für Bäckerei Groß']);
});

test('the signature is the one that a reader computes from the published key, and breaks with one letter', async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = {
    domain: 'harbour.example',
    selector: 'troth',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  const { queue, tryOnce } = await room(t);
  const server = await mailServer(t);
  assert.equal(await tryOnce(deliver({ ...server.settings, dkim }), await queue()), null);
  const raw = server.received[0]?.raw ?? '';
  const check = (message: string) => verifyDkim(message, publicKey.export({ type: 'spki', format: 'pem' }));
  assert.deepEqual(check(raw), { body: true, headers: true, domain: 'harbour.example', selector: 'troth' });
  assert.equal(check(raw.replace('Auto-Submitted', 'X-Nothing')).headers, true, 'a header that is not signed');
  assert.equal(check(raw.replace(/^From: ./m, 'From: X')).headers, false);
  assert.equal(check(raw.replace('token', 'tokem')).body, false);
});

/** RFC 6376 §3.4.2, §3.4.4 and §3.7 by hand: relaxed headers, relaxed body, rsa-sha256. */
function verifyDkim(
  raw: string,
  publicKey: string,
): { body: boolean; headers: boolean; domain: string | undefined; selector: string | undefined } {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
  const signature = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tags = new Map(
    signature
      .slice(signature.indexOf(':') + 1)
      .replaceAll(/\s+/g, '')
      .split(';')
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  assert.equal(tags.get('c'), 'relaxed/relaxed');
  const body = `${raw
    .slice(end + 4)
    .split('\r\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`;
  const relaxed = (line: string) => {
    const colon = line.indexOf(':');
    return `${line.slice(0, colon).trim().toLowerCase()}:${line
      .slice(colon + 1)
      .replaceAll(/\r\n/g, '')
      .replaceAll(/[ \t]+/g, ' ')
      .trim()}`;
  };
  const signed = (tags.get('h') ?? '')
    .toLowerCase()
    .split(':')
    .flatMap((name) => headers.findLast((line) => line.toLowerCase().startsWith(`${name}:`)) ?? []);
  const text = [...signed.map(relaxed), relaxed(signature).replace(/(;\s*b=)[^;]*/, '$1')].join('\r\n');
  return {
    body: createHash('sha256').update(body, 'latin1').digest('base64') === tags.get('bh'),
    headers: createVerify('rsa-sha256')
      .update(text, 'latin1')
      .verify(publicKey, tags.get('b') ?? '', 'base64'),
    domain: tags.get('d'),
    selector: tags.get('s'),
  };
}

test('a server that is not there is one to try again', async (t) => {
  const { queue, tryOnce, row } = await room(t);
  const id = await queue();
  // Port 9 is nobody's on a machine like this.
  assert.match((await tryOnce(deliver(settingsFor(9)), id)) ?? '', /^E/);
  assert.equal((await row(id)).state, 'queued');
});
