import type { BlankValues } from './fill-template.ts';

/**
 * A policy that we wrote for others to start from, with the names its blanks for what Troth already knows have in its language.
 */
export type Template = { slug: string; language: string; title: string; file: URL; known: Readonly<Record<KnownBlank, string>> };
export type KnownBlank = 'organisation' | 'contactEmail' | 'postalAddress';

const english = {
  organisation: 'organisation: its full name. For example: Bean and Sons Ltd',
  contactEmail: 'contact e-mail: where people write to you. For example: privacy@shop.example',
  postalAddress: 'postal address: street, town, country. For example: 12 Harbour Street, Dublin, Ireland',
};
const german = {
  organisation: 'Name der Organisation, vollständig. Zum Beispiel: Bohne und Söhne GmbH',
  contactEmail: 'E-Mail-Adresse für Anfragen, an die man Ihnen schreibt. Zum Beispiel: datenschutz@shop.example',
  postalAddress: 'Postanschrift: Straße, Ort, Land. Zum Beispiel: Hafenstraße 12, 20457 Hamburg, Deutschland',
};
const file = (name: string) => new URL(name, import.meta.url);

export const templates: readonly Template[] = [
  { slug: 'privacy', language: 'en', title: 'Privacy policy', file: file('./privacy-policy.en.md'), known: english },
  { slug: 'privacy', language: 'de', title: 'Datenschutzerklärung', file: file('./privacy-policy.de.md'), known: german },
  { slug: 'terms', language: 'en', title: 'Terms of service', file: file('./terms-of-service.en.md'), known: english },
  {
    slug: 'terms',
    language: 'de',
    title: 'Allgemeine Geschäftsbedingungen',
    file: file('./terms-of-service.de.md'),
    known: german,
  },
  { slug: 'cookies', language: 'en', title: 'Cookies', file: file('./cookies.en.md'), known: english },
  { slug: 'cookies', language: 'de', title: 'Cookies', file: file('./cookies.de.md'), known: german },
  { slug: 'subprocessors', language: 'en', title: 'Subprocessors', file: file('./subprocessors.en.md'), known: english },
  { slug: 'subprocessors', language: 'de', title: 'Unterauftragnehmer', file: file('./subprocessors.de.md'), known: german },
  { slug: 'acceptable-use', language: 'en', title: 'Acceptable use', file: file('./acceptable-use.en.md'), known: english },
  { slug: 'acceptable-use', language: 'de', title: 'Nutzungsregeln', file: file('./acceptable-use.de.md'), known: german },
];

/** What is known about the organisation, by the names the template's blanks have. */
export function knownValues({ known }: Template, values: Partial<Record<KnownBlank, string>>): BlankValues {
  const { organisation, contactEmail, postalAddress } = values;
  return {
    ...(organisation === undefined ? {} : { [known.organisation]: organisation }),
    ...(contactEmail === undefined ? {} : { [known.contactEmail]: contactEmail }),
    ...(postalAddress === undefined ? {} : { [known.postalAddress]: postalAddress }),
  };
}
