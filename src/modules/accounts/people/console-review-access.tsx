import { address, Button, Instant, Notice, type Page, type Reader, Table } from '#design';
import type { CustomRole } from '../roles/save-custom-role.ts';
import { HeldRoles } from './held-roles.tsx';
import type { StaffMember } from './list-staff.ts';
import { peopleText } from './people-text.ts';
import { judgeAccess } from './review-access.ts';

export type ReviewAccessView = {
  readonly staff: readonly StaffMember[];
  readonly customRoles: readonly CustomRole[];
  readonly lastReview: Temporal.Instant | null;
  readonly mayManage: boolean;
  readonly just: boolean;
};

/** Who may do what, whoever has not used it first. */
export function consoleReviewAccess(view: ReviewAccessView, { locale, now }: Reader): Page {
  const t = peopleText(locale);
  const people = judgeAccess(view.staff, now);
  const unused = people.filter(({ unusedSince }) => unusedSince !== null).length;
  return {
    title: t('review'),
    description: '',
    section: 'people',
    path: 'console/people/review',
    unlisted: true,
    body: (
      <>
        <nav class="crumbs" aria-label={t('crumbs')}>
          <ol>
            <li>
              <a href={address(locale, 'console', 'people')}>{t('people')}</a>
            </li>
            <li aria-current="page">{t('review')}</li>
          </ol>
        </nav>
        <div class="head">
          <div>
            <h1>{t('review')}</h1>
            <p class="lede">{t('review.lede', { n: people.length, unused })}</p>
          </div>
          <p class="note">
            {view.lastReview ? t.rich('review.last', { date: <Instant at={view.lastReview} day age /> }) : t('review.never')}
          </p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t('just.reviewed')}</p>
          </Notice>
        )}
        <div class="section">
          <Table
            caption={t('review')}
            quiet
            rows={people}
            columns={[
              {
                head: t('person'),
                cell: ({ id, name, email }) => (
                  <a href={address(locale, 'console', 'people', id)}>
                    <bdi>{name ?? email ?? id}</bdi>
                  </a>
                ),
              },
              {
                head: t('roles.held'),
                cell: ({ roles }) => <HeldRoles roles={roles} customRoles={view.customRoles} locale={locale} />,
              },
              {
                head: t('review.use'),
                cell: ({ unusedSince, seenAt }) =>
                  unusedSince ? (
                    <span class="state wait">{t.rich('review.unused', { date: <Instant at={unusedSince} day age /> })}</span>
                  ) : seenAt ? (
                    <Instant at={seenAt} day age />
                  ) : (
                    <span class="quiet">{t('seen.never')}</span>
                  ),
              },
            ]}
          />
        </div>
        {view.mayManage && (
          <form method="post" action={address(locale, 'console', 'people', 'review')} class="section">
            <p class="text">{t('review.what')}</p>
            <Button>{t('review.send')}</Button>
          </form>
        )}
      </>
    ),
  };
}
