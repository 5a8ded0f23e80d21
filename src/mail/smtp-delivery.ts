import { createTransport, type SendMailOptions } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import { type Delivery, DeliveryFailure, type Outgoing } from './delivery.ts';

export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). Otherwise TLS is begun by STARTTLS, and demanded except on this machine. */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  /** The address messages come from. */
  readonly from: string;
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null;
};

// Together well below the three minutes for which a message is claimed by its sender.
const timeouts = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const wholeMilliseconds = 90_000;

export type Patience = { readonly silence: number; readonly whole: number };

/** Hands messages to one SMTP server, a connection each: mail is rare, and a kept connection breaks unseen. */
export function smtpDelivery(
  settings: SmtpSettings,
  patience: Patience = { silence: timeouts.socketTimeout, whole: wholeMilliseconds },
): Delivery & { kind: 'smtp' } {
  const transport = createTransport(transportOptions(settings, patience));
  return {
    kind: 'smtp',
    async send(message, signal) {
      const options: SendMailOptions & { signal: AbortSignal } = {
        ...mailOptions(message, settings.from),
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience.whole)]),
      };
      try {
        await transport.sendMail(options);
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

export type SmtpFault = 'unreachable' | 'log-in-refused' | 'tls' | 'other';

/** Connects and logs in, and sends nothing. @returns `null` when that works. */
export async function tryServer(settings: SmtpSettings): Promise<{ fault: SmtpFault; code: string } | null> {
  try {
    await createTransport(transportOptions(settings, { silence: 10_000, whole: 20_000 })).verify();
    return null;
  } catch (error) {
    const code = codeOf(error);
    return { fault: faultOf(code, error), code };
  }
}

function transportOptions(settings: SmtpSettings, { silence }: Patience): SMTPTransport.Options {
  const { host, port, secure, user, password, dkim } = settings;
  const here = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return {
    host,
    port,
    secure,
    requireTLS: !secure && !here,
    // A server on this machine is reached without a wire to listen on, and its certificate names another host.
    ignoreTLS: !secure && here,
    tls: { minVersion: 'TLSv1.2' },
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    ...timeouts,
    greetingTimeout: Math.min(timeouts.greetingTimeout, silence),
    socketTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }),
  };
}

function mailOptions(message: Outgoing, from: string): SendMailOptions {
  return {
    from: { name: message.fromName, address: from },
    to: { name: '', address: message.to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: `<${message.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: new Date(message.createdAt.epochMilliseconds),
    // RFC 3834: holiday notices and list robots do not answer these.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function failureOf(error: unknown): DeliveryFailure {
  const response = part(error, 'responseCode');
  const said = part(error, 'response');
  if (typeof response !== 'number') return new DeliveryFailure(codeOf(error), false);
  const enhanced = typeof said === 'string' ? /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(said)?.[1] : undefined;
  // A refused log-in or sender is our own setting, and mended for the same message; these two speak about the message itself.
  const aboutMessage = ['RCPT TO', 'DATA'].includes(String(part(error, 'command')));
  return new DeliveryFailure(
    ['smtp', response, enhanced].filter((each) => each !== undefined).join('-'),
    response >= 500 && aboutMessage,
  );
}

function faultOf(code: string, error: unknown): SmtpFault {
  if (code === 'EAUTH') return 'log-in-refused';
  const words = error instanceof Error ? error.message : '';
  if (code === 'ETLS' || /certificate|altname|self.signed|ssl|tls/i.test(words)) return 'tls';
  return ['ECONNECTION', 'ESOCKET', 'EDNS', 'ETIMEDOUT', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'].includes(code)
    ? 'unreachable'
    : 'other';
}

function codeOf(error: unknown): string {
  const code = part(error, 'code');
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

function part(error: unknown, name: string): unknown {
  return error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined;
}
