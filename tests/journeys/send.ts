import { type IncomingMessage, request } from 'node:http';

export type Sent = { status: number; headers: IncomingMessage['headers']; text: string };

type Message = {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** A string, or pieces that are made while they are sent; sending stops when the server hangs up. */
  body?: string | Buffer | Iterable<Buffer>;
};

/** One request, its path sent to the byte as it stands here: `fetch` would tidy `..` and forbid a `Host` of one's own. */
export function send(url: string, path: string, { method = 'GET', headers = {}, body = '' }: Message = {}): Promise<Sent> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answered = false;
    const sending = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      answered = true;
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        sending.destroy();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sending.on('error', (error) => {
      if (!answered) reject(error);
    });
    if (typeof body === 'string' || Buffer.isBuffer(body)) sending.end(body);
    else pour(body[Symbol.iterator]());

    function pour(pieces: Iterator<Buffer>): void {
      for (let piece = pieces.next(); piece.done !== true; piece = pieces.next()) {
        if (sending.destroyed) return;
        if (!sending.write(piece.value)) return void sending.once('drain', () => pour(pieces));
      }
      sending.end();
    }
  });
}

export function form(fields: Readonly<Record<string, string>>): { headers: Record<string, string>; body: string } {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
}
