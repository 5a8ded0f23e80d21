import { spawnGit, type GitFolder } from './run-git.ts';

/**
 * Streams the bytes of blobs in the order asked, one `git cat-file` for all. One blob is asked for at a time, so memory holds
 * one.
 * @param limit Bytes kept of each; the rest is read past, so that a huge file costs time but no memory.
 */
export async function* readBlobs(folder: GitFolder, hashes: Iterable<string>, limit: number): AsyncGenerator<Uint8Array> {
  const child = spawnGit(folder, ['cat-file', '--batch']);
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {});
  const chunks: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async () => {
    const { done, value } = await chunks.next();
    if (done) throw new Error(`git cat-file ended early: ${Buffer.concat(stderr).toString()}`);
    return value;
  };
  try {
    for (const hash of hashes) {
      child.stdin.write(`${hash}\n`);
      while (!rest.includes(10)) rest = Buffer.concat([rest, await more()]);
      const end = rest.indexOf(10);
      const [, type, size] = rest.toString('latin1', 0, end).split(' ');
      if (type !== 'blob') throw new Error(`git has no blob ${hash}`);
      rest = rest.subarray(end + 1);

      const kept: Buffer[] = [];
      let room = limit;
      // The blob is followed by one line feed.
      for (let left = Number(size) + 1; left > 0;) {
        if (rest.length === 0) rest = await more();
        const piece = rest.subarray(0, left);
        const content = piece.subarray(0, Math.min(room, left - 1));
        kept.push(content);
        room -= content.length;
        left -= piece.length;
        rest = rest.subarray(piece.length);
      }
      yield new Uint8Array(Buffer.concat(kept));
    }
  } finally {
    child.stdin.destroy();
    child.kill();
  }
}
