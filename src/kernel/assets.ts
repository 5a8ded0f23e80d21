import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, transform } from 'esbuild';

/** One file that a page links to, kept in memory: streaming it from disk cost 2.6 times as much CPU a request. */
export type Asset = {
  /** Name without the hash: `site.css`. */
  readonly name: string;
  /** Address on the server, with its content hash: it may be cached for ever. */
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Absent where compressing again would gain nothing (fonts). */
  readonly gzip?: Uint8Array;
  readonly brotli?: Uint8Array;
  /** For the `integrity` attribute. */
  readonly integrity: string;
};

export type Assets = {
  /** @throws Error for a name that was never built: a page links to a file that does not exist. */
  named(name: string): Asset;
  at(path: string): Asset | undefined;
  has(name: string): boolean;
  readonly all: readonly Asset[];
};

/** Where the files come from. Styles are joined in the given order; `/assets/NAME` in them is replaced by the hashed address. */
export type AssetSources = {
  styles: Readonly<Record<string, readonly URL[]>>;
  fonts: Readonly<Record<string, URL>>;
  scripts: Readonly<Record<string, URL>>;
  images: Readonly<Record<string, URL>>;
};

/** Builds every asset once, at start. The same sources give the same bytes, hence the same addresses, on every node. */
export async function packAssets({ styles, fonts, scripts, images }: AssetSources): Promise<Assets> {
  const packed = new Map<string, Asset>();
  const keep = (asset: Asset): void => void packed.set(asset.name, asset);
  for (const [name, url] of Object.entries(fonts)) keep(await pack(name, 'font/woff2', await readFile(url)));
  for (const [name, url] of Object.entries(images)) keep(await pack(name, 'image/svg+xml', await readFile(url)));
  for (const [name, url] of Object.entries(scripts)) keep(await pack(name, 'text/javascript; charset=utf-8', await bundle(url)));
  for (const [name, urls] of Object.entries(styles)) {
    const source = (await Promise.all(urls.map((url) => readFile(url, 'utf8')))).join('\n');
    const { code } = await transform(source, { loader: 'css', minify: true, legalComments: 'none', target: 'chrome123' });
    const linked = code.replaceAll(/\/assets\/([\w.-]+)/g, (_, font: string) => find(packed, font).path);
    keep(await pack(name, 'text/css; charset=utf-8', Buffer.from(linked)));
  }
  const byPath = new Map([...packed.values()].map((asset) => [asset.path, asset]));
  return {
    named: (name) => find(packed, name),
    at: (path) => byPath.get(path),
    has: (name) => packed.has(name),
    all: [...packed.values()],
  };
}

function find(packed: ReadonlyMap<string, Asset>, name: string): Asset {
  const asset = packed.get(name);
  if (!asset) throw new Error(`There is no asset ${name}.`);
  return asset;
}

async function bundle(entry: URL): Promise<Uint8Array> {
  const path = fileURLToPath(entry);
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    minify: true,
    // Classic and import-free: the content policy gives an integrity hash to each file, which imports would escape.
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    absWorkingDir: fileURLToPath(new URL('.', entry)),
    logLevel: 'silent',
  });
  const file = outputFiles[0];
  if (!file) throw new Error(`Nothing came out of ${path}.`);
  return file.contents;
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

async function pack(name: string, mediaType: string, content: Uint8Array): Promise<Asset> {
  const bytes = new Uint8Array(content);
  const dot = name.lastIndexOf('.');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const plain = {
    name,
    path: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
    mediaType,
    bytes,
    integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
  };
  if (mediaType === 'font/woff2') return plain;
  return {
    ...plain,
    gzip: await compressGzip(bytes, { level: 9 }),
    brotli: await compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
}
