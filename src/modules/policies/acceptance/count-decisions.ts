import { type Context, scopeOf } from '#kernel/context';

export type VersionCount = {
  readonly version: number;
  readonly accepted: number;
  readonly carried: number;
  readonly refused: number;
  readonly withdrawn: number;
};

export type DecisionCounts = {
  /** Newest version first; of each person the last thing said about that version. */
  readonly versions: readonly VersionCount[];
  /** Accounts here that said nothing about any version. People without an account are not known, and are not in it. */
  readonly neverAnswered: number;
};

/** How many decided how, without who. */
export async function countDecisions(ctx: Context, { documentId }: { documentId: string }): Promise<DecisionCounts> {
  scopeOf(ctx, 'policies:read');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow();
  ctx.require('policies:read', { department: document.departmentId });
  const rows = await ctx.db
    .selectFrom((eb) =>
      eb
        .selectFrom('policies.decision')
        .distinctOn(['subjectId', 'version'])
        .select(['subjectId', 'version', 'kind'])
        .where('documentId', '=', documentId)
        .orderBy('subjectId')
        .orderBy('version')
        .orderBy('n', 'desc')
        .as('last'),
    )
    .select(['last.version', 'last.kind', (eb) => eb.fn.countAll<string>().as('people')])
    .groupBy(['last.version', 'last.kind'])
    .execute();
  const people = (version: number, kind: string) =>
    Number(rows.find((row) => row.version === version && row.kind === kind)?.people ?? 0);
  const versions = [...new Set(rows.map(({ version }) => version))].toSorted((a, b) => b - a);
  const silent = await ctx.db
    .selectFrom('accounts.account as account')
    .leftJoin('policies.acceptor as acceptor', 'acceptor.accountId', 'account.id')
    .select((eb) => eb.fn.countAll<string>().as('people'))
    .where('account.kind', '=', 'user')
    .where('account.leftAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policies.decision as decision')
            .select('decision.n')
            .whereRef('decision.subjectId', '=', 'acceptor.subjectId')
            .where('decision.documentId', '=', documentId),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return {
    versions: versions.map((version) => ({
      version,
      accepted: people(version, 'accepted'),
      carried: people(version, 'carried'),
      refused: people(version, 'refused'),
      withdrawn: people(version, 'withdrawn'),
    })),
    neverAnswered: Number(silent.people),
  };
}
