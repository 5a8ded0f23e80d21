import { parseVkey } from '@troth/tlog';
import { existsSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { signingKey } from '#ledger';
import type { Config } from '../config.ts';
import { readRootKey, rootKeyFile } from '../root-key.ts';
import { secretsFrom } from '../secrets-from.ts';
import { bad, good, type Finding, note } from './finding.ts';

/** Whether the root secret of this machine opens the keys with which both logs are signed, and they are the published ones. */
export async function checkLogKeys(client: ClientBase, config: Pick<Config, 'rootKey' | 'dataFolder'>): Promise<Finding> {
  const { rows: present } = await client.query<{ there: boolean }>("select to_regclass('ledger.log') is not null as there");
  if (!present[0]?.there) return note('Log keys', 'none yet; the first start prepares the database.');
  const { rows } = await client.query<{ id: 'public' | 'private'; origin: string; wrapped_seed: Buffer; verifier_key: string }>(
    'select id, origin, wrapped_seed, verifier_key from ledger.log order by id',
  );
  if (rows.length === 0) return note('Log keys', 'none yet; set-up makes them.');
  const mend = 'Put back the root key this database was made with: TROTH_ROOT_KEY, or the file keys/root in the data folder.';
  if (config.rootKey === undefined && !existsSync(rootKeyFile(config.dataFolder)))
    return bad('Log keys', 'The root key is not here.', mend);
  const secrets = secretsFrom(readRootKey(config));
  for (const { id, origin, wrapped_seed: wrappedSeed, verifier_key: verifierKey } of rows) {
    try {
      const key = signingKey(secrets, { id, origin, wrappedSeed });
      const published = parseVkey(verifierKey);
      if (!published.ok || published.value.id !== key.id)
        return bad('Log keys', `The key of the ${id} log is not the published one.`, mend);
    } catch {
      return bad('Log keys', `The root key of this machine does not open the key of the ${id} log.`, mend);
    }
  }
  return good('Log keys', `both logs can be signed: ${rows.map(({ origin }) => origin).join(', ')}`);
}

/** The confirmed public address, or undefined before set-up. */
export async function readPublicUrl(client: ClientBase): Promise<string | undefined> {
  const { rows: present } = await client.query<{ there: boolean }>(
    "select to_regclass('organisation.organisation') is not null as there",
  );
  if (!present[0]?.there) return undefined;
  const { rows } = await client.query<{ public_url: string }>('select public_url from organisation.organisation');
  return rows[0]?.public_url;
}
