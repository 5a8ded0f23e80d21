import type { Context } from '#kernel/context';
import { inForce } from './in-force.ts';
import { listPolicies, readVersionText } from './read-policies.ts';
import { everyone } from './scope.ts';
import { splitClauses } from './text/clauses.ts';
import { displaySource } from './text/read-text.ts';

export type PolicyHit = {
  readonly slug: string;
  readonly title: string;
  readonly clauseId: string | null;
  readonly excerpt: string;
};

/** Clauses of the texts in force that contain the words as typed. A few dozen texts of 40 kB: reading them beats keeping an index right. */
export async function searchPolicies(ctx: Context, query: string, locale: string): Promise<PolicyHit[]> {
  const wanted = query.toLocaleLowerCase(locale);
  const hits: PolicyHit[] = [];
  for (const record of await listPolicies(ctx)) {
    const { document, versions } = record;
    const current = inForce(record, everyone, ctx.now())?.version ?? versions[0];
    const text = current && (await readVersionText(ctx, document.id, current.number));
    if (!text) continue;
    const { slug, title } = document;
    if (title.toLocaleLowerCase(locale).includes(wanted)) hits.push({ slug, title, clauseId: null, excerpt: title });
    for (const clause of splitClauses(displaySource(text))) {
      if (clause.text.toLocaleLowerCase(locale).includes(wanted)) {
        hits.push({
          slug,
          title: clause.heading === '' ? title : `${title}: ${clause.heading}`,
          clauseId: clause.id,
          excerpt: clause.text,
        });
      }
    }
  }
  return hits;
}
