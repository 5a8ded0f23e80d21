import { parseDecimal } from './decimal.ts';
import { tileWidth, type Tile } from './tile.ts';

/** A tile's address below the log's prefix, such as `tile/0/x001/x234/067.p/8` or `tile/entries/000`. @see C2SP tlog-tiles */
export function tilePath({ level, n, width }: Tile): string {
  const digits = String(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.../g) ?? [];
  const number = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${number}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** The tile at an address; null unless the address is exactly the one that `tilePath` writes. */
export function parseTilePath(path: string): Tile | null {
  const match = /^tile\/([0-9]+|entries)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]+))?$/.exec(path);
  if (!match) return null;
  const [, levelText = '', groups = '', widthText] = match;
  const level = levelText === 'entries' ? levelText : parseDecimal(levelText);
  const n = parseDecimal(groups.replaceAll(/[x/]/g, '').replace(/^0+(?=[0-9])/, ''));
  const width = widthText === undefined ? tileWidth : parseDecimal(widthText);
  if (level === null || n === null || width === null || width < 1 || width > tileWidth) return null;
  if (level !== 'entries' && level > 63) return null;
  const tile: Tile = { level, n, width };
  return tilePath(tile) === path ? tile : null;
}
