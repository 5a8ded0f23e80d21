import { dir } from '#kernel/i18n';
import type { Assets } from '#kernel/assets';
import type { ComponentChildren } from 'preact';
import { designText } from './design-text.ts';
import { ReaderContext, type Reader } from './reader.ts';
import { preloadedFonts } from './stylesheets.ts';

export type Surface = 'trust' | 'portal' | 'console';

export type DocumentProps = {
  reader: Reader;
  surface: Surface;
  title: string;
  description?: string;
  assets: Assets;
  scripts?: readonly string[];
  unlisted?: boolean;
  /** Chosen by a person; the stylesheet knows `large` and `larger`. */
  readingSize?: string | undefined;
  /** Further elements of the head: canonical address, languages, feeds. */
  head?: ComponentChildren;
  /** Must contain one `<main id="main">`, where the skip link leads. */
  children: ComponentChildren;
};

/** The root of every page of every surface. */
export function Document({
  reader,
  surface,
  title,
  description,
  assets,
  scripts = [],
  unlisted = false,
  readingSize,
  head,
  children,
}: DocumentProps) {
  return (
    <html lang={reader.locale} dir={dir(reader.locale)} data-size={readingSize}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
        {unlisted && <meta name="robots" content="noindex" />}
        <meta name="color-scheme" content="light dark" />
        {preloadedFonts.map((font) => (
          <link rel="preload" as="font" type="font/woff2" href={assets.named(font).path} crossorigin="anonymous" />
        ))}
        <link rel="icon" type="image/svg+xml" href={assets.named('icon.svg').path} />
        <link
          rel="stylesheet"
          href={assets.named('site.css').path}
          integrity={assets.named('site.css').integrity}
          crossorigin="anonymous"
        />
        {scripts
          .filter((script) => assets.has(script))
          .map((script) => (
            <script defer src={assets.named(script).path} integrity={assets.named(script).integrity} crossorigin="anonymous" />
          ))}
        {head}
      </head>
      <body data-surface={surface}>
        <a class="skip" href="#main">
          {designText(reader.locale)('skip')}
        </a>
        <ReaderContext.Provider value={reader}>{children}</ReaderContext.Provider>
      </body>
    </html>
  );
}
