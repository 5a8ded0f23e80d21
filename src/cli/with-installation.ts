import { readConfig } from '../app/config.ts';
import { type Installation, openInstallation } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import type { Terminal } from './command.ts';

/**
 * Opens the installation for one command and lets go of it afterwards, whatever happens.
 * @param use Its signal is aborted by Ctrl-C: a command that takes long looks at it between steps that must not be torn apart.
 */
export async function withInstallation<Value>(
  terminal: Terminal,
  use: (installation: Installation, signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new StartupProblem('Stopped.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const installation = await openInstallation(readConfig(terminal.environment), terminal.say);
    try {
      return await use(installation, stopping.signal);
    } finally {
      await installation.close();
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
