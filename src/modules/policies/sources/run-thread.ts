import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Outcome, done, refuse } from '#kernel/outcome';

export type ThreadRefusal = 'policies/file-broken' | 'policies/file-too-slow';

/**
 * Runs a file in a thread of its own and answers what it posts. Somebody else's text may be made to take for ever or to fill the
 * memory, and then only the thread ends.
 */
export async function runThread<Answer>(
  file: URL,
  workerData: unknown,
  milliseconds: number,
): Promise<Outcome<Answer, ThreadRefusal>> {
  const worker = new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 } });
  try {
    const [answer]: Answer[] = await once(worker, 'message', { signal: AbortSignal.timeout(milliseconds) });
    if (answer === undefined) throw new Error('a thread answers with what it found');
    return done(answer);
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'AbortError';
    return refuse(isSlow ? 'policies/file-too-slow' : 'policies/file-broken');
  } finally {
    await worker.terminate();
  }
}
