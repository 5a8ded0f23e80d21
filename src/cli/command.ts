import type { Readable } from 'node:stream';

/** 0: done. 1: it could not be done, and a sentence said why. 2: the command line was wrong. */
export type ExitCode = 0 | 1 | 2;

export type Terminal = {
  /** What the command was asked for; goes to standard output. */
  print: (line: string) => void;
  /** What happens meanwhile; goes to standard error. */
  say: (line: string) => void;
  /** Writes over the line it wrote before, until a line of another kind follows; null where no person watches. */
  show: ((line: string) => void) | null;
  /** Where a secret is typed or piped in. */
  input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  environment: Readonly<Record<string, string | undefined>>;
  now: () => Date;
};

export type Command = {
  name: string;
  /** One line, without a full stop, for the list of commands. */
  summary: string;
  /** The whole help text, beginning with the line of usage. */
  help: string;
  /** @param args What follows the command's name; parse it with `parseArgs` of node:util, whose errors become exit code 2. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
};

/** One thing that a command can do, in a file of its own. */
export type CommandPart = {
  readonly name: string;
  /** Behind `npm run troth -- COMMAND `. */
  readonly usage: string;
  /** Lines of help, without the line of usage. */
  readonly help: string;
  /** @param args What follows the part's name. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
};

/** The command line is wrong; the message is a sentence. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}
