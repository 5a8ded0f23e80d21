import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { markdownOfDocx } from './markdown-of-docx.ts';
import { markdownOfHtml } from './markdown-of-html.ts';

// A thread of its own: somebody else's file may be made to take for ever or to fill the memory, and then only this ends.
const { kind, bytes } = z.strictObject({ kind: z.enum(['html', 'docx']), bytes: z.instanceof(Uint8Array) }).parse(workerData);
const found = kind === 'docx' ? await markdownOfDocx(Buffer.from(bytes)) : markdownOfHtml(Buffer.from(bytes).toString('utf8'));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the process this is a thread of, not to a window
parentPort?.postMessage(found);
