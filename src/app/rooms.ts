import { fileURLToPath } from 'node:url';

/** A part of the code that keeps its own PostgreSQL schema, made and changed by the `.sql` files of one folder. */
export type Room = {
  /** The folder's name; the schema is the same with `_` for `-`. */
  name: string;
  /** Absolute; a room without this folder keeps nothing. */
  sqlFolder: string;
};

const inSource = (name: string, folder: string): Room => ({
  name,
  sqlFolder: fileURLToPath(new URL(`../${folder}/sql`, import.meta.url)),
});

/** All rooms in the order in which their schemas are made: a room may refer to those before it. */
export const rooms: readonly Room[] = [
  inSource('kernel', 'kernel'),
  inSource('ledger', 'ledger'),
  inSource('mail', 'mail'),
  inSource('organisation', 'modules/organisation'),
  inSource('accounts', 'modules/accounts'),
  inSource('policies', 'modules/policies'),
  inSource('support', 'modules/support'),
];

export function schemaOf(room: Room): string {
  return room.name.replaceAll('-', '_');
}
