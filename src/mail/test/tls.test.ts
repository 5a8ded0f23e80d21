import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { type Certificate, selfSigned } from '../../../tests/support/certificate.ts';
import { mailServer } from '../../../tests/support/mail-server.ts';
import type { SmtpSettings } from '../smtp-delivery.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const run = promisify(execFile);
const soon = Temporal.Now.instant().add({ hours: 1 });
// Reaches this machine and is not written like it, so that STARTTLS is demanded.
const elsewhere = '0.0.0.0';

/** @returns what a process says that trusts this certificate beside those that Node brings along. */
async function sendTrusting(trusted: Certificate | null, settings: SmtpSettings): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'troth-tls-'));
  try {
    const file = join(folder, 'ca.pem');
    if (trusted) await writeFile(file, trusted.cert);
    const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
    const env = trusted ? { ...environment, NODE_EXTRA_CA_CERTS: file } : environment;
    const hook = ['--import', './src/load.js'];
    const child = join(root, 'src', 'mail', 'test', 'send-once.ts');
    const { stdout } = await run(process.execPath, [...hook, child, JSON.stringify(settings)], { cwd: root, env });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const untrusted = /^(ETLS|ESOCKET|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED|ERR_TLS_\w+)$/;

suite('letters over TLS', { concurrency: 2, skip: process.platform === 'win32' }, () => {
  for (const [says, secure] of [
    ['TLS from the first byte', true],
    ['STARTTLS', false],
  ] as const) {
    const here = secure ? '127.0.0.1' : elsewhere;
    const serve = async (t: Parameters<typeof mailServer>[0], { cert, key }: Certificate) => {
      let encrypted = 0;
      const server = await mailServer(t, {
        options: {
          secure,
          cert,
          key,
          disabledCommands: [],
          onAuth(auth, session, done) {
            if (session.secure) encrypted += 1;
            done(null, { user: auth.username });
          },
        },
      });
      const settings = { ...server.settings, host: here, secure, user: 'troth', password: 'by TLS alone' };
      return { ...server, settings, encrypted: () => encrypted };
    };

    test(`by ${says} a letter goes to a server whose certificate is trusted, and so does the password`, async (t) => {
      const certificate = selfSigned([here], soon);
      const server = await serve(t, certificate);
      assert.equal(await sendTrusting(certificate, server.settings), 'sent');
      assert.equal(server.encrypted(), 1);
      assert.deepEqual(
        server.received.map(({ to, raw }) => [to, raw.includes('As it was written.')]),
        [[['ada@example.org'], true]],
      );
    });

    test(`by ${says} nothing goes to a server whose certificate is unknown, another’s, of another host or expired`, async (t) => {
      const good = selfSigned([here], soon);
      const old = selfSigned([here], soon.subtract({ hours: 24 }));
      const strange = selfSigned(['192.0.2.1'], soon);
      for (const [why, shown, trusted] of [
        ['unknown', good, null],
        ['another’s', good, selfSigned([here], soon)],
        ['of another host', strange, strange],
        ['expired', old, old],
      ] as const) {
        const server = await serve(t, shown);
        assert.match(await sendTrusting(trusted, server.settings), untrusted, why);
        assert.deepEqual([server.received, server.begun(), server.encrypted()], [[], 0, 0], why);
      }
    });
  }
});
