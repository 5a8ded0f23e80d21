import type { Context } from '#kernel/context';
import { type Content, openContent } from './content.ts';
import './tables.ts';

export type CaughtMail = Content & { readonly id: string; readonly createdAt: Temporal.Instant };

/** What development and the sample kept instead of sending it, the newest first, at most a hundred. */
export async function readCaught({ db, secrets }: Pick<Context, 'db' | 'secrets'>): Promise<CaughtMail[]> {
  const rows = await db
    .selectFrom('mail.message')
    .select(['id', 'content', 'createdAt'])
    .where('state', '=', 'caught')
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.flatMap(({ id, content, createdAt }) => (content ? [{ ...openContent(secrets, id, content), id, createdAt }] : []));
}
