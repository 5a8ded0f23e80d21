import { roleName } from '#accounts';
import { address, Banners, Document, LanguageSwitch, type Page, type Reader } from '#design';
import { interfaceLanguages } from '#kernel/i18n';
import type { Assets } from '#kernel/assets';
import type { Permission } from '#kernel/context';
import { consoleText } from './console-text.ts';

export type ConsoleSection = 'overview' | 'policies' | 'questions' | 'people' | 'mandates' | 'connections' | 'audit' | 'health';
/** What is unusual about the whole installation. `trial`: the database is the one Troth brought along. */
export type ConsoleBanner = 'sample' | 'insecure' | 'trial';

/** What every page of the console shows around its own content. */
export type ConsoleShellView = {
  organisation: string;
  /** Who is signed in. Shown to themselves alone, so that a shared screen tells whose hands are acting. */
  signedIn: { email: string; roles: readonly string[] };
  /** Those that whoever is signed in can enter. */
  sections: readonly ConsoleSection[];
  banners: readonly ConsoleBanner[];
};

/** What one must hold to have any use of a section. `inPart`: to hold it in a department is enough. */
export const sections = {
  overview: null,
  policies: { hold: 'policies:read', inPart: true },
  questions: { hold: 'support:read', inPart: true },
  people: { hold: 'accounts:read', inPart: false },
  mandates: { hold: 'accounts:mandates', inPart: false },
  connections: { hold: 'accounts:connect', inPart: false },
  audit: { hold: 'ledger:audit', inPart: false },
  health: null,
} as const satisfies Record<ConsoleSection, { hold: Permission; inPart: boolean } | null>;

const sectionPath = (locale: string, section: ConsoleSection): string =>
  section === 'overview' ? address(locale, 'console') : address(locale, 'console', section);

/** One page of the staff console. Never listed, since it is nobody else's. */
export function ConsoleShell(props: { page: Page; view: ConsoleShellView; reader: Reader; assets: Assets }) {
  const { page, view, reader, assets } = props;
  const t = consoleText(reader.locale);
  return (
    <Document
      reader={reader}
      surface="console"
      title={t('title', { page: page.title, organisation: view.organisation })}
      assets={assets}
      scripts={page.scripts ?? []}
      unlisted
    >
      <ConsoleBanners show={view.banners} locale={reader.locale} />
      <header class="site-head">
        <div class="wrap">
          <a class="org" href={address(reader.locale, 'console')}>
            {view.organisation}
          </a>
          <Account view={view} path={page.path} locale={reader.locale} />
          <Navigation sections={view.sections} current={page.section} locale={reader.locale} />
        </div>
      </header>
      <main id="main" class="wrap" tabindex={-1}>
        {page.body}
      </main>
    </Document>
  );
}

export function ConsoleBanners({ show, locale }: { show: readonly ConsoleBanner[]; locale: string }) {
  const t = consoleText(locale);
  return (
    <>
      <Banners show={show.filter((banner) => banner !== 'trial')} />
      {show.includes('trial') && (
        <aside class="notice warn" aria-label={t('banner.trial.label')}>
          <p class="wrap">{t.rich('banner.trial', { variable: <code>DATABASE_URL</code> })}</p>
        </aside>
      )}
    </>
  );
}

function Navigation(props: { sections: readonly ConsoleSection[]; current: string | null; locale: string }) {
  const { current, locale } = props;
  const t = consoleText(locale);
  return (
    <nav class="site-nav" aria-label={t('nav')}>
      <ul>
        {props.sections.map((section) => (
          <li>
            <a href={sectionPath(locale, section)} aria-current={section === current ? 'page' : undefined}>
              {t(`nav.${section}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Account({ view, path, locale }: { view: ConsoleShellView; path: string; locale: string }) {
  const t = consoleText(locale);
  const { email, roles } = view.signedIn;
  return (
    <div class="account">
      <a href={address(locale)}>{t('public-side')}</a>
      <LanguageSwitch languages={interfaceLanguages} hrefFor={(other) => `/${other}/${path}`} />
      <span>
        {t.rich('signed-in', {
          email: (
            <a href={address(locale, 'console', 'account')}>
              <bdi>{email}</bdi>
            </a>
          ),
          role: roles.map((role) => roleName(role, [], locale)).join(', '),
        })}
      </span>
      <form method="post" action={address(locale, 'console', 'sign-out')}>
        <button type="submit" class="linklike">
          {t('sign-out')}
        </button>
      </form>
    </div>
  );
}
