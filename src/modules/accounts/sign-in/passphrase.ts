import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { sameBytes } from '#kernel/crypto';

const derive = promisify(argon2);

// RFC 9106 §4, second recommended option: 64 MiB and three passes, about a tenth of a second on one core.
const cost = { memory: 65_536, passes: 3, parallelism: 4 };
const tagLength = 32;

export const shortestPassphrase = 12;

/** PHC string of Argon2id, parameters included, so that a later, dearer setting can tell which hashes are old. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: normalise(passphrase), nonce, tagLength, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** @throws Error on a stored value that is not such a PHC string. */
export async function matchesPassphrase(passphrase: string, stored: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored);
  if (!parts) throw new Error('a stored passphrase hash is not an Argon2id PHC string');
  const [, memory, passes, parallelism, nonce = '', expected = ''] = parts;
  const tag = Buffer.from(expected, 'base64');
  const derived = await derive('argon2id', {
    message: normalise(passphrase),
    nonce: Buffer.from(nonce, 'base64'),
    tagLength: tag.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return sameBytes(derived, tag);
}

// The same letters typed on two keyboards may arrive composed or decomposed (RFC 8265 §4.2.2).
function normalise(passphrase: string): Buffer {
  return Buffer.from(passphrase.normalize('NFC'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
