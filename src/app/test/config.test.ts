import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { createLog } from '../log-line.ts';
import { readRootKey } from '../root-key.ts';

test('an empty environment gives the documented defaults, and empty values count as absent', () => {
  for (const environment of [{}, { PORT: '', HOST: ' ', DATABASE_URL: '', TRUSTED_PROXIES: '' }]) {
    const { dataFolder, ...rest } = readConfig(environment);
    assert.equal(dataFolder, defaultDataFolder());
    assert.deepEqual(rest, {
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: undefined,
      rootKey: undefined,
      trustedProxies: [],
      insecureHttp: false,
      outboundAllow: [],
      stories: false,
      logLevel: 'info',
      mail: undefined,
    });
  }
});

test('every wrong setting is named with what it must be, and no value is repeated', () => {
  for (const [name, value, sentence] of [
    ['PORT', 'eighty', /PORT must be a number/],
    ['PORT', '70000', /PORT must be between 0/],
    ['PORT', '80.5', /PORT must be a whole number/],
    ['HOST', 'http://secret', /HOST must be an address/],
    ['TROTH_DATA', 'secret/data', /TROTH_DATA must be a full path/],
    ['DATABASE_URL', 'mysql://ada:secret@host/db', /DATABASE_URL must be a PostgreSQL address/],
    ['TROTH_ROOT_KEY', 'secret', /TROTH_ROOT_KEY must be 64 hexadecimal digits/],
    ['OUTBOUND_ALLOW', '10.0.0.0/8, https://idp.internal/secret', /OUTBOUND_ALLOW must be addresses, ranges or names/],
    ['TRUSTED_PROXIES', '10.0.0.0/8, secret', /TRUSTED_PROXIES must be addresses/],
    ['TROTH_LOG_LEVEL', 'secret', /TROTH_LOG_LEVEL must be debug/],
  ] as const) {
    assert.throws(
      () => readConfig({ [name]: value }),
      (error: Error) => error.name === 'StartupProblem' && sentence.test(error.message) && !error.message.includes('secret'),
      `${name}=${value}`,
    );
  }
  assert.throws(() => readConfig({ PORT: 'x', HOST: '?' }), /PORT[^]*HOST/);
});

test('data lies in the folder the operating system keeps for it, for root outside its closed home', () => {
  const around = { isRoot: false, home: '/home/ada', env: {} };
  assert.equal(defaultDataFolder({ ...around, platform: 'linux' }), '/home/ada/.local/share/troth');
  assert.equal(defaultDataFolder({ ...around, platform: 'linux', env: { XDG_DATA_HOME: '/x' } }), '/x/troth');
  assert.equal(defaultDataFolder({ ...around, platform: 'linux', isRoot: true }), '/var/lib/troth');
  assert.equal(defaultDataFolder({ ...around, platform: 'darwin' }), '/home/ada/Library/Application Support/troth');
});

test('the root key is made once, for its owner alone, and a key others can read is refused', (t) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'troth-key-'));
  t.after(() => rmSync(dataFolder, { recursive: true }));
  const key = readRootKey({ dataFolder, rootKey: undefined });
  assert.equal(key.length, 32);
  assert.deepEqual(readRootKey({ dataFolder, rootKey: undefined }), key);
  const file = join(dataFolder, 'keys', 'root');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(dataFolder, 'keys')).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(join(dataFolder, 'keys')), ['root']);
  chmodSync(file, 0o640);
  assert.throws(() => readRootKey({ dataFolder, rootKey: undefined }), /can be read by other accounts.*chmod 600/);
  writeFileSync(file, 'not a key');
  chmodSync(file, 0o600);
  assert.throws(() => readRootKey({ dataFolder, rootKey: undefined }), /does not hold a root key/);
  assert.equal(readFileSync(file, 'utf8'), 'not a key');
  assert.deepEqual(readRootKey({ dataFolder: '/nowhere', rootKey: key }), key);
});

test('a log line is one JSON object, below the level nothing, and an error leaves out its message and row', () => {
  const lines: string[] = [];
  const sink = { write: (line: string) => lines.push(line) };
  const log = createLog({ level: 'info', sink, now: () => new Date(0) });
  log.debug('unseen');
  log.info('started', { port: 8080 });
  log.error(
    'request-failed',
    { status: 500 },
    Object.assign(new Error('ada@example.org'), { code: '23505', detail: 'ada@example.org' }),
  );
  assert.deepEqual(JSON.parse(lines[0] ?? ''), { time: '1970-01-01T00:00:00.000Z', level: 'info', event: 'started', port: 8080 });
  const failure: unknown = JSON.parse(lines[1] ?? '');
  assert.ok(typeof failure === 'object' && failure && 'code' in failure && failure.code === '23505');
  assert.doesNotMatch(lines.join(''), /ada@|unseen/);
  createLog({ level: 'info', sink: { ...sink, isTTY: true }, now: () => new Date(0) }).warn('disk-low', { free: '1 GB' });
  assert.equal(lines[2], '00:00:00  warn: disk-low  free="1 GB"\n');
});

const mailBase = { TROTH_DATA: '/srv/troth', SMTP_URL: 'smtps://troth:p%40ss@mail.example.org', MAIL_FROM: 'Trust@Example.ORG' };

test('a mail server is one address: port by scheme, password decoded, the sender in one form', () => {
  assert.deepEqual(readConfig(mailBase).mail, {
    host: 'mail.example.org',
    port: 465,
    secure: true,
    user: 'troth',
    password: 'p@ss',
    from: 'Trust@example.org',
    dkim: null,
  });
  const plain = readConfig({ ...mailBase, SMTP_URL: 'smtp://[::1]:2525' }).mail;
  assert.ok(typeof plain === 'object');
  assert.deepEqual([plain.host, plain.port, plain.secure, plain.user], ['::1', 2525, false, '']);
  assert.equal(readConfig({ TROTH_DATA: '/srv/troth' }).mail, undefined);
});

test('half of a mail setting is refused by name, and no value is repeated', () => {
  const table: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ SMTP_URL: mailBase.SMTP_URL }, /SMTP_URL and MAIL_FROM belong together/],
    [{ MAIL_FROM: 'trust@example.org' }, /SMTP_URL and MAIL_FROM belong together/],
    [{ ...mailBase, SMTP_URL: 'https://u:secret@example.org' }, /SMTP_URL must be a mail server/],
    [{ ...mailBase, MAIL_FROM: 'Trust <trust@example.org>' }, /MAIL_FROM must be one e-mail address/],
    [{ ...mailBase, DKIM_DOMAIN: 'example.org' }, /belong together: name all three/],
    [{ ...mailBase, DKIM_KEY_FILE: 'dkim.pem' }, /DKIM_KEY_FILE must be a full path/],
  ];
  for (const [environment, message] of table) {
    assert.throws(
      () => readConfig({ TROTH_DATA: '/srv/troth', ...environment }),
      (error: unknown) => error instanceof Error && message.test(error.message) && !/secret|p%40ss/.test(error.message),
    );
  }
});
