import { argon2Sync } from 'node:crypto';
import { answerParent } from './answer-parent.ts';
import { withSampleServer } from './sample-server.ts';

/** With accounts whose passphrase costs next to nothing to check: what is measured is everything around it. */
const [count = '0', passphrase = ''] = process.argv.slice(2);

await withSampleServer(async ({ url, installation: { ledger } }) => {
  const nonce = Buffer.alloc(16, 1);
  const message = Buffer.from(passphrase);
  const tag = argon2Sync('argon2id', { message, nonce, tagLength: 32, memory: 8, passes: 1, parallelism: 1 });
  const now = ledger.now();
  await ledger.db
    .insertInto('accounts.account')
    .values(
      Array.from({ length: Number(count) }, (_, i) => ({
        id: crypto.randomUUID(),
        kind: 'staff' as const,
        email: `bench-${i}@example.org`,
        name: null,
        passphraseHash: `$argon2id$v=19$m=8,t=1,p=1$${base64(nonce)}$${base64(tag)}`,
        passphraseSetAt: now,
        createdAt: now,
        leftAt: null,
      })),
    )
    .execute();
  await new Promise<void>((resolve) => answerParent(url, resolve));
});
process.exit(0);

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
