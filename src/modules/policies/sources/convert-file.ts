import type { Outcome } from '#kernel/outcome';
import type { FoundText } from './markdown-of-html.ts';
import { runThread, type ThreadRefusal } from './run-thread.ts';

export type ConvertRefusal = ThreadRefusal;

/** A contract of 200 pages takes under a second. */
const usualMilliseconds = 20_000;

/** Reads a file of another kind as Markdown, in a thread with its own bounds of time and memory. */
export function convertFile(
  kind: 'html' | 'docx',
  bytes: Uint8Array,
  milliseconds = usualMilliseconds,
): Promise<Outcome<FoundText, ConvertRefusal>> {
  return runThread(new URL('./convert-thread.ts', import.meta.url), { kind, bytes }, milliseconds);
}
