import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import assert from 'node:assert/strict';

export type Received = { readonly headers: Record<string, string>; readonly body: string };
export type Answer = (response: ServerResponse, request: IncomingMessage, n: number) => void;

export type Receiver = { readonly url: string; readonly got: Received[]; answer: Answer };

export const accepts: Answer = (response) => void response.writeHead(204).end();
export const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end('what it says is not kept');

/** A program of the organisation on this machine, which keeps what it is sent. */
export async function receiver(t: { after(hook: () => Promise<void>): void }): Promise<Receiver> {
  const got: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      got.push({ headers, body });
      made.answer(response, request, got.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  assert(typeof address === 'object' && address);
  const made: Receiver = { url: `http://127.0.0.1:${address.port}/hook`, got, answer: accepts };
  return made;
}
