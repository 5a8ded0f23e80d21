import { policiesText } from './policies-text.ts';
import { isJurisdiction, type Scope } from './scope.ts';

/** A group of people in words; a name from a later release stands for itself. */
export function audienceText(audience: string, locale: string): string {
  // A choice in an ICU message may not hold a hyphen.
  return policiesText(locale)('scope.audience', { audience: audience.replaceAll('-', '_'), name: audience });
}

/** A place in words: the country's name, with the code of its part behind it. */
export function placeText(jurisdiction: string, locale: string): string {
  if (!isJurisdiction(jurisdiction)) return jurisdiction;
  const [country = '', part] = jurisdiction.split('-');
  const name = new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
  return part === undefined ? name : `${name} (${jurisdiction})`;
}

export function scopeText({ audience, jurisdiction }: Scope, locale: string): string {
  const who = audienceText(audience, locale);
  return jurisdiction === null
    ? who
    : policiesText(locale)('scope.both', { audience: who, place: placeText(jurisdiction, locale) });
}
