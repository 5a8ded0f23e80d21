import { findCycle, importsOf, withoutComments, type Import, type Sources } from './source-graph.ts';

/** Which module may call which, through its front door. A new pair is a decision; the table must stay without circles. */
export const modulePairs: Readonly<Record<string, readonly string[]>> = {
  accounts: [],
  organisation: ['accounts'],
  policies: ['organisation', 'accounts'],
  support: ['organisation', 'accounts', 'policies'],
};

/** What each room may import besides itself; `module` stands for the front door of any module. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  design: ['kernel'],
  ledger: ['kernel'],
  mail: ['kernel'],
  module: ['kernel', 'design', 'ledger', 'mail'],
  surfaces: ['kernel', 'design', 'ledger', 'mail', 'module'],
  app: ['kernel', 'design', 'ledger', 'mail', 'module', 'surfaces'],
  cli: ['kernel', 'design', 'ledger', 'mail', 'module', 'surfaces', 'app'],
};

const isTest = (path: string) => /(^|\/)tests?\//.test(path);
const isCode = (path: string) => /\.tsx?$/.test(path);

/** One sentence for each place that breaks a rule of ARCHITECTURE.md. */
export function violations(sources: Sources): string[] {
  const found: string[] = [];
  for (const [path, text] of sources) {
    if (isCode(path)) found.push(...inCode(path, text));
    found.push(...inAnyFile(path, text));
  }
  const cycle = findCycle(new Map([...sources].filter(([path]) => isCode(path))));
  if (cycle) found.push(`files import each other in a circle: ${cycle.join(' → ')}`);
  return found;
}

function inCode(path: string, text: string): string[] {
  const found: string[] = [];
  const lines = text.split('\n').length - 1;
  const limit = isTest(path) ? 400 : 300;
  if (lines > limit) found.push(`${path} has ${lines} lines; ${limit} is the limit, so it holds two ideas`);
  const folder = path.split('/').find((part) => /^(util|helper|type|manager|service|common)s?$/i.test(part));
  if (folder !== undefined) found.push(`${path}: a folder called ${folder} says nothing about what is in it`);
  if (isTest(path) || path.startsWith('bench/')) return found;

  const code = withoutComments(text);
  const ambient = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.env\b|\bTemporal\.Now\b/.exec(code);
  if (ambient && !/^src\/(app|cli|surfaces\/client)\/|^src\/surfaces\/verify\/offline-checker\.ts$/.test(path))
    found.push(`${path} uses ${ambient[0]}; time, chance and configuration come as arguments`);
  const sql = /\bsql`|\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(|from\s*['"](?:kysely|pg|#kernel\/sql)['"]/.exec(code);
  if (sql && path.startsWith('src/surfaces/')) found.push(`${path} holds SQL (${sql[0]}); a surface calls a module`);
  for (const each of importsOf(path, text)) {
    const wrong = wrongImport(each);
    if (wrong !== undefined) found.push(`${path} imports ${each.specifier}: ${wrong}`);
  }
  return found;
}

function wrongImport({ from, specifier, target }: Import): string | undefined {
  const own = roomOf(from);
  if (own === undefined || target === undefined) return undefined;
  const other = roomOf(target);
  // A package's own `#` names lead nowhere outside of it: its package.json declares them.
  if (own.kind === 'package') return specifier.startsWith('#') || other?.name === own.name ? undefined : 'a package stands alone';
  if (other === undefined)
    return target.startsWith('src/') || target === 'package.json' ? undefined : 'the running code does not need this folder';
  if (other.name === own.name)
    return specifier.startsWith('#') && own.kind !== 'kernel' ? 'inside a room, paths are relative' : undefined;
  if (own.kind === 'module' && other.kind === 'module') {
    if (!specifier.startsWith('#')) return `another module is entered through #${other.name}`;
    return modulePairs[own.name]?.includes(other.name) ? undefined : `the pair ${own.name} → ${other.name} is not declared`;
  }
  if (!mayImport[own.kind]?.includes(other.kind)) return `${own.kind} may not know ${other.kind}`;
  // app and surfaces have no front door: only the process's edges put them together.
  const named = ['kernel', 'design', 'ledger', 'mail', 'module'].includes(other.kind);
  return named && !specifier.startsWith('#') ? 'another room is entered by its # name' : undefined;
}

function roomOf(path: string): { kind: string; name: string } | undefined {
  const [top, room = '', module = ''] = path.split('/');
  if (top === 'packages') return { kind: 'package', name: room };
  if (top !== 'src') return undefined;
  if (room === 'modules') return { kind: 'module', name: module };
  return room in mayImport ? { kind: room, name: room } : undefined;
}

function inAnyFile(path: string, text: string): string[] {
  // What is on the machine of one person helps nobody else, and tells about that person.
  const place = /(?:^|[\s"'`(=:])(?:\/(?:work|root|Users\/\w+)\/|\/home\/(?!ada\b)\w+|[A-Z]:\\+Users\\)/m.exec(text);
  return place ? [`${path} names a place on one machine: ${place[0].trim()}`] : [];
}

/** Whether following the declared pairs can come back to where it started. */
export function pairsCircle(pairs: typeof modulePairs): string[] | undefined {
  const sources = Object.entries(pairs).map(
    ([name, others]) => [name, others.map((other) => `import './${other}';`).join('\n')] as const,
  );
  return findCycle(new Map(sources));
}
