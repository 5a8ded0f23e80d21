import { homedir } from 'node:os';
import { join } from 'node:path';

type Surroundings = {
  platform: NodeJS.Platform;
  isRoot: boolean;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
};

/**
 * Where Troth keeps its data unless TROTH_DATA says otherwise: the operating system's folder for application data, never the
 * checkout, so that deleting or updating the checkout cannot touch what people published.
 */
export function defaultDataFolder(around: Surroundings = surroundings()): string {
  const { platform, isRoot, home, env } = around;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'troth');
  if (platform === 'darwin') return join(isRoot ? '/' : home, 'Library', 'Application Support', 'troth');
  // A home of root is closed to every other account, and PostgreSQL refuses to run as root, so it could not reach its files
  // there.
  if (isRoot) return '/var/lib/troth';
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'troth');
}

function surroundings(): Surroundings {
  return { platform: process.platform, isRoot: process.getuid?.() === 0, home: homedir(), env: process.env };
}
