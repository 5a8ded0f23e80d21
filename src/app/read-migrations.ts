import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, StartupProblem } from './startup-problem.ts';
import type { Room } from './rooms.ts';

export type Migration = {
  room: string;
  /** `0001_documents.sql` */
  name: string;
  sql: string;
  /** SHA-256 of the file's bytes, 64 hexadecimal digits. */
  checksum: string;
};

/** The migrations of all rooms in the order in which they are applied: room by room, in each by number. */
export function readMigrations(rooms: readonly Room[]): Migration[] {
  return rooms.flatMap(readRoom);
}

function readRoom({ name: room, sqlFolder }: Room): Migration[] {
  const names = sqlFiles(sqlFolder);
  const numbers = new Set<string>();
  return names.map((name) => {
    const number = /^(\d{4})_[a-z0-9_-]+\.sql$/.exec(name)?.[1];
    if (number === undefined) throw new StartupProblem(`${room}/${name}: a migration is named like 0001_what-it-does.sql.`);
    if (numbers.has(number)) throw new StartupProblem(`${room}: two migrations carry the number ${number}.`);
    numbers.add(number);
    const bytes = readFileSync(join(sqlFolder, name));
    return { room, name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
  });
}

function sqlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .toSorted();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
