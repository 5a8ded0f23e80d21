import { commands } from './commands.ts';
import { runCommand } from './run-command.ts';

// A line that is being written over has no end yet.
let shown = false;
function endShown(): void {
  if (shown) process.stderr.write('\n');
  shown = false;
}

process.exitCode = await runCommand(process.argv.slice(2), commands, {
  print: (line) => {
    endShown();
    process.stdout.write(`${line}\n`);
  },
  say: (line) => {
    endShown();
    process.stderr.write(`${line}\n`);
  },
  show: process.stderr.isTTY
    ? (line) => {
        process.stderr.write(`\r${line}\x1b[K`);
        shown = true;
      }
    : null,
  input: process.stdin,
  environment: process.env,
  now: () => new Date(),
});
