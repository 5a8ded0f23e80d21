import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { readOrganisation } from './establish-organisation.ts';

export type Release = {
  readonly version: string;
  /** `name sha256-hex` of each file that runs in a visitor's browser, sorted. */
  readonly files: readonly string[];
};

/**
 * States in the public record which programs visitors are handed, once for each set of files: who was given another one can show it.
 * Before set-up there is no record to state it in.
 */
export async function recordRelease(ctx: Context, { version, files }: Release): Promise<Outcome<{ stated: boolean }, never>> {
  ctx.require('organisation:manage');
  const organisation = await readOrganisation(ctx);
  if (!organisation) return done({ stated: false });
  const listed = files.join('\n');
  const { clientFiles } = await ctx.db
    .selectFrom('organisation.organisation')
    .select('clientFiles')
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (clientFiles === listed) return done({ stated: false });
  await ctx.db.updateTable('organisation.organisation').set({ clientFiles: listed }).execute();
  await ctx.record({ type: 'release.client-files', object: organisation.object, fields: { release: version, files } });
  return done({ stated: true });
}
