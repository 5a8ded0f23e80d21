import { address, Banners, Document, LanguageSwitch, type Banner, type Page, type Reader } from '#design';
import { interfaceLanguages } from '#kernel/i18n';
import type { Assets } from '#kernel/assets';
import { portalText } from './portal-text.ts';

/** What every page of the portal shows around its own content. */
export type PortalShellView = {
  organisation: string;
  banners: readonly Banner[];
  /** Who is signed in, and how large they chose to read; `null` for everybody else. */
  self: { called: string; readingSize: string | null } | null;
};

const sections = ['overview', 'questions', 'acceptances', 'security', 'mandates', 'settings', 'data'] as const;

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
      readingSize={view.self?.readingSize ?? undefined}
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
                    {t(link === 'me' && view.self ? 'nav.self' : `nav.${link}`)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <LanguageSwitch languages={interfaceLanguages} hrefFor={(other) => `/${other}/${page.path}`} />
          {view.self && <SelfNavigation called={view.self.called} current={page.section} locale={locale} />}
        </div>
      </header>
      <main id="main" class="wrap" tabindex={-1}>
        {page.body}
      </main>
      <footer class="site-foot">
        <div class="wrap">
          <p>{t(page.section === 'acting' ? 'foot.acting' : 'foot')}</p>
        </div>
      </footer>
    </Document>
  );
}

/** The rooms of a signed-in person, and the way out. */
function SelfNavigation({ called, current, locale }: { called: string; current: string | null; locale: string }) {
  const t = portalText(locale);
  return (
    <div class="account">
      {/* Inside a mandate there are rooms of the same names, of somebody else: one's own beside them would be mixed up. */}
      {current === 'acting' ? (
        <a href={address(locale, 'me')}>{t('self.own')}</a>
      ) : (
        <nav class="site-nav" aria-label={t('self.nav')}>
          <ul>
            {sections.map((section) => (
              <li>
                <a
                  href={section === 'overview' ? address(locale, 'me') : address(locale, 'me', section)}
                  aria-current={section === current ? 'page' : undefined}
                >
                  {t(`section.${section}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <bdi>{called}</bdi>
      <form method="post" action={address(locale, 'me', 'sign-out')}>
        <button type="submit" class="linklike">
          {t('sign-out')}
        </button>
      </form>
    </div>
  );
}
