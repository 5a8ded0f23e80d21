import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { mailAddress, type SmtpSettings } from '#mail';
import { defaultDataFolder } from './data-folder.ts';
import { StartupProblem } from './startup-problem.ts';

const yes = 'must be';
const addressRange = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)(?:\/\d{1,3})?$/i;
const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

const settings = z.object({
  PORT: z.coerce
    .number(`${yes} a number, such as 8080`)
    .int(`${yes} a whole number, such as 8080`)
    .min(0, `${yes} between 0 (any free port) and 65535`)
    .max(65_535, `${yes} between 0 (any free port) and 65535`)
    .default(8080),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, `${yes} an address of this machine, such as 127.0.0.1 or ::1, without port`)
    .default('127.0.0.1'),
  TROTH_DATA: z.string().refine(isAbsolute, `${yes} a full path, such as /srv/troth`).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, `${yes} a PostgreSQL address, such as postgres://troth:password@localhost:5432/troth`)
    .optional(),
  TROTH_ROOT_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, `${yes} 64 hexadecimal digits (32 bytes), such as "openssl rand -hex 32" prints`)
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine(
      (ranges) => ranges.every((range) => addressRange.test(range)),
      `${yes} addresses or ranges divided by commas, such as 10.0.0.0/8`,
    )
    .default([]),
  OUTBOUND_ALLOW: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine(
      (entries) => entries.every((entry) => addressRange.test(entry) || hostName.test(entry)),
      `${yes} addresses, ranges or names divided by commas, such as 10.0.0.0/8, idp.internal`,
    )
    .default([]),
  SMTP_URL: z.string().refine(isSmtpUrl, `${yes} a mail server, such as smtps://user:password@mail.example.org:465`).optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => mailAddress(text) !== null, `${yes} one e-mail address, such as trust@example.org`)
    .optional(),
  DKIM_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, `${yes} a domain, such as example.org`)
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9._-]+$/i, `${yes} the name under _domainkey, such as troth`)
    .optional(),
  DKIM_KEY_FILE: z.string().refine(isAbsolute, `${yes} a full path, such as /etc/troth/dkim.pem`).optional(),
  TROTH_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], `${yes} debug, info, warn or error`).default('info'),
});

/** What the environment says about mail; the file with the key is not read here. */
export type MailConfig = Omit<SmtpSettings, 'dkim'> & {
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
};

export type Config = {
  port: number;
  host: string;
  /** Absolute. */
  dataFolder: string;
  databaseUrl: string | undefined;
  /** 32 bytes, or undefined: the file `keys/root` in the data folder. */
  rootKey: Uint8Array | undefined;
  /** Addresses and CIDR ranges whose forwarded headers count. */
  trustedProxies: readonly string[];
  /** Private addresses, ranges and names that the server may fetch from. */
  outboundAllow: readonly string[];
  /** Where mail is handed over; `catch`: kept and shown, for development and the sample; undefined: it waits. */
  mail: MailConfig | 'catch' | undefined;
  /** Serve other addresses than this machine's without TLS; shown on every console page. */
  insecureHttp: boolean;
  /** Serves the fixture pages too, for building Troth itself. */
  stories: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

/**
 * Reads the environment once; nothing else in Troth does.
 * @param environment An empty value counts as absent, as it does in a systemd or compose file.
 * @throws StartupProblem that names every wrong setting, but repeats no value: some are secret.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: { insecureHttp?: boolean } = {},
): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = settings.safeParse(present);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`);
    throw new StartupProblem(`A setting in the environment is wrong:\n  ${sentences.join('\n  ')}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.TROTH_DATA ?? defaultDataFolder(),
    databaseUrl: data.DATABASE_URL,
    rootKey: data.TROTH_ROOT_KEY === undefined ? undefined : Buffer.from(data.TROTH_ROOT_KEY, 'hex'),
    trustedProxies: data.TRUSTED_PROXIES,
    outboundAllow: data.OUTBOUND_ALLOW,
    mail: mailConfig(data),
    insecureHttp: flags.insecureHttp ?? false,
    stories: false,
    logLevel: data.TROTH_LOG_LEVEL,
  };
}

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname);
}

function mailConfig(data: z.infer<typeof settings>): MailConfig | undefined {
  const { SMTP_URL, MAIL_FROM, DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile } = data;
  if ((SMTP_URL === undefined) !== (MAIL_FROM === undefined))
    throw new StartupProblem('SMTP_URL and MAIL_FROM belong together: name both, or neither.');
  const signing = [domain, selector, keyFile].filter((each) => each !== undefined).length;
  if (signing !== 0 && signing !== 3)
    throw new StartupProblem('DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE belong together: name all three, or none.');
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return undefined;
  const url = new URL(SMTP_URL);
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    from: mailAddress(MAIL_FROM) ?? MAIL_FROM,
    dkim:
      domain !== undefined && selector !== undefined && keyFile !== undefined
        ? { domain: domain.toLowerCase(), selector, keyFile }
        : null,
  };
}
