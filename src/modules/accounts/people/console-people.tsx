import { address, Button, ErrorSummary, Field, Instant, Notice, type Page, type Reader, Table } from '#design';
import { AskForSecond } from '../approvals/ask-for-second.tsx';
import type { Invitation } from '../invitations/read-invitation.ts';
import { roleName } from '../roles/role-name.ts';
import { peopleText } from './people-text.ts';
import { HeldRoles } from './held-roles.tsx';
import { judgeAccess } from './review-access.ts';
import type { StaffMember } from './list-staff.ts';
import { RoleChoice, type RoleChoices } from './role-choice.tsx';

export type PeopleError = { readonly field: 'email' | 'role' | 'reason'; readonly message: string };
export type ConsolePeopleView = {
  readonly staff: readonly StaffMember[];
  readonly invitations: readonly Invitation[];
  readonly choices: RoleChoices;
  readonly mayInvite: boolean;
  /** Somebody may be invited only after a second person agreed. */
  readonly takesTwo: boolean;
  readonly entered: { readonly email: string; readonly role: string; readonly departmentId: string };
  readonly errors: readonly PeopleError[];
  /** Told once, after an invitation was made. */
  readonly invited: { readonly email: string; readonly link: string; readonly mailed: boolean } | null;
  readonly just: 'revoked' | 'left' | 'invite-asked' | null;
};

/** Who works here, who was asked to, and who may do what. */
export function consolePeople(view: ConsolePeopleView, reader: Reader): Page {
  const { locale, now } = reader;
  const t = peopleText(locale);
  const present = judgeAccess(view.staff, now);
  const left = view.staff.filter(({ leftAt }) => leftAt !== null);
  const unused = present.filter(({ unusedSince }) => unusedSince !== null).length;
  return {
    title: t('people'),
    description: '',
    section: 'people',
    path: 'console/people',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('people')}</h1>
            <p class="lede">{t('people.lede', { n: present.length, unused })}</p>
          </div>
          <ul class="note plain">
            <li>
              <a href={address(locale, 'console', 'people', 'review')}>{t('review')}</a>
            </li>
            <li>
              <a href={address(locale, 'console', 'roles')}>{t('roles')}</a>
            </li>
          </ul>
        </div>
        <ErrorSummary errors={view.errors} />
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        {view.invited && <Invited {...view.invited} locale={locale} />}
        <div class="section">
          <Table
            caption={t('people')}
            quiet
            rows={present}
            columns={[
              { head: t('person'), cell: (person) => <Person person={person} locale={locale} /> },
              {
                head: t('roles.held'),
                cell: ({ roles }) => <HeldRoles roles={roles} customRoles={view.choices.customRoles} locale={locale} />,
              },
              {
                head: t('seen'),
                cell: ({ seenAt, unusedSince }) => (
                  <>
                    {seenAt ? <Instant at={seenAt} day age /> : <span class="quiet">{t('seen.never')}</span>}
                    {unusedSince && (
                      <>
                        {' '}
                        <span class="state wait">{t('unused')}</span>
                      </>
                    )}
                  </>
                ),
              },
            ]}
          />
        </div>
        <Waiting view={view} reader={reader} />
        {view.mayInvite && <InviteForm view={view} locale={locale} />}
        {left.length > 0 && (
          <section class="section" aria-labelledby="left">
            <h2 id="left">{t('left')}</h2>
            <p class="text">{t('left.what')}</p>
            <Table
              caption={t('left')}
              quiet
              rows={left}
              columns={[
                { head: t('person'), cell: (person) => <Person person={person} locale={locale} /> },
                { head: t('left.since'), cell: ({ leftAt }) => leftAt && <Instant at={leftAt} day /> },
              ]}
            />
          </section>
        )}
      </>
    ),
  };
}

function Person({ person: { id, name, email }, locale }: { person: StaffMember; locale: string }) {
  return (
    <>
      <a href={address(locale, 'console', 'people', id)}>
        <bdi>{name ?? email ?? id}</bdi>
      </a>
      {name !== null && email !== null && (
        <span class="quiet">
          {' '}
          <bdi>{email}</bdi>
        </span>
      )}
    </>
  );
}

function Invited({ email, link, mailed, locale }: { email: string; link: string; mailed: boolean; locale: string }) {
  const t = peopleText(locale);
  return (
    <Notice tone="good" announce>
      <p>{t.rich(mailed ? 'invited.mailed' : 'invited.by-hand', { email: <bdi>{email}</bdi> })}</p>
      <p>
        <code class="secret" dir="ltr">
          {link}
        </code>
      </p>
    </Notice>
  );
}

function Waiting({ view, reader: { locale, now } }: { view: ConsolePeopleView; reader: Reader }) {
  const t = peopleText(locale);
  if (view.invitations.length === 0) return null;
  return (
    <section class="section" aria-labelledby="waiting">
      <h2 id="waiting">{t('waiting')}</h2>
      <Table
        caption={t('waiting')}
        quiet
        rows={view.invitations}
        columns={[
          { head: t('email'), cell: ({ email }) => <bdi>{email}</bdi> },
          {
            head: t('role'),
            cell: ({ role, department }) => (
              <>
                {roleName(role, view.choices.customRoles, locale)}
                {department !== null && <> ({department})</>}
              </>
            ),
          },
          {
            head: t('waiting.until'),
            cell: ({ expiresAt }) =>
              Temporal.Instant.compare(expiresAt, now) > 0 ? (
                <Instant at={expiresAt} day />
              ) : (
                <span class="state wait">{t('waiting.over')}</span>
              ),
          },
          {
            head: t('act'),
            cell: ({ id, email }) =>
              view.mayInvite && (
                <form method="post" action={address(locale, 'console', 'people', 'invitations', id)}>
                  <button type="submit" class="linklike">
                    {t.rich('revoke', { email: <span class="visually-hidden">{email}</span> })}
                  </button>
                </form>
              ),
          },
        ]}
      />
    </section>
  );
}

function InviteForm({ view, locale }: { view: ConsolePeopleView; locale: string }) {
  const t = peopleText(locale);
  const { entered, errors } = view;
  const errorAt = (field: PeopleError['field']) => errors.find((error) => error.field === field)?.message;
  return (
    <section class="section" aria-labelledby="invite">
      <h2 id="invite">{t('invite')}</h2>
      <form method="post" action={address(locale, 'console', 'people')} class="narrow">
        <Field
          name="email"
          label={t('email')}
          hint={t('invite.hint')}
          error={errorAt('email')}
          control={(control) => <input {...control} type="email" required autocomplete="off" value={entered.email} />}
        />
        <RoleChoice
          choices={view.choices}
          chosen={entered.role}
          departmentId={entered.departmentId}
          error={errorAt('role')}
          locale={locale}
        />
        {view.takesTwo && (
          <AskForSecond action={address(locale, 'console', 'people', 'ask-invite')} error={errorAt('reason')} locale={locale} />
        )}
        <div class="actions">
          <Button>{t('invite.send')}</Button>
        </div>
      </form>
    </section>
  );
}
