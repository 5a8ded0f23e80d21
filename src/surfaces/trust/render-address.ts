import { interfaceLanguages } from '#kernel/i18n';
import { observe, readPublicLog } from '#ledger';
import type { Organisation } from '#organisation';
import { policyText } from '../log/serve-log.ts';
import { loadApiPage } from '../api/load-api-page.ts';
import { bannersOf } from '../banners-of.ts';
import type { Site } from '../site.ts';
import {
  loadAccessibility,
  loadAtPage,
  loadChangePage,
  loadEntryPage,
  type LoadedPage,
  loadHome,
  loadLog,
  loadPolicyList,
  loadPolicyPage,
  loadQuestions,
  loadVerify,
  loadVersionPage,
  type Reading,
} from './load-pages.tsx';
import { renderTrustPage } from './render-trust-page.tsx';
import type { TrustShellView } from './shell.tsx';

const slug = '([a-z0-9-]{1,80})';
const moment = '(\\d{4}-\\d{2}-\\d{2}(?:T[0-9:.]{5,18}(?:Z|[+-]\\d{2}:\\d{2}))?)';
const number = '([1-9]\\d{0,8})';

/** The public pages, by what stands behind the language. Each is a function of the record alone and may be kept. */
const pages: readonly (readonly [RegExp, (reading: Reading, ...parts: string[]) => Promise<LoadedPage | null>])[] = [
  [/^$/, loadHome],
  [/^policies$/, loadPolicyList],
  [new RegExp(`^policies/${slug}$`), (reading, name = '') => loadPolicyPage(reading, name)],
  [
    new RegExp(`^policies/${slug}/v/${number}$`),
    (reading, name = '', version = '') => loadVersionPage(reading, name, Number(version)),
  ],
  [
    new RegExp(`^policies/${slug}/v/${number}/in/([a-zA-Z0-9-]{2,20})$`),
    (reading, name = '', version = '', language = '') => loadVersionPage(reading, name, Number(version), language),
  ],
  [
    new RegExp(`^policies/${slug}/changes/${number}$`),
    (reading, name = '', version = '') => loadChangePage(reading, name, Number(version)),
  ],
  [
    new RegExp(`^policies/${slug}/at/${moment}(?:\\?(.*))?$`),
    (reading, name = '', asked = '', query = '') => loadAtPage(reading, name, asked, query),
  ],
  [/^questions$/, loadQuestions],
  [/^log$/, (reading) => loadLog(reading)],
  [/^log\?before=([1-9]\d{0,14})$/, (reading, before = '') => loadLog(reading, Number(before))],
  [/^log\/public\/entry\/(0|[1-9]\d{0,14})$/, (reading, index = '') => loadEntryPage(reading, Number(index))],
  [/^verify$/, loadVerify],
  [/^accessibility$/, loadAccessibility],
  [/^api$/, loadApiPage],
];

/**
 * The one address of a page. Of a query only what a page is made from counts; what else a link carries (an entry for the checker's
 * script, somebody's campaign mark) changes nothing, and must neither miss the page nor keep it twice.
 */
export function pageAddress({ pathname, searchParams }: URL): string {
  if (/^\/[a-z]{2}\/policies\/[^/]+\/at\//.test(pathname)) return `${pathname}${scopeQuery(searchParams)}`;
  const before = /^\/[a-z]{2}\/log$/.test(pathname) ? searchParams.get('before') : null;
  return before === null ? pathname : `${pathname}?before=${before}`;
}

/** Whom a page about a day is for, always in one order, and nothing where it is for everyone. */
function scopeQuery(asked: URLSearchParams): string {
  const kept = ['audience', 'jurisdiction'].flatMap((name) => {
    const value = asked.get(name) ?? '';
    return value === '' || value === 'everyone' ? [] : [[name, value]];
  });
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept).toString()}`;
}

export type RenderedPage = { readonly bytes: Uint8Array; readonly validUntil: Temporal.Instant | null };

/** @param address Path and query behind the first slash, `en/policies`. @returns `null` when it is no public page. */
export async function renderAddress(site: Site, organisation: Organisation, address: string): Promise<RenderedPage | null> {
  const [, locale = '', rest = ''] = /^([a-z]{2})(?:\/(.*))?$/.exec(address) ?? [];
  if (!(interfaceLanguages as readonly string[]).includes(locale)) return null;
  for (const [form, load] of pages) {
    const parts = form.exec(rest);
    if (!parts) continue;
    const reading = await readingFor(site, organisation, locale);
    const loaded = await load(reading, ...parts.slice(1));
    if (!loaded) return null;
    const view = await shellView(site, organisation);
    return { bytes: renderTrustPage(loaded.page, view, reading.reader, site.assets), validUntil: loaded.validUntil };
  }
  return null;
}

export async function readingFor(site: Site, organisation: Organisation, locale: string): Promise<Reading> {
  const ctx = observe(site.ledger, { kind: 'visitor' });
  return {
    ctx,
    organisation,
    reader: { locale, zone: organisation.timeZone, now: ctx.now() },
    policy: (await policyText(site.ledger)) ?? '',
  };
}

export async function shellView(site: Site, organisation: Organisation): Promise<TrustShellView> {
  const log = await readPublicLog(site.ledger.db);
  return {
    organisation: organisation.name,
    publicUrl: organisation.publicUrl,
    log: { size: log.size, signer: organisation.name, cosigned: 0, quorum: 0 },
    banners: bannersOf(site, organisation),
  };
}
