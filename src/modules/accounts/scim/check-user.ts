import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isEmailAddress } from '../create-owner.ts';
import { fold, isObject, type JsonObject } from './canonical.ts';
import { fault } from './scim-fault.ts';
import { addressIn, nameIn } from './user-resource.ts';

export type UserValues = {
  readonly userKey: string;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly name: string;
  /** What is kept as it was told. */
  readonly attributes: JsonObject;
};

export type CheckUserRefusal = 'accounts/scim-address-taken' | 'accounts/scim-invalid-value' | 'accounts/scim-user-exists';

/**
 * What a resource comes to as an account, if nobody else is in its way.
 * @param own The account that is changed; `null` for a new one.
 */
export async function checkUser(
  ctx: Context,
  connectionId: string,
  resource: JsonObject,
  own: string | null,
): Promise<Outcome<UserValues, CheckUserRefusal>> {
  const { active: _, externalId, userName, ...rest } = resource;
  // Characters that nobody sees would make two names of one.
  if (typeof userName !== 'string' || userName.trim() === '' || /[\p{Cc}\p{Cf}]/u.test(userName))
    return fault('accounts/scim-invalid-value', 'userName');
  const emails = Array.isArray(rest['emails']) ? rest['emails'].filter(isObject) : [];
  if (emails.some(({ value }) => typeof value !== 'string' || !isEmailAddress(value.trim())))
    return fault('accounts/scim-invalid-value', 'emails.value');
  const userKey = fold(userName.trim());
  const attributes = { userName, ...rest };
  const address = addressIn(attributes);
  const email = address !== null && isEmailAddress(address) ? address : null;

  const twin = await ctx.db
    .selectFrom('accounts.scimUser')
    .select('accountId')
    .where('connectionId', '=', connectionId)
    .where('userKey', '=', userKey)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (twin && twin.accountId !== own) return refuse('accounts/scim-user-exists');
  const holder = email === null ? null : await holderOf(ctx, email);
  if (holder !== null && holder !== own) return refuse('accounts/scim-address-taken');
  return done({
    userKey,
    externalId: typeof externalId === 'string' ? externalId : null,
    email,
    name: nameIn(attributes),
    attributes,
  });
}

/** The account of staff to which an address belongs, folded as the database's own index does. */
export async function holderOf(ctx: Context, email: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('kind', '=', 'staff')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn<string>('lower', [eb.val(email)])))
    .executeTakeFirst();
  return row?.id ?? null;
}
