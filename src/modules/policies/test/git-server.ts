import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { devNull } from 'node:os';

/** Serves the repositories below a folder as hosts do, by git's own program. */
export function gitServer(root: string): (request: IncomingMessage, answer: ServerResponse) => void {
  return (request, answer) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://here');
    const header = (name: string) => String(request.headers[name] ?? '');
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: header('content-type'),
        HTTP_CONTENT_ENCODING: header('content-encoding'),
        GIT_PROTOCOL: header('git-protocol'),
      },
    });
    request.pipe(child.stdin);
    child.stdin.on('error', () => {});
    let head = Buffer.alloc(0);
    let isBody = false;
    child.stdout.on('data', (chunk: Buffer) => {
      if (!isBody) head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (isBody) answer.write(chunk);
      if (isBody || end < 0) return;
      const headers = head
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
      const status = Number(headers.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200);
      answer.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
      answer.write(head.subarray(end + 4));
      isBody = true;
    });
    child.on('close', () => answer.end());
  };
}
