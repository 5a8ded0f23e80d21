import { importsOf, type Sources, withoutComments } from './source-graph.ts';

/** What a function of a module's front door asks of whoever acts, read off the code. */
export type VerbPermissions = {
  readonly module: string;
  readonly name: string;
  readonly writes: boolean;
  /** Sorted; empty when it asks for none. */
  readonly asks: readonly string[];
};

type Declared = { readonly path: string; readonly name: string; readonly body: string };
type Index = { readonly functions: ReadonlyMap<string, Declared>; readonly sources: Sources };

const declaration = /^(?:export )?(?:async )?function\*? (\w+)/;
const takesContext = /^[^(]*\(\s*(?:\w+|\{[^}]*\}): (?:Context|Pick<Context)\b/;
const asked =
  /(?:\brequire\(|\bscopeOf\(\s*\w+,|\bownAccount\(\s*\w+,|\bnew PermissionMissing\()\s*(?:'([a-z]+:[a-z-]+)'|(provision)\b)/g;
const written = /\b(?:insertInto|updateTable|deleteFrom|enqueue)\(|\.record\(|\b(?:insert into|delete from) [a-z_]+\./;

/** Every function behind a front door that is given a context, and what it and all that it calls ask for. */
export function readVerbs(sources: Sources): VerbPermissions[] {
  const index = { functions: readFunctions(sources), sources };
  return [...sources]
    .filter(([path]) => /^src\/modules\/\w+\/index\.ts$/.test(path))
    .flatMap(([path, text]) => exportsOf(path, text).map((key) => [path.split('/')[2] ?? '', index.functions.get(key)] as const))
    .flatMap(([module, verb]) => {
      if (!verb || !takesContext.test(verb.body)) return [];
      return [{ module, name: verb.name, ...askedBy(index, verb) }];
    })
    .toSorted((a, b) => (`${a.module} ${a.name}` < `${b.module} ${b.name}` ? -1 : 1));
}

function askedBy(index: Index, verb: Declared): Pick<VerbPermissions, 'asks' | 'writes'> {
  const asks = new Set<string>();
  let writes = false;
  const seen = new Set<Declared>();
  const waiting = [verb];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const [, literal] of next.body.matchAll(asked)) asks.add(literal ?? 'scim:provision');
    writes ||= written.test(next.body);
    waiting.push(...calledBy(index, next));
  }
  return { asks: [...asks].toSorted(), writes };
}

/** Functions of the same file or of an imported one that are named in the body. */
function calledBy({ functions, sources }: Index, { path, name, body }: Declared): Declared[] {
  const targets = importsOf(path, sources.get(path) ?? '').flatMap(({ target }) => target ?? []);
  const names = new Set([...body.matchAll(/\b(\w+)\(/g)].flatMap(([, called]) => (called === name ? [] : (called ?? []))));
  return [...names].flatMap((called) => {
    const found = [path, ...targets].map((file) => functions.get(`${file} ${called}`)).find((each) => each !== undefined);
    return found ?? throughDoor(functions, sources, targets, called);
  });
}

function throughDoor(functions: Index['functions'], sources: Sources, targets: readonly string[], called: string): Declared[] {
  const keys = targets.filter((path) => path.endsWith('/index.ts')).flatMap((path) => exportsOf(path, sources.get(path) ?? ''));
  return keys.flatMap((key) => (key.endsWith(` ${called}`) ? (functions.get(key) ?? []) : []));
}

/** What a front door hands out, as `file name`. */
function exportsOf(path: string, text: string): string[] {
  return [...withoutComments(text).matchAll(/export \{([^}]*)\} from '([^']+)'/g)].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => `${importsOf(path, `import x from '${from}'`)[0]?.target ?? ''} ${name}`),
  );
}

/** Top-level functions; the formatter puts their last brace alone at the start of a line. */
function readFunctions(sources: Sources): Map<string, Declared> {
  const functions = new Map<string, Declared>();
  for (const [path, text] of sources) {
    const lines = withoutComments(text).split('\n');
    for (const [at, line] of lines.entries()) {
      const name = declaration.exec(line)?.[1];
      if (name === undefined) continue;
      const body = lines.slice(at, lines.indexOf('}', at)).join('\n');
      functions.set(`${path} ${name}`, { path, name, body });
    }
  }
  return functions;
}
