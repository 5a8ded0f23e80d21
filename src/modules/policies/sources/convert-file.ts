import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { FoundText } from './markdown-of-html.ts';

export type ConvertRefusal = 'policies/file-broken' | 'policies/file-too-slow';

/** A contract of 200 pages takes under a second. */
const usualMilliseconds = 20_000;

/** Reads a file of another kind as Markdown, in a thread with its own bounds of time and memory. */
export async function convertFile(
  kind: 'html' | 'docx',
  bytes: Uint8Array,
  milliseconds = usualMilliseconds,
): Promise<Outcome<FoundText, ConvertRefusal>> {
  const worker = new Worker(new URL('./convert-thread.ts', import.meta.url), {
    workerData: { kind, bytes },
    resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
  });
  try {
    const [found]: FoundText[] = await once(worker, 'message', { signal: AbortSignal.timeout(milliseconds) });
    if (!found) throw new Error('a thread answers with what it found');
    return done(found);
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'AbortError';
    return refuse(isSlow ? 'policies/file-too-slow' : 'policies/file-broken');
  } finally {
    await worker.terminate();
  }
}
