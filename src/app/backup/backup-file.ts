import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { StartupProblem } from '../startup-problem.ts';

/**
 * The format, version 1, inside gzip: the line `troth-backup 1`, then sections, then the end.
 *
 *     {"kind":"manifest",…}            head, one line of JSON
 *     <length>\n<bytes> … 0\n          content in chunks, since a table's length is unknown while it streams
 *     {"bytes":n,"sha256":"…"}         foot, about the content
 *
 * A manifest comes first, then one section a state file, then one a table (PostgreSQL's COPY text, the same from 15 to 18).
 * The last section is the end, whose content lists the foot of every other: a file cut off or put together anew is recognised.
 */
export const firstLine = 'troth-backup 1';

const migration = z.object({ room: z.string(), name: z.string(), checksum: z.string() });
const manifestHead = z.object({
  kind: z.literal('manifest'),
  madeAt: z.string(),
  /** Of the server that was read, `18.4`. */
  server: z.string(),
  migrations: z.array(migration),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string(), called: z.boolean() })),
});
const stateHead = z.object({ kind: z.literal('state'), key: z.string() });
const tableHead = z.object({
  kind: z.literal('table'),
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
});
const endHead = z.object({ kind: z.literal('end') });
const sectionHead = z.discriminatedUnion('kind', [manifestHead, stateHead, tableHead, endHead]);
const sectionFoot = z.object({ bytes: z.number(), sha256: z.string() });

export type Manifest = z.infer<typeof manifestHead>;
export type TableHead = z.infer<typeof tableHead>;
export type SectionHead = z.infer<typeof sectionHead>;

/** The pieces of one section; `feet` collects what the end will list. */
export async function* writeSection(
  head: SectionHead,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  feet: string[],
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head)}\n`);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    if (chunk.length === 0) continue;
    hash.update(chunk);
    bytes += chunk.length;
    yield Buffer.from(`${chunk.length}\n`);
    yield chunk;
  }
  const foot = JSON.stringify({ bytes, sha256: hash.digest('hex') });
  feet.push(foot);
  yield Buffer.from(`0\n${foot}\n`);
}

export type Section = {
  head: SectionHead;
  /** Must be read to its end, which checks it, before the next section is asked for. */
  content: AsyncGenerator<Buffer>;
};

/** The sections of a backup, checked as they are read. @throws StartupProblem when it is not whole. */
export async function* readSections(file: string): AsyncGenerator<Section> {
  const source = new ByteSource(decompressed(file));
  if ((await source.line()) !== firstLine) throw damaged(file, 'it does not begin like one of version 1');
  const feet: string[] = [];
  for (;;) {
    const head = sectionHead.safeParse(parseJson(await source.line()));
    if (!head.success) throw damaged(file, 'a section has no readable head');
    if (head.data.kind === 'end') {
      const listed: Buffer[] = [];
      const before = [...feet];
      for await (const chunk of readContent(source, file, feet)) listed.push(chunk);
      if (Buffer.concat(listed).toString() !== before.join('\n')) throw damaged(file, 'sections are missing or exchanged');
      return;
    }
    const content = readContent(source, file, feet);
    yield { head: head.data, content };
    // A reader that was not interested still has the section checked.
    for await (const rest of content) void rest;
  }
}

async function* readContent(source: ByteSource, file: string, feet: string[]): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (;;) {
    const length = Number(await source.line());
    if (!Number.isInteger(length) || length < 0) throw damaged(file, 'the length of a piece is not readable');
    if (length === 0) break;
    const chunk = await source.bytes(length);
    hash.update(chunk);
    bytes += length;
    yield chunk;
  }
  const line = await source.line();
  const foot = sectionFoot.safeParse(parseJson(line));
  if (!foot.success || foot.data.bytes !== bytes || foot.data.sha256 !== hash.digest('hex'))
    throw damaged(file, 'a checksum does not fit');
  feet.push(line);
}

async function* decompressed(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') throw new StartupProblem(`There is no file ${file}.`);
    if (code.startsWith('Z_')) throw damaged(file, 'it breaks off or is not compressed as one');
    throw error;
  } finally {
    source.destroy();
  }
}

function damaged(file: string, why: string): StartupProblem {
  return new StartupProblem(`${file} is not a whole backup: ${why}. Nothing of it was restored; use another copy.`);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncGenerator<Buffer>) {
    this.#chunks = chunks;
  }

  /** The next line without its end; the end of the file gives an empty one, which no caller takes for valid. */
  async line(): Promise<string> {
    let end = this.#rest.indexOf(10);
    while (end < 0) {
      if (!(await this.#more())) return '';
      end = this.#rest.indexOf(10);
    }
    return this.#take(end + 1).toString('utf8', 0, end);
  }

  async bytes(length: number): Promise<Buffer> {
    while (this.#rest.length < length) if (!(await this.#more())) break;
    return this.#take(Math.min(length, this.#rest.length));
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    return true;
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}
