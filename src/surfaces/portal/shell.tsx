import { address, Banners, Document, LanguageSwitch, type Banner, type Page, type Reader } from '#design';
import { interfaceLanguages } from '#kernel/i18n';
import type { Assets } from '#kernel/assets';
import { portalText } from './portal-text.ts';

/** What every page of the portal shows around its own content. */
export type PortalShellView = { organisation: string; banners: readonly Banner[] };

const links = ['home', 'policies', 'questions', 'verify', 'me'] as const;

/** One page for one person. It looks like the trust centre, since to its reader it is the same house. */
export function PortalShell(props: { page: Page; view: PortalShellView; reader: Reader; assets: Assets }) {
  const { page, view, reader, assets } = props;
  const { locale } = reader;
  const t = portalText(locale);
  return (
    <Document
      reader={reader}
      surface="portal"
      title={t('title', { page: page.title, organisation: view.organisation })}
      description={page.description}
      assets={assets}
      scripts={page.scripts ?? []}
      unlisted
    >
      <Banners show={view.banners} />
      <header class="site-head">
        <div class="wrap">
          <a class="org" href={address(locale)}>
            {view.organisation}
          </a>
          <nav class="site-nav" aria-label={t('nav')}>
            <ul>
              {links.map((link) => (
                <li>
                  <a
                    href={link === 'home' ? address(locale) : address(locale, link)}
                    aria-current={link === 'me' ? 'page' : undefined}
                  >
                    {t(`nav.${link}`)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <LanguageSwitch languages={interfaceLanguages} hrefFor={(other) => `/${other}/${page.path}`} />
        </div>
      </header>
      <main id="main" class="wrap" tabindex={-1}>
        {page.body}
      </main>
      <footer class="site-foot">
        <div class="wrap">
          <p>{t('foot')}</p>
        </div>
      </footer>
    </Document>
  );
}
