import { Document, LanguageSwitch, type Page, type Reader } from '#design';
import { interfaceLanguages } from '#kernel/i18n';
import type { Assets } from '#kernel/assets';
import { ConsoleBanners, type ConsoleBanner } from './shell.tsx';

export type BareShellView = {
  /** `null` before there is one. */
  organisation: string | null;
  banners: readonly ConsoleBanner[];
  /** What follows the path in the other language, such as `?token=…`; empty if nothing does. */
  query: string;
};

/** A page that leads nowhere else: whoever sees it has one thing to do. */
export function BareShell(props: { page: Page; view: BareShellView; reader: Reader; assets: Assets }) {
  const { page, view, reader, assets } = props;
  const name = view.organisation ?? 'Troth';
  return (
    <Document
      reader={reader}
      surface="portal"
      title={`${page.title} – ${name}`}
      assets={assets}
      scripts={page.scripts ?? []}
      unlisted
    >
      <ConsoleBanners show={view.banners} locale={reader.locale} />
      <header class="site-head">
        <div class="wrap bare">
          <span class="org">{name}</span>
          <LanguageSwitch languages={interfaceLanguages} hrefFor={(other) => `/${other}/${page.path}${view.query}`} />
        </div>
      </header>
      <main id="main" class="wrap" tabindex={-1}>
        {page.body}
      </main>
    </Document>
  );
}
