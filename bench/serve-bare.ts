import { createServer } from 'node:http';
import { answerParent } from './answer-parent.ts';

// The least a Node server can do: one buffer, the same bytes and the same headers as the page it is compared with.
const [source = ''] = process.argv.slice(2);
const answer = await fetch(source, { headers: { 'accept-encoding': 'gzip' } });
const headers = Object.fromEntries(
  [...answer.headers].filter(
    ([name]) => !['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-encoding', 'content-length'].includes(name),
  ),
);
const { gzipSync } = await import('node:zlib');
const bytes = gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 6 });
const server = createServer((_request, response) => {
  response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': bytes.length });
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server that listens has a port');
  answerParent(`http://127.0.0.1:${address.port}`, () => {
    process.exit(0);
  });
});
