import { address, Empty, type Page, type Reader } from '#design';
import { PolicyList, type PolicyItem } from '#policies';
import { ReplyPromiseClaim, type ReplyPromise } from '#support';
import { EntryList, type EntryItem } from './entry-list.tsx';
import { trustText } from './trust-text.ts';

export type HomeView = {
  organisation: string;
  policies: readonly PolicyItem[];
  promise: ReplyPromise;
  /** Newest first, at most five. */
  latest: readonly EntryItem[];
};

/** The front page: what is promised, how it is kept, what happened last, how to check all of it. */
export function homePage(view: HomeView, reader: Reader): Page {
  const { locale } = reader;
  const t = trustText(locale);
  const { organisation, policies, promise } = view;
  const broken = promise.within !== null && promise.answeredLate + promise.openLate > 0;
  // What is broken comes first, same size as the rest, so that nobody has to look for it.
  const reply = (
    <section class="section" aria-labelledby="replies">
      <h2 id="replies">{t('home.replies')}</h2>
      <ul class="claims ruled">
        <ReplyPromiseClaim promise={promise} organisation={organisation} reader={reader} />
      </ul>
    </section>
  );
  return {
    title: t('home.title', { organisation }),
    description: t('home.description', { organisation }),
    section: 'home',
    path: '',
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('home.heading', { organisation })}</h1>
            <p class="lede">{t('home.lede')}</p>
          </div>
          <p class="note">{t.rich('home.note', { check: (inner) => <a href={address(locale, 'verify')}>{inner}</a> })}</p>
        </div>
        {broken && reply}
        <section class="section" aria-labelledby="policies">
          <h2 id="policies">{t('home.policies')}</h2>
          {policies.length === 0 ? (
            <Empty title={t('home.policies.empty', { organisation })}>{t('home.policies.empty.do')}</Empty>
          ) : (
            <div class="ruled">
              <PolicyList policies={policies} organisation={organisation} locale={locale} />
            </div>
          )}
        </section>
        {!broken && reply}
        <section class="section" aria-labelledby="latest">
          <h2 id="latest">{t('home.latest')}</h2>
          <EntryList entries={view.latest} locale={locale} />
          <p class="more">
            <a href={address(locale, 'log')}>{t('home.log')}</a>
          </p>
        </section>
        <HowToCheck locale={locale} />
      </>
    ),
  };
}

function HowToCheck({ locale }: { locale: string }) {
  const t = trustText(locale);
  return (
    <section class="section" aria-labelledby="check">
      <h2 id="check">{t('home.check')}</h2>
      <ol class="steps text">
        <li>{t.rich('home.check.read', { policies: (inner) => <a href={address(locale, 'policies')}>{inner}</a> })}</li>
        <li>{t.rich('home.check.entry', { log: (inner) => <a href={address(locale, 'log')}>{inner}</a> })}</li>
        <li>{t.rich('home.check.verify', { verify: (inner) => <a href={address(locale, 'verify')}>{inner}</a> })}</li>
      </ol>
    </section>
  );
}
