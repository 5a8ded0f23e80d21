import { errorCode, StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type Command, type ExitCode, type Terminal } from './command.ts';
import { nearest } from './nearest.ts';

/** Finds the command and runs it; turns what a person can mend into a sentence, and only a bug into a stack. */
export async function runCommand(args: readonly string[], commands: readonly Command[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || ['help', '--help', '-h'].includes(name)) return help(rest[0], commands, terminal);
  const command = commands.find((each) => each.name === name);
  if (!command) return unknown(name, commands, terminal);
  // Before its own parsing, so that "--help" answers even beside a mistake.
  if (rest.includes('--help') || rest.includes('-h')) return help(name, commands, terminal);
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (error instanceof UsageProblem || errorCode(error)?.startsWith('ERR_PARSE_ARGS')) {
      // Node's sentence is followed by advice on its own double dash, which helps nobody here.
      const [sentence] = (error instanceof Error ? error.message : '').split('. To specify');
      terminal.say(`${sentence?.replace(/\.$/, '')}.\n\n${command.help}`);
      return 2;
    }
    if (error instanceof StartupProblem) terminal.say(error.message);
    else
      terminal.say(`Troth met an error of its own, please report it:\n${error instanceof Error ? error.stack : String(error)}`);
    return 1;
  }
}

function help(name: string | undefined, commands: readonly Command[], terminal: Terminal): ExitCode {
  if (name === undefined) {
    terminal.print(overview(commands));
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) return unknown(name, commands, terminal);
  terminal.print(command.help);
  return 0;
}

function unknown(name: string, commands: readonly Command[], terminal: Terminal): ExitCode {
  const names = [...commands.map((command) => command.name), 'help'];
  const suggestion = nearest(name, names);
  terminal.say(`There is no command "${name}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}\n\n${overview(commands)}`);
  return 2;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length), 'help'.length);
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: npm run troth -- COMMAND [options]',
    '',
    ...lines,
    `  ${'help'.padEnd(width)}  Explains a command: npm run troth -- help COMMAND`,
    '',
    'Settings come from the environment: TROTH_DATA, DATABASE_URL, PORT, HOST and others; see the README.',
  ].join('\n');
}
