import { dirname, join } from 'node:path/posix';

/** Path from the project's root to text, of every file that is looked at. */
export type Sources = ReadonlyMap<string, string>;

export type Import = { from: string; specifier: string; target: string | undefined };

const statement =
  /(?:^|[;}\n])\s*(?:import|export)\s+(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import, those of types too: what a file knows of is what it depends on. Templates and comments are not read as code. */
export function importsOf(path: string, text: string): Import[] {
  return [...withoutComments(text).matchAll(statement)].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    return { from: path, specifier, target: resolve(path, specifier) };
  });
}

/** The file inside the project that a specifier means; undefined for a package. */
function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  if (specifier.startsWith('#kernel/')) return `src/kernel/${specifier.slice('#kernel/'.length)}.ts`;
  if (['#ledger', '#design', '#mail'].includes(specifier)) return `src/${specifier.slice(1)}/index.ts`;
  if (specifier.startsWith('#')) return `src/modules/${specifier.slice(1)}/index.ts`;
  return undefined;
}

export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

/** The first circle of files that import each other, or undefined. */
export function findCycle(sources: Sources): string[] | undefined {
  const state = new Map<string, 'open' | 'closed'>();
  const trail: string[] = [];
  const visit = (path: string): string[] | undefined => {
    if (state.get(path) === 'closed') return undefined;
    if (state.get(path) === 'open') return [...trail.slice(trail.indexOf(path)), path];
    state.set(path, 'open');
    trail.push(path);
    for (const { target } of importsOf(path, sources.get(path) ?? '')) {
      const cycle = target !== undefined && sources.has(target) ? visit(target) : undefined;
      if (cycle) return cycle;
    }
    trail.pop();
    state.set(path, 'closed');
    return undefined;
  };
  for (const path of sources.keys()) {
    const cycle = visit(path);
    if (cycle) return cycle;
  }
  return undefined;
}
