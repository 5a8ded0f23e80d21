import { Readable } from 'node:stream';
import type { Command, ExitCode, Terminal } from '../command.ts';
import { commands } from '../commands.ts';
import { runCommand } from '../run-command.ts';

type Asked = {
  environment?: Record<string, string>;
  /** What stands at standard input: a text that is piped in, or a keyboard. */
  input?: string | Terminal['input'];
  table?: readonly Command[];
  /** Gets what a watching person would see written over. */
  show?: (line: string) => void;
};

/** Runs a command in this process, as main.ts would, and collects what it writes: `printed`, `said`, and both in order. */
export async function askTroth(args: string[], { environment = {}, input = '', table = commands, show }: Asked = {}) {
  const [printed, said, lines]: [string[], string[], string[]] = [[], [], []];
  const code: ExitCode = await runCommand(args, table, {
    print(line) {
      lines.push(line);
      printed.push(line);
    },
    say(line) {
      lines.push(line);
      said.push(line);
    },
    show: show ?? null,
    input: typeof input === 'string' ? Readable.from([Buffer.from(input)]) : input,
    environment,
    now: () => new Date(),
  });
  return { code, printed, said, lines };
}
