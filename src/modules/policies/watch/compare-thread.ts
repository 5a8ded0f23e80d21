import { parentPort, workerData } from 'node:worker_threads';
import { compareCopy } from './compare-copy.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the one file that starts this thread hands in
const { ours, theirs } = workerData as { ours: string; theirs: string };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window and has no origin
parentPort?.postMessage(compareCopy(ours, theirs));
