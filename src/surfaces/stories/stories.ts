import type { Page, Reader } from '#design';
import { trustChange } from '#policies';
import { trustPolicies } from '#policies';
import { trustAt, trustPolicy } from '#policies';
import { trustVersion } from '#policies';
import { trustAsk } from '#support';
import { trustQuestions } from '#support';
import { accessibilityPage } from '../trust/accessibility-page.tsx';
import { apiPage } from '../trust/api-page.tsx';
import { entryPage } from '../trust/entry-page.tsx';
import { homePage } from '../trust/home-page.tsx';
import { logPage } from '../trust/log-page.tsx';
import { problemPage } from '../trust/problem-page.tsx';
import { renderTrustPage } from '../trust/render-trust-page.tsx';
import { searchPage } from '../trust/search-page.tsx';
import type { TrustShellView } from '../trust/shell.tsx';
import { verifyPage } from '../trust/verify-page.tsx';
import { consoleStories } from './console-stories.ts';
import { brandNew, harbour, reader, unwitnessed } from './fixtures/organisation.ts';
import { changeCases } from './fixtures/changes.ts';
import { atCases, versionCases } from './fixtures/versions.ts';
import { items, policyCases } from './fixtures/policies.tsx';
import { api, entries, entryCases, logCases, problems, searchCases } from './fixtures/record.tsx';
import { askCases, promises, questionCases } from './fixtures/support.tsx';
import { mailStories } from './mail-stories.ts';
import type { Story } from './story.ts';

/** A fixture with the page it is for. The view stays at hand, so that a test can spoil every string in it. */
type Case = { name: string; view: object; render: (view: object, reader: Reader) => Page; shell?: TrustShellView };

function cases<View extends object>(
  name: string,
  render: (view: View, reader: Reader) => Page,
  views: Readonly<Record<string, View>>,
): Case[] {
  return Object.entries(views).map(([key, view]) => ({
    name: `${name}-${key}`,
    view,
    // A spoiled copy keeps the shape of the view it was made from.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    render: (shaped, reader) => render(shaped as View, reader),
  }));
}

const organisation = harbour.organisation;
const verify = {
  organisation,
  publicUrl: harbour.publicUrl,
  origin: 'trust.harbour.invalid/log/public',
  keyId: '8c1f22d0',
  policy: null,
};

export const trustCases: readonly Case[] = [
  ...cases('home', homePage, {
    kept: { organisation, policies: items.some, promise: promises.kept, latest: entries },
    broken: { organisation, policies: items.some, promise: promises.broken, latest: entries },
  }),
  ...cases('home', homePage, { empty: { organisation, policies: items.none, promise: promises.undeclared, latest: [] } }).map(
    (one) => ({
      ...one,
      shell: brandNew,
    }),
  ),
  ...cases('policies', trustPolicies, {
    some: { organisation, policies: items.some },
    empty: { organisation, policies: items.none },
  }),
  ...cases('policy', trustPolicy, policyCases),
  ...cases('version', trustVersion, versionCases),
  ...cases('change', trustChange, changeCases),
  ...cases('at', trustAt, atCases),
  ...cases('questions', trustQuestions, questionCases),
  ...cases('ask', trustAsk, askCases),
  ...cases('log', logPage, logCases),
  ...cases('entry', entryPage, entryCases),
  ...cases('verify', verifyPage, { plain: verify }),
  ...cases('search', searchPage, searchCases),
  ...cases('accessibility', accessibilityPage, {
    plain: { organisation },
  }),
  ...cases('problem', problemPage, Object.fromEntries(problems.map((problem) => [problem.status, problem]))),
  ...cases('api', apiPage, { plain: api }),
];

/** Every page of the trust centre with every fixture, in both languages. */
const trustStories: readonly Story[] = trustCases.flatMap((one) =>
  ['en', 'de'].map((locale) => ({
    name: `${one.name}-${locale}`,
    locale,
    page: (assets) => {
      const shell = one.shell ?? (one.name.endsWith('alone') ? unwitnessed : harbour);
      return renderTrustPage(one.render(one.view, reader(locale)), shell, reader(locale), assets);
    },
  })),
);

/** Every page of every surface. */
export const stories: readonly Story[] = [...trustStories, ...consoleStories, ...mailStories];
