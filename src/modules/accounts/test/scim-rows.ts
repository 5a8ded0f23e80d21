import { rowId } from '../../../kernel/ids.ts';
import type { TestLedger } from '../../../../tests/support/ledger.ts';

/** A group of a directory with these members, mapped to nothing. */
export async function scimGroup(ledger: TestLedger, connectionId: string, members: readonly string[] = []): Promise<string> {
  const id = rowId(ledger.now());
  const times = { createdAt: ledger.now(), changedAt: ledger.now() };
  const unmapped = { externalId: null, role: null, departmentId: null };
  await ledger.db
    .insertInto('accounts.scimGroup')
    .values({ id, connectionId, displayName: id, nameKey: id, ...unmapped, ...times })
    .execute();
  for (const accountId of members) await ledger.db.insertInto('accounts.scimMember').values({ groupId: id, accountId }).execute();
  return id;
}

/** The directory says from now on whether this account may sign in. */
export async function scimUser(ledger: TestLedger, connectionId: string, accountId: string): Promise<void> {
  const times = { createdAt: ledger.now(), changedAt: ledger.now(), deactivatedAt: null, removedAt: null };
  await ledger.db
    .insertInto('accounts.scimUser')
    .values({ accountId, connectionId, userKey: accountId, externalId: null, attributes: '{}', ...times })
    .execute();
}

/** The directory wants to. */
export async function scimClaim(ledger: TestLedger, connectionId: string, accountId: string): Promise<void> {
  await ledger.db
    .insertInto('accounts.scimClaim')
    .values({ connectionId, accountId, userName: accountId, externalId: null, askedAt: ledger.now() })
    .execute();
}
