import { join, relative } from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';

export type Counts = { passed: number; failed: number; skipped: number };

type Run = {
  root: string;
  /** Relative to `root`. */
  files: readonly string[];
  environment: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

// Two, because browser and database work beside the test process, and a small machine has two cores.
const concurrency = 2;
const fileLimit = 10 * 60_000;

/** Runs test files, each in a process of its own, and prints a line a file and every failure in full. */
export async function runFiles({ root, files, environment, signal }: Run): Promise<Counts> {
  Object.assign(process.env, environment);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const failedIn = new Map<string, number>();
  const events = run({
    files: files.map((file) => join(root, file)),
    cwd: root,
    concurrency,
    timeout: fileLimit,
    execArgv: ['--import', pathToFileURL(join(root, 'src', 'load.js')).href],
    signal,
  });
  events.on('test:stderr', ({ message }) => void process.stderr.write(message));
  events.on('test:stdout', ({ message }) => void process.stdout.write(message));
  events.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    // node:test counts a file that registers nothing as one passed test; here it is a mistake.
    if (event.name === event.file) {
      count(event.file, 'failed');
      failures.push(`✖ ${relative(root, event.name)} holds no test`);
      return;
    }
    const kind = event.skip !== undefined || event.todo !== undefined ? 'skipped' : 'passed';
    count(event.file, kind);
    if (kind === 'skipped') console.log(`left out: ${event.name}${typeof event.skip === 'string' ? ` (${event.skip})` : ''}`);
  });
  events.on('test:fail', (event) => {
    // A suite fails because a test in it did, which has been counted; on its own only when its hooks fail.
    const { cause, message } = event.details.error;
    if (event.details.type === 'suite' && /subtests? failed/.test(message)) return;
    if (event.todo !== undefined) return;
    count(event.file, 'failed');
    const where = `${event.file ? relative(root, event.file) : ''}${event.line ? `:${event.line}` : ''}`;
    const ending = 'exitCode' in event.details.error ? `, exit code ${String(event.details.error.exitCode)}` : '';
    failures.push(`✖ ${event.name}\n  ${where}\n${indent(describe(cause ?? message) + ending)}`);
  });
  events.on('test:summary', ({ file, duration_ms: duration, counts: { passed } }) => {
    if (file === undefined) return;
    const failed = failedIn.get(file) ?? 0;
    const mark = failed > 0 ? '✖' : '✔';
    console.log(
      `${mark} ${relative(root, file)}  ${passed}${failed > 0 ? `, ${failed} failed` : ''}  ${(duration / 1000).toFixed(1)} s`,
    );
  });
  // Reading to the end is what drives the run.
  for await (const event of events) void event;
  if (signal.aborted) {
    counts.failed += 1;
    failures.push('✖ The run was interrupted.');
  }
  if (failures.length > 0) console.log(`\n${failures.join('\n\n')}`);
  return counts;

  function count(file: string | undefined, kind: keyof Counts): void {
    counts[kind] += 1;
    if (kind === 'failed') failedIn.set(file ?? '', (failedIn.get(file ?? '') ?? 0) + 1);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Frames of Node itself say nothing about the guarantee that broke.
  const lines = (error.stack ?? error.message).split('\n').filter((line) => !/^\s+at .*(node:|Promise\.all)/.test(line));
  return lines.slice(0, 40).join('\n') + (error.cause instanceof Error ? `\ncaused by ${describe(error.cause)}` : '');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
