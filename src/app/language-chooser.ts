import { h } from 'preact';
import { interfaceLanguages, languageName } from '#kernel/i18n';
import type { Organisation } from '#organisation';
import type { Site } from '../surfaces/site.ts';
import { readingFor, shellView } from '../surfaces/trust/render-address.ts';
import { renderTrustPage } from '../surfaces/trust/render-trust-page.tsx';

/**
 * Where the server would look at the reader's languages and redirect, a static host can only show a page: each language under its
 * own name, leading to the same place.
 * @param path Behind the language, without slashes at either end; '' for the root.
 */
export async function renderLanguageChooser(site: Site, organisation: Organisation, path: string): Promise<Uint8Array> {
  const locale = organisation.languages[0] ?? 'en';
  const { reader } = await readingFor(site, organisation, locale);
  const names = interfaceLanguages.map(languageName);
  const links = interfaceLanguages.map((language, i) =>
    h('li', null, h('a', { href: `/${language}/${path}`, lang: language, hreflang: language }, names[i])),
  );
  const page = {
    title: names.join(' · '),
    description: names.join(' · '),
    section: null,
    path,
    unlisted: true,
    body: h('div', { class: 'head' }, h('div', null, h('h1', null, organisation.name), h('ul', { class: 'plain more' }, links))),
  };
  return renderTrustPage(page, await shellView(site, organisation), reader, site.assets);
}
