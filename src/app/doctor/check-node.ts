import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bad, good, note, warning, type Finding } from './finding.ts';

type Runtime = { version: string; platform: string; arch: string; binary: () => Uint8Array };

// SHA-256 of bin/node in the packages named in package.json. npm checks the package against the lockfile when it installs; this
// notices a binary that was exchanged afterwards. Only platforms whose binary we have hashed ourselves are listed.
const pinned: Readonly<Record<string, string>> = {
  'v26.10.0 linux x64': 'ab9c8eecf9f82d6693cdc3accced17034065c8d96213b0aa76a7e803d20ae1da',
};

/** Which Node runs this, and whether it is byte for byte the one the project pins. */
export function checkNode(runtime: Runtime = running()): Finding {
  const { version, platform, arch } = runtime;
  if (Number(version.slice(1).split('.')[0]) < 26) {
    return bad('Node', `This is Node ${version}; Troth needs 26.`, 'Run "npm ci" in the checkout and start Troth through npm.');
  }
  const expected = pinned[`${version} ${platform} ${arch}`];
  if (expected === undefined)
    return note('Node', `${version} on ${platform} ${arch}; the repository holds no hash for it to compare.`);
  const found = createHash('sha256').update(runtime.binary()).digest('hex');
  if (found === expected) return good('Node', `${version}, byte for byte the pinned one.`);
  return warning(
    'Node',
    `${version} has another hash (${found.slice(0, 16)}…) than the pinned one (${expected.slice(0, 16)}…).`,
    'If you installed Node yourself this is expected; otherwise delete node_modules and run "npm ci".',
  );
}

function running(): Runtime {
  const { version, platform, arch, execPath } = process;
  return { version, platform, arch, binary: () => readFileSync(execPath) };
}
