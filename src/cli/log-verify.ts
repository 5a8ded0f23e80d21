import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBundle, parsePolicy, type Policy, verifyBundle } from '@troth/tlog';
import { readConfig } from '../app/config.ts';
import { errorCode, StartupProblem } from '../app/startup-problem.ts';
import { policyText } from '../surfaces/log/serve-log.ts';
import { explainForce, explainReport, type ForceAnswers, type ReportView, verifyText } from '../surfaces/verify/index.ts';
import { UsageProblem, type ExitCode, type Terminal } from './command.ts';
import { fetchBounded } from './fetch-bounded.ts';
import { verifyLog } from './verify-log.ts';
import { withInstallation } from './with-installation.ts';

const largestBundle = 64 * 2 ** 20;
const largestPolicy = 2 ** 20;
const fetchMilliseconds = 60_000;

const howToGetOne =
  'Name whom you trust with --policy FILE. The organisation gives the file at /log/policy of its site; ' +
  'compare it with one that you got by another way, because a site that lies gives false keys too.';

/** Checks a bundle or, at an address, a whole log. */
export async function verifyAnything(
  target: string,
  { policyFile, on }: { readonly policyFile: string | undefined; readonly on: string | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const policy = policyFile === undefined ? null : await readPolicyFile(policyFile);
  if (on !== undefined && /^https?:\/\//i.test(target)) throw new UsageProblem('A day is asked of a proof, not of a whole log.');
  if (/^https?:\/\//i.test(target)) return verifyAddress(target, policy, terminal);
  const bytes = await readBounded(target, largestBundle);
  const bundle = parseBundle(bytes);
  if (!bundle.ok) throw new StartupProblem(`${target} is not a proof as Troth gives them out (${bundle.refusal}).`);
  const trusted = policy ?? (await ownPolicy(terminal));
  const report = verifyBundle(bundle.value, trusted, { now: terminal.now().getTime() / 1000 });
  const t = verifyText('en', Temporal.Now.timeZoneId());
  const view = explainReport(report, bundle.value, t);
  for (const line of linesOf(view)) terminal.print(line);
  if (on === undefined) return report.state === 'ok' ? 0 : 1;
  const force = explainForce(report, bundle.value, t);
  const sentences = forceSentences(force, on, target);
  for (const line of list('In force on that day?', sentences)) terminal.print(line);
  return report.state === 'ok' && force?.kind === 'days' && force.on(on).state === 'ok' ? 0 : 1;
}

function forceSentences(force: ForceAnswers | null, on: string, target: string): readonly string[] {
  if (!force) return [`${target} does not prove a version of a policy.`];
  return force.kind === 'sentence' ? [force.sentence] : [force.what, ...force.on(on).sentences, force.limit];
}

function linesOf({ verdict, items, whole, proves, doesNotProve, advice, fingerprint }: ReportView): string[] {
  const steps = [...items.flatMap(({ place, lines }) => [`\n${place}`, ...lines.map(indented)]), '', ...whole.map(indented)];
  return [
    verdict,
    ...(advice === null ? [] : [advice]),
    ...steps,
    ...list('What this proves', proves),
    ...list('What this does not prove', doesNotProve),
    ...(fingerprint === null ? [] : [`\nFingerprint of the key: ${fingerprint}`]),
  ];
}

function list(title: string, points: readonly string[]): string[] {
  return points.length > 0 ? [`\n${title}`, ...points.map((each) => `  ${each}`)] : [];
}

function indented({ glyph, text }: { glyph: string; text: string }): string {
  return `  ${glyph} ${text}`;
}

async function verifyAddress(target: string, policy: Policy | null, terminal: Terminal): Promise<ExitCode> {
  const url = URL.parse(target);
  if (!url) throw new StartupProblem(`${target} is not an address.`);
  if (!policy) throw new StartupProblem(howToGetOne);
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  // The site's root stands for both of its logs; anything else is the prefix of one log.
  const prefixes = url.pathname === '/' ? [`${base}/log/public`, `${base}/log/private`] : [base];
  let found = 0;
  let code: ExitCode = 0;
  for (const prefix of prefixes) {
    const read = (path: string, limit: number) =>
      fetchBounded(new URL(`${prefix}/${path}`), { limit, milliseconds: fetchMilliseconds });
    const report = await verifyLog(read, policy, (at, size) => terminal.show?.(`${at} of ${size} entries`));
    if (!report) continue;
    if (found > 0) terminal.print('');
    found += 1;
    for (const line of report.lines) terminal.print(line);
    if (!report.verified) code = 1;
  }
  if (found === 0) throw new StartupProblem(`There is no signed log at ${prefixes.join(' or ')}.`);
  return code;
}

async function readPolicyFile(file: string): Promise<Policy> {
  return trusted(Buffer.from(await readBounded(file, largestPolicy)).toString('utf8'), file);
}

function trusted(text: string, name: string): Policy {
  const policy = parsePolicy(text);
  if (policy.ok) return policy.value;
  const { line } = policy.facts;
  throw new StartupProblem(`${name} is not a policy file${line === undefined ? '' : `: see line ${line}`} (${policy.refusal}).`);
}

/** The keys in the database of this machine, when there is one: making one just to find it empty would help nobody. */
async function ownPolicy(terminal: Terminal): Promise<Policy> {
  const { databaseUrl, dataFolder } = readConfig(terminal.environment);
  if (databaseUrl === undefined && !existsSync(join(dataFolder, 'postgres', 'PG_VERSION'))) throw new StartupProblem(howToGetOne);
  const text = await withInstallation(terminal, ({ ledger }) => policyText(ledger));
  if (text === null) throw new StartupProblem(howToGetOne);
  terminal.say("Checked with the keys in this installation's own database.");
  return trusted(text, 'The policy of this installation');
}

async function readBounded(file: string, limit: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > limit) throw new StartupProblem(`${file} has ${size} bytes; at most ${limit} are read.`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    const reason = { ENOENT: 'there is no such file', EACCES: 'you may not read it', EISDIR: 'it is a folder' }[
      errorCode(error) ?? ''
    ];
    if (reason === undefined) throw error;
    throw new StartupProblem(`${file} cannot be read: ${reason}.`);
  }
}
