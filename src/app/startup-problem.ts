/**
 * Something outside the code keeps Troth from starting or a command from finishing: a full disk, a wrong setting, a database that
 * is newer than the code. The message is a whole sentence for the person at the terminal and says how to mend it, so the command
 * line prints it without a stack. Never used for bugs.
 */
export class StartupProblem extends Error {
  override readonly name = 'StartupProblem';
}

/** The code of a system or PostgreSQL error (`ENOENT`, `57P03`), or undefined when the value carries none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
