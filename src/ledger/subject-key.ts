import { randomBytes } from 'node:crypto';
import type { Secrets } from '#kernel/context';
import { deriveKey, seal, unseal } from '#kernel/crypto';
import type { Database } from '#kernel/sql';

/** The 32 bytes from which a person's labels are computed and under which their content is sealed. */
export type SubjectKey = { readonly subject: string; readonly bytes: Buffer };

type Scope = { readonly db: Database; readonly secrets: Secrets };

/** Raised when something is asked of a person whose key was deleted. Whoever reads for a person asks `isErased` first. */
export class SubjectErased extends Error {
  constructor(subject: string) {
    super(`subject ${subject} was erased`);
  }
}

const place = (subject: string) => `ledger.subject/${subject}/key`;

/** The subject's key, made at their first event. Two first events at once agree on one key, because the row decides. */
export async function subjectKey({ db, secrets }: Scope, subject: string): Promise<SubjectKey> {
  await db
    .insertInto('ledger.subject')
    .values({ id: subject, wrappedKey: secrets.seal(place(subject), randomBytes(32)), erasedAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('ledger.subject').select('wrappedKey').where('id', '=', subject).executeTakeFirstOrThrow();
  if (!row.wrappedKey) throw new SubjectErased(subject);
  return openKey(secrets, subject, row.wrappedKey);
}

/** @throws Error under another root secret than the one it was wrapped with. */
export function openKey(secrets: Secrets, subject: string, wrappedKey: Uint8Array): SubjectKey {
  return { subject, bytes: secrets.unseal(place(subject), wrappedKey) };
}

/** Seals what belongs to a person so that deleting their key destroys it, in every copy and backup. */
export function sealFor(key: SubjectKey, where: string, plain: Uint8Array): Buffer {
  return seal(deriveKey(key.bytes, 'content'), `${key.subject}/${where}`, plain);
}

export function unsealFor(key: SubjectKey, where: string, box: Uint8Array): Buffer {
  return unseal(deriveKey(key.bytes, 'content'), `${key.subject}/${where}`, box);
}

export async function isErased(db: Database, subject: string): Promise<boolean> {
  const row = await db.selectFrom('ledger.subject').select('erasedAt').where('id', '=', subject).executeTakeFirst();
  return (row?.erasedAt ?? null) !== null;
}

/** Crypto-shredding: the commitments stay, so every proof holds; what they stood for is gone. */
export async function eraseSubject(db: Database, subject: string, now: Temporal.Instant): Promise<void> {
  await db.updateTable('ledger.subject').set({ wrappedKey: null, erasedAt: now }).where('id', '=', subject).execute();
  await db.updateTable('ledger.event').set({ sealed: null }).where('object', '=', subject).where('log', '=', 'private').execute();
}
