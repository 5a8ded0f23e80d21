const sheet = (name: string): URL => new URL(`./css/${name}.css`, import.meta.url);

/** The one stylesheet of every page, in the order in which its rules may override each other. */
export const styleFiles = {
  'site.css': ['fonts', 'tokens', 'base', 'layout', 'marks', 'text', 'parts', 'console', 'media'].map(sheet),
} as const;

const font = (family: string, subset: string): URL =>
  new URL(import.meta.resolve(`@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`));

/** Served by ourselves: a font from elsewhere would tell a third party who reads which policy. */
export const fontFiles = {
  'literata-latin.woff2': font('literata', 'latin'),
  'literata-latin-ext.woff2': font('literata', 'latin-ext'),
  'literata-greek.woff2': font('literata', 'greek'),
  'literata-cyrillic.woff2': font('literata', 'cyrillic'),
  'atkinson-latin.woff2': font('atkinson-hyperlegible-next', 'latin'),
  'atkinson-latin-ext.woff2': font('atkinson-hyperlegible-next', 'latin-ext'),
  'atkinson-mono-latin.woff2': font('atkinson-hyperlegible-mono', 'latin'),
} as const;

export const imageFiles = { 'icon.svg': new URL('./images/icon.svg', import.meta.url) } as const;

/** The two faces that the first screen of every page shows. */
export const preloadedFonts = ['literata-latin.woff2', 'atkinson-latin.woff2'] as const;
