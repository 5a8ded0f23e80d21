import type { Terminal } from './command.ts';

const width = 32;

/**
 * Shows how far a long command is: a bar where a person watches, else a line for each tenth, so that a log stays short.
 * @returns to be called after each step.
 */
export function openProgress(terminal: Terminal, total: number, what: string): () => void {
  let at = 0;
  let told = 0;
  return () => {
    at += 1;
    const tenth = Math.floor((at / total) * 10);
    if (terminal.show) {
      const full = Math.floor((at / total) * width);
      terminal.show(`${'█'.repeat(full)}${'░'.repeat(width - full)} ${at} of ${total} ${what}`);
    } else if (tenth > told) {
      told = tenth;
      terminal.say(`${tenth * 10} %: ${at} of ${total} ${what}`);
    }
  };
}
