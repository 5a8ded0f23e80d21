/** For whom a text counts. A list in code, because its names stand in public entries for ever and need words in each language. */
export const audiences = ['everyone', 'customers', 'business-customers', 'staff', 'partners', 'suppliers', 'applicants'] as const;
export type Audience = (typeof audiences)[number];

export type Scope = {
  /** `everyone`, or one group of people. Read from entries, where a later release may know more groups than this one. */
  readonly audience: string;
  /** ISO 3166-1 (`DE`), ISO 3166-2 (`US-CA`) or `EU`; `null` for everywhere. */
  readonly jurisdiction: string | null;
};

export const everyone: Scope = { audience: 'everyone', jurisdiction: null };

/** The member states as of 2026-11-22. The law of a state that left is asked for by its own code. */
const memberStates = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

/** Codes that have a name and are no place: unknown, groups of states, test data. */
const notPlaces = new Set(['ZZ', 'UN', 'EZ', 'QO', 'XA', 'XB']);

export function isAudience(text: string): text is Audience {
  return (audiences as readonly string[]).includes(text);
}

/** Whether a code names a place. Of a subdivision only its country is looked up. */
export function isJurisdiction(text: string): boolean {
  const [, country] = /^([A-Z]{2})(?:-[A-Z0-9]{1,3})?$/.exec(text) ?? [];
  if (country === undefined || notPlaces.has(country) || (country === 'EU' && text !== 'EU')) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country) !== undefined;
}

export function sameScope(a: Scope, b: Scope): boolean {
  return a.audience === b.audience && a.jurisdiction === b.jurisdiction;
}

/**
 * How closely a text meets who asks: `null` when it is not theirs. Higher is closer. The audience goes before the place: what was
 * written for a group of people says what holds with them, and only among those texts the one of their place is chosen.
 */
export function closeness(text: Scope, asked: Scope): number | null {
  const audience = text.audience === asked.audience ? 1 : text.audience === 'everyone' ? 0 : null;
  const place = placeCloseness(text.jurisdiction, asked.jurisdiction);
  if (audience === null || place === null) return null;
  return audience * 10 + place;
}

function placeCloseness(text: string | null, asked: string | null): number | null {
  if (text === null) return 0;
  if (asked === null) return null;
  const country = asked.slice(0, 2);
  if (text === asked && asked.length > 2) return 3;
  if (text === country && country !== 'EU') return 2;
  return text === 'EU' && (country === 'EU' || memberStates.has(country)) ? 1 : null;
}
