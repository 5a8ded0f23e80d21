import { type SmtpFault, tryServer } from '#mail';
import type { Config } from '../config.ts';
import { smtpSettings } from '../mail-settings.ts';
import { StartupProblem } from '../startup-problem.ts';
import { bad, type Finding, good, note, warning } from './finding.ts';

const faults: Readonly<Record<SmtpFault, readonly [says: string, mend: string]>> = {
  unreachable: ['cannot be reached', 'Check host and port in SMTP_URL, and whether a firewall lets this machine connect.'],
  'log-in-refused': [
    'refuses the log-in',
    'Check user and password in SMTP_URL; characters such as @ and / are written percent-encoded.',
  ],
  tls: [
    'offers no TLS that can be trusted',
    'Its certificate must be valid for the host in SMTP_URL. Use smtps:// with port 465, or smtp:// with port 587.',
  ],
  other: ['does not do what a mail server does', 'Check that SMTP_URL names a mail server that this machine may send through.'],
};

/** Whether mail would go out. Connects and logs in; sends nothing. */
export async function checkMail({ mail }: Pick<Config, 'mail'>): Promise<Finding> {
  if (mail === undefined || mail === 'catch')
    return note(
      'Mail',
      'not set up; messages wait, and sign-in by e-mailed link does not work. SMTP_URL and MAIL_FROM set it up.',
    );
  try {
    const settings = smtpSettings(mail);
    const found = await tryServer(settings);
    const server = `${mail.host}:${mail.port}`;
    if (found) return bad('Mail', `${server} ${faults[found.fault][0]} (${found.code}).`, faults[found.fault][1]);
    if (settings.dkim === null)
      return warning(
        'Mail',
        `${server} takes mail from ${mail.from}, and Troth does not sign it.`,
        'Unless that server signs: set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE, or others file it as unwanted.',
      );
    return good('Mail', `${server} takes mail from ${mail.from}; it is signed for ${settings.dkim.domain}.`);
  } catch (error) {
    if (error instanceof StartupProblem) return bad('Mail', 'cannot be signed.', error.message);
    throw error;
  }
}
