import type { Config } from './config.ts';

type Level = Config['logLevel'];
/**
 * Counts, durations, codes, ids of public objects. Never names, addresses, subjects or texts: a log is kept and copied
 * carelessly.
 */
type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export type Log = {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts, error?: unknown): void;
};

type Sink = {
  /** Whole lines, with their end. */
  write(line: string): unknown;
  isTTY?: boolean;
};

const weight: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/**
 * The process's own log: one JSON object a line (`time`, `level`, `event`, facts), or words when a person is watching.
 * Standard output stays free for what a command was asked to print.
 */
export function createLog({ level, sink, now }: { level: Level; sink: Sink; now: () => Date }): Log {
  const write = (kind: Level, event: string, facts: LogFacts, error?: unknown) => {
    if (weight[kind] < weight[level]) return;
    const all = { ...facts, ...(error === undefined ? {} : describe(error)) };
    sink.write(
      sink.isTTY
        ? readable(now(), kind, event, all)
        : `${JSON.stringify({ time: now().toISOString(), level: kind, event, ...all })}\n`,
    );
  };
  return {
    debug: (event, facts = {}) => write('debug', event, facts),
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    error: (event, facts = {}, error) => write('error', event, facts, error),
  };
}

// Only where the code broke: PostgreSQL puts the row into `detail`, and a message may quote what a person typed.
function describe(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    error: error.name,
    code,
    stack: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' | '),
  };
}

function readable(time: Date, level: Level, event: string, facts: LogFacts): string {
  const shown = Object.entries(facts).filter(([, value]) => value !== undefined);
  const mark = level === 'info' ? '' : `${level}: `;
  const details = shown.map(
    ([name, value]) => `${name}=${typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : value}`,
  );
  return `${[time.toISOString().slice(11, 19), mark + event, ...details].join('  ')}\n`;
}
