import { parentPort, workerData } from 'node:worker_threads';
import { compareCopy } from './compare-copy.ts';

const { ours, theirs } = workerData as { ours: string; theirs: string };
parentPort?.postMessage(compareCopy(ours, theirs));
