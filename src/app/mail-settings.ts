import { readFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { type Delivery, smtpDelivery, type SmtpSettings } from '#mail';
import type { Config, MailConfig } from './config.ts';
import { StartupProblem } from './startup-problem.ts';

/** @throws StartupProblem when the key that signs mail cannot be read. */
export function smtpSettings(mail: MailConfig): SmtpSettings {
  if (mail.dkim === null) return { ...mail, dkim: null };
  const { domain, selector, keyFile } = mail.dkim;
  try {
    const privateKey = readFileSync(keyFile, 'utf8');
    if (createPrivateKey(privateKey).asymmetricKeyType !== 'rsa') throw new Error('not RSA');
    return { ...mail, dkim: { domain, selector, privateKey } };
  } catch {
    throw new StartupProblem(`DKIM_KEY_FILE names ${keyFile}, which is no RSA private key (PEM) that this account can read.`);
  }
}

export function deliveryOf({ mail }: Pick<Config, 'mail'>): Delivery {
  if (mail === 'catch' || mail === undefined) return { kind: mail ?? 'none' };
  return smtpDelivery(smtpSettings(mail));
}

/** Where letters go, without opening the way there. */
export function mailDelivery({ mail }: Pick<Config, 'mail'>): 'smtp' | 'catch' | 'none' {
  return typeof mail === 'object' ? 'smtp' : (mail ?? 'none');
}
