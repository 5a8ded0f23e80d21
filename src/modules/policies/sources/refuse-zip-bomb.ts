import { fromBufferPromise } from 'yauzl';

const mostBytes = 50_000_000;
const mostEntries = 2_000;

/** Unpacks a ZIP to nowhere and throws once it holds more than a document can: what a file says of its own size may be a lie. */
export async function refuseZipBomb(bytes: Buffer): Promise<void> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  if (zip.entryCount > mostEntries) throw new Error('more parts than a document has');
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    const part: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const chunk of part) {
      unpacked += chunk.length;
      if (unpacked > mostBytes) throw new Error('larger than a document is');
    }
  }
}
