import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffSentences, diffWords } from 'diff';
import { listVersions } from '../src/modules/policies/git/list-versions.ts';
import { diffTexts } from '../src/modules/policies/text/diff-texts.ts';
import type { Figure } from './print-figures.ts';

const history = fileURLToPath(new URL('../../shared/data/policies/site-policy.fast-import', import.meta.url));
/** jsdiff's word diff of a rewritten text takes minutes; this is where a reader has gone. */
const patience = 10_000;

/** Every change of a real history: ours, with classes and detectors, beside jsdiff's word and sentence diff in the same process. */
export async function measureComparisons(): Promise<Figure[]> {
  if (!existsSync(history))
    return [{ name: 'comparing real policies', value: 'left out: ../shared is not here', goal: 'p95 ≤ 60 ms', met: null }];
  const pairs = await readPairs();
  const ours = pairs.map(([before, after]) => cpu(() => diffTexts(before, after, 'en')));
  const words = pairs.map(([before, after]) => cpu(() => diffWords(before, after, { timeout: patience })));
  const sentences = pairs.map(([before, after]) => cpu(() => diffSentences(before, after, { timeout: patience })));
  const ratio = (other: readonly number[]) =>
    [0.5, 0.95, 1].map((share) => (at(ours, share) / at(other, share)).toFixed(2)).join(' / ');
  const spread = (list: readonly number[]) => [0.5, 0.95, 1].map((share) => at(list, share).toFixed(1)).join(' / ');
  const met = at(ours, 0.95) <= 60 && at(ours, 1) <= 500;
  return [
    { name: 'change, ours : jsdiff words, p50 / p95 / worst', value: ratio(words), goal: '', met: null },
    { name: 'change, ours : jsdiff sentences', value: ratio(sentences), goal: '', met: null },
    {
      name: `CPU ms for ${pairs.length} real changes, with classes and detectors`,
      value: spread(ours),
      goal: 'p95 ≤ 60, worst ≤ 500',
      met,
    },
    { name: 'CPU ms, jsdiff words', value: spread(words), goal: '', met: null },
    { name: 'CPU ms, jsdiff sentences', value: spread(sentences), goal: '', met: null },
    {
      name: 'memory of this process afterwards',
      value: `${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      goal: '',
      met: null,
    },
  ];
}

async function readPairs(): Promise<(readonly [string, string])[]> {
  const directory = await mkdtemp(join(tmpdir(), 'troth-bench-'));
  try {
    execFileSync('git', ['init', '--quiet', '--bare', directory]);
    execFileSync('git', ['-C', directory, 'fast-import', '--quiet', '--done'], { input: readFileSync(history) });
    const found = await listVersions({ directory, environment: process.env });
    if (!found.ok) throw new Error(found.refusal);
    const bySlug = Map.groupBy(await Array.fromAsync(found.value.versions), ({ slug }) => slug);
    return [...bySlug.values()].flatMap((versions) => {
      const texts = versions.map(({ bytes }) => new TextDecoder().decode(bytes));
      return texts.slice(1).map((after, index) => [texts[index] ?? '', after] as const);
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function cpu(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function at(list: readonly number[], share: number): number {
  return list.toSorted((a, b) => a - b)[Math.ceil(share * list.length) - 1] ?? Number.NaN;
}
