import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Names a running process so that a later process under the same pid is not taken for it (containers start at pid 1 every time).
 * @returns Pid and start time on Linux, the pid elsewhere; undefined when nothing runs under this pid. A zombie counts as gone:
 *   in a container whose first process is Node nobody reaps an adopted server.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    let stat: string;
    try {
      stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    } catch {
      return undefined;
    }
    // The command name (field 2) may hold spaces and brackets, so count from its closing bracket: state is field 3, start time
    // field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${pid}-${fields[19]}`;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return undefined;
  }
  return `${pid}`;
}

/** Whether the process under this pid is a PostgreSQL server started on `clusterFolder` (our launcher always passes `-D`). */
export function isServerOf(pid: number, clusterFolder: string): boolean {
  if (processIdentity(pid) === undefined) return false;
  const command = commandLine(pid);
  return command === undefined || (command.includes('postgres') && command.includes(clusterFolder));
}

function commandLine(pid: number): string | undefined {
  try {
    // Readable by every account, unlike /proc/PID/cwd, which root in a container without CAP_SYS_PTRACE may not read.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'win32') return undefined;
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
