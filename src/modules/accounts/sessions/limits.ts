import type { Surface } from '../tables.ts';

type Limits = { readonly idle: Temporal.Duration; readonly absolute: Temporal.Duration };

/**
 * How long a session lasts without use, and at most. Staff reach other people's data, so theirs end within a working day;
 * a user's reaches their own.
 * @see OWASP ASVS 5.0, V7.3
 */
export const limits = {
  console: { idle: Temporal.Duration.from({ hours: 2 }), absolute: Temporal.Duration.from({ hours: 12 }) },
  portal: { idle: Temporal.Duration.from({ hours: 24 * 3 }), absolute: Temporal.Duration.from({ hours: 24 * 30 }) },
} as const satisfies Record<Surface, Limits>;

/** How long a proof is fresh enough for what cannot be undone. */
export const proofLasts = Temporal.Duration.from({ minutes: 10 });
