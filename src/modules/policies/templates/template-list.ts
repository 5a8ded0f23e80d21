import type { BlankValues } from './fill-template.ts';

/**
 * A policy that we wrote for others to start from, with the names its blanks for what Troth already knows have in its language.
 */
export type Template = { slug: string; language: string; title: string; file: URL; known: Readonly<Record<KnownBlank, string>> };
export type KnownBlank = 'organisation' | 'contactEmail' | 'postalAddress';

const english = { organisation: 'organisation', contactEmail: 'contact e-mail', postalAddress: 'postal address' };
const german = {
  organisation: 'Name der Organisation',
  contactEmail: 'E-Mail-Adresse für Anfragen',
  postalAddress: 'Postanschrift',
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
