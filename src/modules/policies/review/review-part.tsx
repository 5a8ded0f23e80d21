import { address, Button, Field, Instant } from '#design';
import { policiesConsoleText } from '../console-text.ts';
import type { ReviewPartView } from './load-review-part.ts';

type Props = {
  review: ReviewPartView;
  slug: string;
  /** Of the draft that is shown: an answer is about exactly this one. */
  revision: number;
  error: string | null;
  locale: string;
};

/** In place of the button that publishes: who must still approve, who did, and the next step. */
export function ReviewPart({ review, slug, revision, error, locale }: Props) {
  const t = policiesConsoleText(locale);
  const { state, needed, answers, askedBy, askedAt, may } = review;
  const given = answers.filter(({ approves }) => approves).length;
  return (
    <>
      <h3>{t('approvals')}</h3>
      <p class="text">{t(`approvals.${state}`, { needed, given })}</p>
      {askedBy !== null && askedAt !== null && state !== 'not-asked' && (
        <p class="text">{t.rich('approvals.asked', { who: <bdi>{askedBy}</bdi>, date: <Instant at={askedAt} /> })}</p>
      )}
      {answers.length > 0 && state !== 'changed-since' && (
        <ul>
          {answers.map(({ who, approves, note, at }) => (
            <li>
              {t.rich(approves ? 'approvals.yes' : 'approvals.no', { who: <bdi>{who}</bdi>, date: <Instant at={at} /> })}
              {note !== '' && (
                <p class="multiline" dir="auto">
                  {note}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {may === 'ask' && (
        <form method="post" action={address(locale, 'console', 'policies', slug, 'ask-for-review')}>
          <input type="hidden" name="revision" value={revision} />
          <Button>{t('approvals.ask')}</Button>
        </form>
      )}
      {may === 'answer' && (
        <form method="post" action={address(locale, 'console', 'policies', slug, 'answer-review')}>
          <input type="hidden" name="review" value={review.id ?? ''} />
          <Field
            name="note"
            label={t('approvals.note')}
            hint={t('approvals.note.hint')}
            optional
            error={error ?? undefined}
            control={(props) => <textarea {...props} rows={3} maxlength={2000} dir="auto" />}
          />
          <div class="actions">
            <Button name="answer" value="approve">
              {t('approvals.approve')}
            </Button>
            <Button name="answer" value="object" tone="second">
              {t('approvals.object')}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
