import { address, type Page, type Reader } from '#design';
import { trustText } from './trust-text.ts';

const known = [400, 403, 404, 405, 410, 413, 415, 422, 429, 500, 503] as const;
type KnownStatus = (typeof known)[number];

export type ProblemView = {
  /** HTTP status of the answer. */
  status: number;
  /** Sentence of the refusal, already in the reader's language; says more than the status can. */
  detail: string | null;
  /** By which staff find this failure in the server's log; only for failures of ours. */
  reference: string | null;
};

/** What went wrong, what was kept, what to do. Any status has a page. */
export function problemPage({ status, detail, reference }: ProblemView, { locale }: Reader): Page {
  const t = trustText(locale);
  const shown: KnownStatus = known.find((one) => one === status) ?? (status >= 500 ? 500 : 400);
  return {
    title: t(`problem.${shown}`),
    description: t(`problem.${shown}.what`),
    section: null,
    path: '',
    unlisted: true,
    body: (
      <div class="head problem">
        <div>
          <p class="rubric">{t('problem.status', { status: String(status) })}</p>
          <h1>{t(`problem.${shown}`)}</h1>
          <p class="lede">{detail ?? t(`problem.${shown}.what`)}</p>
          <p class="text more">{t(`problem.${shown}.do`)}</p>
          {reference !== null && <p class="text">{t.rich('problem.reference', { reference: <code>{reference}</code> })}</p>}
          <ul class="plain more">
            <li>
              <a href={address(locale)}>{t('problem.home')}</a>
            </li>
            <li>
              <a href={address(locale, 'search')}>{t('problem.search')}</a>
            </li>
          </ul>
        </div>
      </div>
    ),
  };
}
