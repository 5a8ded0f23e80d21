import { StartupProblem } from '../app/startup-problem.ts';
import type { Terminal } from './command.ts';

// Far above any passphrase, and small enough that a file piped in by mistake is noticed.
const longest = 10_000;

const [ctrlC, ctrlD, ctrlU, backspace] = ['\u0003', '\u0004', '\u0015', '\u007f'];

/**
 * Reads a new passphrase: from a keyboard twice and without showing it, from a pipe or file the first line.
 * @throws StartupProblem when the two differ, nothing was given, or Ctrl-C was pressed.
 */
export async function readPassphrase(terminal: Terminal): Promise<string> {
  if (!terminal.input.isTTY) return readPiped(terminal.input);
  terminal.say('Passphrase of the owner (it is not shown while you type):');
  const first = await readHidden(terminal.input);
  terminal.say('The same once more:');
  if ((await readHidden(terminal.input)) === first) return first;
  throw new StartupProblem('The two passphrases are not the same. Nothing was changed; run the command again.');
}

async function readPiped(input: Terminal['input']): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const incoming: AsyncIterable<Uint8Array | string> = input;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (bytes.includes(10)) break;
    if (length > longest) throw new StartupProblem(`Standard input holds no line of at most ${longest} bytes.`);
  }
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
  if (line === '') {
    throw new StartupProblem('Standard input held no passphrase. Type it in a terminal, or pipe one line in.');
  }
  return line;
}

/** Raw mode hands over each key instead of echoing it, so what the line editor would do is done here. */
function readHidden(input: Terminal['input']): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (settle: () => void) => {
      input.off('data', take).off('end', stop).pause();
      input.setRawMode?.(false);
      settle();
    };
    const stop = () => finish(() => reject(new StartupProblem('Stopped. Nothing was changed.')));
    const take = (chunk: string) => {
      const letters = Array.from(chunk);
      for (const [at, letter] of letters.entries()) {
        if (letter === '\r' || letter === '\n') {
          // Whoever pastes both answers at once has typed the second already.
          const rest = letters.slice(at + 1).join('');
          return finish(() => {
            if (rest !== '') input.unshift(rest, 'utf8');
            resolve(typed);
          });
        }
        if (letter === ctrlC || letter === ctrlD) return stop();
        if (letter === backspace || letter === '\b') typed = typed.replace(/.$/u, '');
        else if (letter === ctrlU) typed = '';
        else if (letter >= ' ') typed += letter;
      }
    };
    input.setEncoding('utf8');
    input.setRawMode?.(true);
    input.on('data', take).on('end', stop).resume();
  });
}
