import { Client } from 'pg';

/** One connection for one piece of work, closed afterwards whatever happens. Never in a request: those share the pool. */
export async function withClient<Value>(url: string, use: (client: Client) => Promise<Value>): Promise<Value> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks between two statements would otherwise end the process; the next statement reports it anyway.
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
