import { trustPolicy } from '../../modules/policies/trust-policy.tsx';
import { renderTrustPage } from '../trust/render-trust-page.tsx';
import { harbour, reader } from './fixtures/organisation.ts';
import { policyCases } from './fixtures/policies.tsx';
import type { Story } from './story.ts';

const bothLanguages = ['en', 'de'] as const;

/** Every page of the trust centre with every fixture. */
export const stories: readonly Story[] = Object.entries(policyCases).flatMap(([name, view]) =>
  bothLanguages.map((locale) => ({
    name: `policy-${name}-${locale}`,
    locale,
    page: (assets) => renderTrustPage(trustPolicy(view, reader(locale)), harbour, reader(locale), assets),
  })),
);
