import { parseArgs } from 'node:util';
import type { Context } from '#kernel/context';
import { observe } from '#ledger';
import { listChanges, listPolicies, type PolicyRecord, readPolicy, type VersionChange } from '#policies';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type CommandPart, type Terminal } from './command.ts';
import { changeColumns, describeChange } from './describe-change.ts';
import { nearest } from './nearest.ts';
import { withInstallation } from './with-installation.ts';

export const policiesChanges: CommandPart = {
  name: 'changes',
  usage: 'changes (--all | SLUG [NUMBER])',
  help: `changes prints what each version changed against the one before it, oldest first: the classes of its changes, how many
clauses changed in wording and how many only in white space, markup, link targets, punctuation, date or order, and what the
detectors saw. Versions that were imported are there too. With the NUMBER of a version, each change of wording is printed,
with what was seen in it; --all is every policy of the installation. The detectors look for words and numbers; that they saw
nothing does not mean that nothing changed. Exit code 1 when there is no such policy or version, or its text was withheld.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { all: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [slug, number, ...more] = positionals;
    if (more.length > 0) throw new UsageProblem(`"${more[0]}" is one word too many.`);
    if (values.all === (slug !== undefined)) throw new UsageProblem('Name a policy, or say --all.');
    if (number !== undefined && !/^[1-9]\d{0,8}$/.test(number))
      throw new UsageProblem(`"${number}" is not the number of a version.`);
    await withInstallation(terminal, async ({ ledger }) => {
      const ctx = observe(ledger, operator);
      if (slug === undefined) return table(ctx, await listPolicies(ctx), terminal);
      const record = await readPolicy(ctx, slug);
      if (!record) throw new StartupProblem(await unknown(ctx, slug));
      return number === undefined ? table(ctx, [record], terminal) : detail(ctx, record, Number(number), terminal);
    });
    return 0;
  },
};

async function unknown(ctx: Context, slug: string): Promise<string> {
  const slugs = (await listPolicies(ctx)).map(({ document }) => document.slug);
  const meant = nearest(slug, slugs);
  const known = slugs.length === 0 ? 'There is none yet.' : `There are ${slugs.join(', ')}.`;
  return `There is no policy "${slug}". ${meant ? `Did you mean "${meant}"?` : known}`;
}

async function table(ctx: Context, records: readonly PolicyRecord[], terminal: Terminal): Promise<void> {
  const rows: string[][] = [];
  for (const record of records)
    for await (const change of listChanges(ctx, record)) rows.push([record.document.slug, ...changeColumns(change)]);
  if (rows.length === 0) return terminal.print('No policy has a second version yet.');
  const all = [['policy', 'versions', 'wording', 'other', 'classes', 'seen'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of all) {
    const cells = row.map((cell, column) =>
      isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    terminal.print(cells.join('  ').trimEnd());
  }
}

const isNumber = (column: number) => column === 2 || column === 3;

async function detail(ctx: Context, record: PolicyRecord, number: number, terminal: Terminal): Promise<void> {
  const { slug } = record.document;
  if (!record.versions.some((version) => version.number === number))
    throw new StartupProblem(`${slug} has no version ${number}; its newest is ${record.versions[0]?.number ?? 'still a draft'}.`);
  let found: VersionChange | undefined;
  for await (const change of listChanges(ctx, record)) if (change.after === number) found = change;
  if (!found) throw new StartupProblem(`Version ${number} of ${slug} is the first; there is nothing before it.`);
  if (!found.comparison) throw new StartupProblem(`A text of ${slug} ${found.before} or ${number} was withheld.`);
  for (const line of describeChange(found, found.comparison)) terminal.print(line);
}
