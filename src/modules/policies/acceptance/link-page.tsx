import { address, type Page, type Reader } from '#design';
import { acceptanceText } from './acceptance-text.ts';
import { QuestionPart, type QuestionView } from './question-part.tsx';

export type LinkPageView = {
  readonly organisation: string;
  readonly state:
    | { readonly is: 'asking'; readonly question: QuestionView; readonly ticket: string; readonly error: string | null }
    | { readonly is: 'answered'; readonly kind: 'accepted' | 'refused'; readonly returnTo: string | null }
    | { readonly is: 'gone' };
};

/** What the organisation's own site sends somebody to: one text, one question, and the way back. */
export function linkPage({ organisation, state }: LinkPageView, { locale }: Reader): Page {
  const t = acceptanceText(locale);
  const title =
    state.is === 'asking'
      ? t('question.title', { title: state.question.title })
      : t(state.is === 'gone' ? 'link.gone' : 'link.done');
  return {
    title,
    description: '',
    section: null,
    path: 'acceptance',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{state.is === 'asking' ? <bdi lang={state.question.language}>{state.question.title}</bdi> : title}</h1>
            {state.is === 'asking' && <p class="lede">{t('link.lede', { organisation })}</p>}
          </div>
        </div>
        {state.is === 'asking' && state.error !== null && (
          <div class="notice bad" role="alert">
            <p>{state.error}</p>
          </div>
        )}
        {state.is === 'asking' && (
          <QuestionPart
            under={null}
            view={state.question}
            action={address(locale, 'acceptance')}
            ticket={state.ticket}
            whole
            locale={locale}
          />
        )}
        {state.is === 'gone' && <p class="text">{t('link.gone.what', { organisation })}</p>}
        {state.is === 'answered' && (
          <>
            <p class="text">{t(`just.${state.kind}`, { organisation })}</p>
            {state.returnTo !== null && (
              <p>
                <a class="button" href={state.returnTo}>
                  {t('link.back', { host: new URL(state.returnTo).host })}
                </a>
              </p>
            )}
          </>
        )}
      </>
    ),
  };
}
