import { Client, type ClientBase } from 'pg';
import { errorCode, StartupProblem } from '../startup-problem.ts';

/** The oldest server our SQL is written for; `server_version_num` of PostgreSQL 15.0. */
const minimumServer = 150_000;

/** @returns Its version, such as `15.18`. @throws StartupProblem; the sentence never holds the password. */
export async function checkGivenServer(url: string): Promise<string> {
  let client: Client;
  try {
    client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch {
    throw new StartupProblem(
      'DATABASE_URL is not a PostgreSQL address. It looks like postgres://user:password@host:5432/database.',
    );
  }
  // Without a listener a connection that breaks while idle would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await serverVersion(client);
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    throw new StartupProblem(`The database at DATABASE_URL ${unreachable(error, client)}`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** @throws StartupProblem when the server is older than 15. */
export async function serverVersion(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ number: string; name: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as name",
  );
  const version = rows[0]?.name.split(' ')[0] ?? '';
  if (Number(rows[0]?.number) < minimumServer) {
    throw new StartupProblem(
      `The server is PostgreSQL ${version}; Troth needs 15 to 18. Upgrade it, or set DATABASE_URL to another.`,
    );
  }
  return version;
}

function unreachable(error: unknown, { host, port, database, user }: Client): string {
  const code = errorCode(error) ?? '';
  const place = `${host}:${port}`;
  const sentences: Record<string, string> = {
    ECONNREFUSED: `does not answer: nothing listens at ${place}. Start it, or correct the address.`,
    ENOENT: `does not answer: there is no socket in ${host}. Start it, or correct the address.`,
    ENOTFOUND: `cannot be found: the name ${host} is unknown. Correct the address.`,
    '28P01': `refuses the password of ${user}. Correct DATABASE_URL.`,
    '28000': `refuses ${user}. Allow this account in its pg_hba.conf, or correct DATABASE_URL.`,
    '3D000': `has no database "${database}". Make it (createdb ${database}), or correct DATABASE_URL.`,
    '53300': 'has no connection left. Raise its max_connections or stop what uses it.',
    '57P03': 'is starting or stopping. Try again in a moment.',
  };
  return sentences[code] ?? `cannot be used (${place}): ${error instanceof Error ? error.message : String(error)}`;
}
