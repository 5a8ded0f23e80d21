import { address } from '#design';
import type { Surface } from './tables.ts';

const roots = { console: ['console', 'account'], portal: ['me', 'security'] } as const satisfies Record<
  Surface,
  readonly string[]
>;
const homes = { console: 'console', portal: 'me' } as const satisfies Record<Surface, string>;

/** Where somebody's own security pages stand, behind the language. */
export function ownPath(surface: Surface, ...parts: readonly string[]): string {
  return [...roots[surface], ...parts].join('/');
}

export function ownAddress(locale: string, surface: Surface, ...parts: readonly string[]): string {
  return address(locale, ...roots[surface], ...parts);
}

/** Where somebody proves again who they are; afterwards they come back to `back`, a path of this site. */
export function confirmPath(locale: string, surface: Surface, back: string): string {
  return `${address(locale, homes[surface], 'confirm')}?return=${encodeURIComponent(back)}`;
}
