import { address, Button, DiffView, Instant, Notice } from '#design';
import { policiesSentence } from '../refusals.ts';
import { elsewhereText } from './elsewhere-text.ts';
import type { ElsewhereStanding } from './load-elsewhere.ts';

/** How the source stands: where, last looked at, which commit, and a newer text that waits for whoever writes the draft. */
export function PullStanding({ view, locale }: { view: ElsewhereStanding; locale: string }) {
  const t = elsewhereText(locale);
  const { pull, waiting, slug } = view;
  if (!pull) return null;
  const { url, branch, path, state, since, checkedAt, gitCommit, reason } = pull;
  const date = <Instant at={since} />;
  return (
    <>
      <p class="text">
        <a href={url} dir="ltr">
          {url}
        </a>
        {branch !== null && path !== null && (
          <>
            {' '}
            {t.rich('pull.place', {
              path: <code dir="ltr">{path}</code>,
              branch: <code dir="ltr">{branch}</code>,
            })}
          </>
        )}
      </p>
      <Notice tone={state === 'refused' || state === 'waiting' ? 'warn' : 'plain'}>
        <p>
          {t.rich(`pull.${state}`, { date })} {reason && policiesSentence(reason.refusal, reason.facts, locale)}{' '}
          <span class="quiet">
            {checkedAt && t.rich('looked', { date: <Instant at={checkedAt} age /> })}{' '}
            {gitCommit !== null && t.rich('pull.commit', { commit: <code dir="ltr">{gitCommit.slice(0, 12)}</code> })}
          </span>
        </p>
      </Notice>
      {waiting && (
        <details class="more">
          <summary>{t('waiting.what')}</summary>
          <p class="hint">{t('waiting.hint')}</p>
          <DiffView comparison={waiting.comparison} />
          <form method="post" action={address(locale, 'console', 'policies', slug, 'elsewhere', 'take')}>
            <input type="hidden" name="revision" value={waiting.revision} />
            <Button tone="second">{t('waiting.take')}</Button>
          </form>
        </details>
      )}
    </>
  );
}
