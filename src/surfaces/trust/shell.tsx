import { address, Banners, Document, LanguageSwitch, type Banner, type Page, type Reader } from '#design';
import { formatNumber, interfaceLanguages } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import type { Assets } from '#kernel/assets';
import { trustText } from './trust-text.ts';

export type TrustSection = 'home' | 'policies' | 'questions' | 'log' | 'verify' | 'search';

/** How far the public record can be relied on, as the foot of each page says it. */
export type LogStanding = {
  size: number;
  /** Who signs the checkpoints: the name the log key is known by. */
  signer: string;
  /** Witnesses that cosigned the newest checkpoint, and how many the policy asks for. */
  cosigned: number;
  quorum: number;
};

/** What every page of the trust centre shows around its own content. */
export type TrustShellView = {
  organisation: string;
  /** Without a slash at the end. */
  publicUrl: string;
  log: LogStanding;
  banners: readonly Banner[];
};

const sections = ['home', 'policies', 'questions', 'log', 'verify', 'search'] as const satisfies readonly TrustSection[];

const sectionPath = (locale: string, section: TrustSection): string =>
  section === 'home' ? address(locale) : address(locale, section);

/** One page of the trust centre, from the head to the honest sentence at its foot. */
export function TrustShell({ page, view, reader, assets }: { page: Page; view: TrustShellView; reader: Reader; assets: Assets }) {
  const { locale } = reader;
  const t = trustText(locale);
  const inLanguage = (other: string): string => `/${other}/${page.path}`;
  const title = page.section === 'home' ? page.title : t('title', { page: page.title, organisation: view.organisation });
  return (
    <Document
      reader={reader}
      surface="trust"
      title={title}
      description={page.description}
      assets={assets}
      scripts={page.scripts ?? []}
      unlisted={page.unlisted ?? false}
      head={<HeadLinks page={page} view={view} locale={locale} />}
    >
      <Banners show={view.banners} />
      <header class="site-head">
        <div class="wrap">
          <a class="org" href={address(locale)}>
            {view.organisation}
          </a>
          <nav class="site-nav" aria-label={t('nav')}>
            <ul>
              {sections.map((section) => (
                <li>
                  <a href={sectionPath(locale, section)} aria-current={section === page.section ? 'page' : undefined}>
                    {t(`nav.${section}`)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <LanguageSwitch languages={interfaceLanguages} hrefFor={inLanguage} />
        </div>
      </header>
      <main id="main" class="wrap" tabindex={-1}>
        {page.body}
      </main>
      <Foot view={view} locale={locale} />
    </Document>
  );
}

function HeadLinks({ page, view, locale }: { page: Page; view: TrustShellView; locale: string }) {
  const t = trustText(locale);
  const absolute = (other: string): string => `${view.publicUrl}/${other}/${page.path}`;
  return (
    <>
      {!page.unlisted && (
        <>
          <link rel="canonical" href={absolute(locale)} />
          {interfaceLanguages.map((other) => (
            <link rel="alternate" hreflang={other} href={absolute(other)} />
          ))}
          <link rel="alternate" hreflang="x-default" href={`${view.publicUrl}/${page.path}`} />
        </>
      )}
      <link
        rel="alternate"
        type="application/atom+xml"
        title={t('feed', { organisation: view.organisation })}
        href="/feed.atom"
      />
      <link
        rel="alternate"
        type="application/feed+json"
        title={t('feed', { organisation: view.organisation })}
        href="/feed.json"
      />
    </>
  );
}

function Foot({ view, locale }: { view: TrustShellView; locale: string }) {
  const t = trustText(locale);
  return (
    <footer class="site-foot">
      <div class="wrap">
        <LogSentence organisation={view.organisation} log={view.log} locale={locale} />
        <ul>
          <li>
            <a href={address(locale, 'accessibility')}>{t('foot.accessibility')}</a>
          </li>
          <li>
            <a href="/feed.atom">{t('foot.feed')}</a>
          </li>
          <li>
            <a href={address(locale, 'api')}>{t('foot.api')}</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}

/** Without a quorum of witnesses the log proves order and content, but not that everybody was shown the same one. */
function LogSentence({ organisation, log, locale }: { organisation: string; log: LogStanding; locale: string }) {
  const t = trustText(locale);
  const check = (inner: ComponentChildren) => <a href={address(locale, 'verify')}>{inner}</a>;
  if (log.size === 0) return <p>{t('foot.log.empty')}</p>;
  const values = { size: formatNumber(locale, log.size), entries: log.size, signer: log.signer, organisation, check };
  if (log.quorum > 0 && log.cosigned >= log.quorum) {
    return <p>{t.rich('foot.log.witnessed', { ...values, cosigned: log.cosigned, quorum: log.quorum })}</p>;
  }
  return <p>{t.rich('foot.log.alone', values)}</p>;
}
