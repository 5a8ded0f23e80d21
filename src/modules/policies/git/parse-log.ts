export type LogCommit = { commit: string; committedAt: Temporal.Instant; subject: string; changes: LogChange[] };
/** `blob` is null when the path ceased to be a regular file in this commit. */
export type LogChange = { path: string; blob: string | null };

/** What `parseLog` reads; `-z` because a path may hold any byte but NUL. */
export const logFormat = ['--format=%H %ct %s', '--raw', '-z', '--no-abbrev', '--encoding=UTF-8'] as const;

const rawLine = /^\n?:\d{6} (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [A-Z]\d*$/;
const headLine = /^\n*([0-9a-f]{40,64}) (\d*) ?(.*)$/s;
const lastSecond = 253_402_300_799;

/** Reads the output of `git log` with `logFormat`. Changes of the mode alone, submodules and symbolic links are left out. */
export function parseLog(output: Buffer): LogCommit[] {
  const commits: LogCommit[] = [];
  const fields = fieldsOf(output);
  for (let field = fields.next(); !field.done; field = fields.next()) {
    const text = field.value.toString();
    const raw = rawLine.exec(text);
    const head = raw ? null : headLine.exec(text);
    if (raw) {
      const [, mode = '', before = '', after = ''] = raw;
      const path = pathText(fields.next().value ?? Buffer.alloc(0));
      const isFile = mode.startsWith('100');
      if (!isFile || before !== after) commits.at(-1)?.changes.push({ path, blob: isFile ? after : null });
    } else if (head) {
      const [, commit = '', seconds = '', subject = ''] = head;
      // A forged date may lie beyond what an instant can hold.
      const committedAt = Temporal.Instant.fromEpochMilliseconds(Math.min(Number(seconds), lastSecond) * 1000);
      commits.push({ commit, committedAt, subject, changes: [] });
    } else if (text.trim() !== '') throw new Error(`unexpected line in git log: ${text.slice(0, 200)}`);
  }
  return commits;
}

function* fieldsOf(output: Buffer): Generator<Buffer, undefined> {
  let from = 0;
  while (from < output.length) {
    const end = output.indexOf(0, from);
    const to = end === -1 ? output.length : end;
    yield output.subarray(from, to);
    from = to + 1;
  }
}

/** Paths are bytes to git. Those that are not UTF-8 are written with %XX: decoding would turn two of them into the same text. */
function pathText(bytes: Buffer): string {
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes)) return text;
  return Array.from(bytes, (byte) =>
    byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase()}`,
  ).join('');
}
