import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailServer, settingsFor } from '../../../tests/support/mail-server.ts';
import { checkMail } from '../doctor/check-mail.ts';

test('doctor says what is wrong with mail and how to mend it, and sends nothing', async (t) => {
  const server = await mailServer(t, {
    options: {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => (auth.password === 'right' ? done(null, { user: 1 }) : done(new Error('no'))),
    },
  });
  const tls = await mailServer(t, { options: { secure: true } });
  const mail = { ...server.settings, dkim: null };
  const table = [
    [undefined, 'note', /not set up/],
    [{ ...mail, user: 'troth', password: 'wrong' }, 'bad', /refuses the log-in/],
    [{ ...mail, user: 'troth', password: 'right' }, 'warning', /takes mail from trust@harbour\.example, and Troth does not sign/],
    [{ ...settingsFor(9), dkim: null }, 'bad', /cannot be reached/],
    [{ ...tls.settings, secure: true, dkim: null }, 'bad', /no TLS that can be trusted/],
    [{ ...mail, dkim: { domain: 'a.example', selector: 's', keyFile: '/nowhere/dkim.pem' } }, 'bad', /cannot be signed/],
  ] as const;
  for (const [setting, level, says] of table) {
    const found = await checkMail({ mail: setting });
    assert.equal(found.level, level, found.says);
    assert.match(found.says, says);
    assert.ok(level === 'note' || (found.mend ?? '').length > 20);
    assert.doesNotMatch(found.says, /wrong|right/);
  }
  assert.deepEqual([server.begun(), tls.begun()], [0, 0]);
});
