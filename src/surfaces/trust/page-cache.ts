import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** One page as it leaves: compressed once, with the tag that lets a browser keep it. */
export type KeptPage = {
  readonly bytes: Uint8Array;
  readonly gzip: Uint8Array;
  /** Made in the background at the highest level, which costs ten times a rendering; absent until then. */
  brotli: Uint8Array | null;
  readonly etag: string;
  /** Milliseconds since 1970; the page is then made anew. Infinity when only a new entry can change it. */
  readonly validUntil: number;
};

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

/** Half a year of an active organisation's pages; above that the oldest go, since anybody can ask for any entry. */
const mostPages = 2_000;

/**
 * Public pages in memory, by address. All of them are functions of the public record and the time of the next known change,
 * so a new entry drops them all: each names the size of the log at its foot.
 */
export class PageCache {
  #pages = new Map<string, KeptPage>();
  /** Counts invalidations, so that a page begun before one is not kept after it. */
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  at(address: string, now: number): KeptPage | undefined {
    const page = this.#pages.get(address);
    return page && now < page.validUntil ? page : undefined;
  }

  async keep(address: string, bytes: Uint8Array, validUntil: number, revision: number): Promise<KeptPage> {
    const page: KeptPage = {
      bytes,
      gzip: await compressGzip(bytes, { level: 6 }),
      brotli: null,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
      validUntil,
    };
    if (revision === this.#revision) {
      const [oldest] = this.#pages.keys();
      if (this.#pages.size >= mostPages && oldest !== undefined) this.#pages.delete(oldest);
      this.#pages.set(address, page);
      void compressBrotli(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }).then((brotli) => (page.brotli = brotli));
    }
    return page;
  }

  drop(): void {
    this.#revision += 1;
    this.#pages.clear();
  }
}
