import { UsageProblem, type Command, type CommandPart } from './command.ts';
import { nearest } from './nearest.ts';
import { policiesAt } from './policies-at.ts';
import { policiesChanges } from './policies-changes.ts';

/** In the order in which help lists them. */
const parts: readonly CommandPart[] = [policiesAt, policiesChanges];

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
