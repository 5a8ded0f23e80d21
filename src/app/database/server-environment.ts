/**
 * The environment PostgreSQL is started with: ours without what would change its meaning. Its messages must stay English, because
 * they are read to explain a failure, and a PGPORT or PGDATA of the operator is about another server.
 */
export function serverEnvironment(): Record<string, string | undefined> {
  const foreign = /^(PG|TROTH_|DATABASE_URL$|NODE_)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
