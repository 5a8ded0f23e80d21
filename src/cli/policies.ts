import { UsageProblem, type Command, type ExitCode, type Terminal } from './command.ts';
import { nearest } from './nearest.ts';
import { policiesAt } from './policies-at.ts';

/** One thing that `policies` can do, in a file of its own. */
export type PoliciesPart = {
  readonly name: string;
  /** Behind `npm run troth -- policies `. */
  readonly usage: string;
  /** Lines of help, without the line of usage. */
  readonly help: string;
  /** @param args What follows the part's name. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
};

/** In the order in which help lists them. */
const parts: readonly PoliciesPart[] = [policiesAt];

const names = parts.map(({ name }) => name);

export const policies: Command = {
  name: 'policies',
  summary: `Answers questions about your policies: ${names.map((name) => `policies ${name}`).join(', ')}`,
  help: [
    ...parts.map(({ usage }, i) => `${i === 0 ? 'Usage:' : '      '} npm run troth -- policies ${usage}`),
    '',
    ...parts.map(({ help }) => help),
  ].join('\n'),
  run(args, terminal) {
    const [what, ...rest] = args;
    const part = parts.find(({ name }) => name === what);
    if (part) return part.run(rest, terminal);
    const meant = what === undefined ? undefined : nearest(what, names);
    throw new UsageProblem(`Say what to do: policies ${meant ?? names.join(', policies ')}.`);
  },
};
