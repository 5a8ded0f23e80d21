import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';

/**
 * Forces a file, or the names inside a folder, to the disk. Windows cannot sync folders and keeps their names in its own journal.
 */
export function syncPath(path: string): void {
  const onWindows = process.platform === 'win32';
  if (onWindows && statSync(path).isDirectory()) return;
  const descriptor = openSync(path, onWindows ? 'r+' : 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
