import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { SmtpSettings } from '../../src/mail/index.ts';

type Hooks = { after(hook: () => Promise<void>): void };

/** `raw`: its bytes as Latin-1. */
export type Received = { readonly raw: string; readonly from: string; readonly to: readonly string[] };

export type MailServer = {
  readonly settings: SmtpSettings;
  /** What it accepted, in order. */
  readonly received: Received[];
  /** How often somebody began to hand over a message. */
  readonly begun: () => number;
};

/** What the server answers to the nth message, from 1: nothing to accept it, else an answer that refuses it. */
export type Answer = (nth: number) => { code: number; text: string } | 'drop' | undefined;

export const settingsFor = (port: number): SmtpSettings => ({
  host: '127.0.0.1',
  port,
  secure: false,
  user: '',
  password: '',
  from: 'trust@harbour.example',
  dkim: null,
});

/** An SMTP server on this machine that keeps what it accepts, and refuses as it is told. */
export async function mailServer(
  t: Hooks,
  {
    answer = () => undefined,
    atRecipient = () => undefined,
    options = {},
  }: { answer?: Answer; atRecipient?: Answer; options?: SMTPServerOptions } = {},
): Promise<MailServer> {
  const received: Received[] = [];
  let begun = 0;
  let recipients = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, callback) {
      callback(refusal(atRecipient((recipients += 1))));
    },
    onData(stream, session, callback) {
      const nth = (begun += 1);
      const said = answer(nth);
      if (said === 'drop') {
        // In the middle of the message, as a network does.
        stream.once('data', () => sockets.forEach((socket) => socket.destroy()));
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1');
        const error = refusal(said);
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        if (!error) received.push({ raw, from, to: session.envelope.rcptTo.map(({ address }) => address) });
        callback(error);
      });
    },
    ...options,
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(async () => {
    const closed = once(server.server, 'close');
    server.close();
    sockets.forEach((socket) => socket.destroy());
    await closed;
  });
  return { settings: settingsFor(portOf(server.server)), received, begun: () => begun };
}

/** Takes connections and answers as the given function does, or never. */
export async function strangeServer(t: Hooks, answer: (socket: Socket) => void): Promise<SmtpSettings> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    const closed = once(server, 'close');
    server.close();
    sockets.forEach((socket) => socket.destroy());
    await closed;
  });
  return settingsFor(portOf(server));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server that listens has a port');
  return address.port;
}

function refusal(said: ReturnType<Answer>): Error | null {
  if (said === undefined || said === 'drop') return null;
  return Object.assign(new Error(said.text), { responseCode: said.code });
}
