import type { Organisation } from '#organisation';
import type { Site } from './site.ts';

/** What every page says at its head about the installation it comes from. */
export function bannersOf({ insecureHttp }: Site, { demo }: Organisation): ('sample' | 'insecure')[] {
  return [...(demo ? (['sample'] as const) : []), ...(insecureHttp ? (['insecure'] as const) : [])];
}
