import { parentPort, workerData } from 'node:worker_threads';
import { markdownOfDocx } from './markdown-of-docx.ts';
import { markdownOfHtml } from './markdown-of-html.ts';

// A thread of its own: somebody else's file may be made to take for ever or to fill the memory, and then only this ends.
const { kind, bytes } = workerData as { kind: 'html' | 'docx'; bytes: Uint8Array };
parentPort?.postMessage(
  kind === 'docx' ? await markdownOfDocx(Buffer.from(bytes)) : markdownOfHtml(Buffer.from(bytes).toString('utf8')),
);
