import { address, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { connectionsText } from '../connections-text.ts';
import { accountsSentence } from '../refusals.ts';
import type { Surface } from '../tables.ts';
import type { AcceptWithProviderRefusal } from '../invitations/accept-with-provider.ts';
import type { LinkIdentityRefusal } from './link-identity.ts';
import type { ReturnRefusal } from './return-from-provider.ts';
import type { ProviderSignInRefusal } from './sign-in-with-provider.ts';
import type { StartRefusal } from './start-at-provider.ts';

export type ProviderProblemView = {
  readonly surface: Surface;
  readonly refused: Refused<
    StartRefusal | ReturnRefusal | ProviderSignInRefusal | LinkIdentityRefusal | AcceptWithProviderRefusal
  >;
};

/** Why somebody who was at a provider, or wanted to go there, is not signed in. */
export function providerProblem({ surface, refused }: ProviderProblemView, { locale }: Reader): Page {
  const t = connectionsText(locale);
  const signIn = surface === 'console' ? (['console', 'sign-in'] as const) : (['me', 'sign-in'] as const);
  const reason = refused.facts['reason'];
  return {
    title: t('problem'),
    description: '',
    section: null,
    path: signIn.join('/'),
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('problem')}</h1>
        <div class="notice bad" role="alert">
          <p>{accountsSentence(refused.refusal, refused.facts, locale)}</p>
        </div>
        <p>{t('problem.kept')}</p>
        <p>
          <a href={address(locale, ...signIn)}>{t('problem.again')}</a>
        </p>
        {refused.refusal === 'accounts/provider-answer-wrong' && reason !== undefined && (
          <p class="note more">{t.rich('problem.code', { code: <code>{reason}</code> })}</p>
        )}
      </div>
    ),
  };
}
