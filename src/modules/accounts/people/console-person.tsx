import { address, Button, Checkbox, ErrorSummary, Instant, Notice, type Page, type Reader, Table } from '#design';
import { AskForSecond } from '../approvals/ask-for-second.tsx';
import { roleName } from '../roles/role-name.ts';
import type { Made } from './list-made.ts';
import type { StaffMember } from './list-staff.ts';
import { peopleText } from './people-text.ts';
import { RoleChoice, type RoleChoices } from './role-choice.tsx';

export type PersonError = { readonly field: 'role' | 'confirm' | 'reason'; readonly message: string };
export type ConsolePersonView = {
  readonly person: StaffMember;
  readonly choices: RoleChoices;
  /** May change this person's access. */
  readonly mayManage: boolean;
  /** Whoever looks manages accounts, but this person holds more than they do. */
  readonly above: boolean;
  /** A role may be given only after a second person agreed. */
  readonly takesTwo: boolean;
  /** What goes on without them; empty for whoever may not know. */
  readonly made: Made;
  /** Whoever looks may end programs and receivers. */
  readonly mayConnect: boolean;
  /** Whoever looks is this person. */
  readonly self: boolean;
  readonly errors: readonly PersonError[];
  readonly just: 'granted' | 'asked' | 'withdrawn' | 'reset' | null;
};

/** One member of staff: what they may do here, and the end of it. */
export function consolePerson(view: ConsolePersonView, { locale }: Reader): Page {
  const t = peopleText(locale);
  const { person, choices } = view;
  const called = person.name ?? person.email ?? person.id;
  const present = person.leftAt === null;
  return {
    title: called,
    description: '',
    section: 'people',
    path: `console/people/${person.id}`,
    unlisted: true,
    body: (
      <>
        <nav class="crumbs" aria-label={t('crumbs')}>
          <ol>
            <li>
              <a href={address(locale, 'console', 'people')}>{t('people')}</a>
            </li>
            <li aria-current="page">
              <bdi>{called}</bdi>
            </li>
          </ol>
        </nav>
        <div class="head">
          <div>
            <h1>
              <bdi>{called}</bdi>
            </h1>
            <p class="lede">
              {person.leftAt
                ? t.rich('person.left', { date: <Instant at={person.leftAt} day /> })
                : t.rich('person.lede', {
                    joined: <Instant at={person.joinedAt} day />,
                    seen: person.seenAt ? <Instant at={person.seenAt} age /> : t('seen.never'),
                  })}
            </p>
          </div>
          {person.name !== null && person.email !== null && (
            <p class="note">
              <bdi>{person.email}</bdi>
            </p>
          )}
        </div>
        <ErrorSummary errors={view.errors} />
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        {present && (
          <section class="section" aria-labelledby="roles">
            <h2 id="roles">{t('roles.held')}</h2>
            {person.roles.length === 0 ? (
              <p class="text">{t('roles.none.what')}</p>
            ) : (
              <Table
                caption={t('roles.held')}
                quiet
                rows={person.roles}
                columns={[
                  { head: t('role'), cell: ({ role }) => roleName(role, choices.customRoles, locale) },
                  { head: t('department'), cell: ({ department }) => department ?? t('department.all') },
                  {
                    head: t('act'),
                    cell: ({ role, departmentId }) =>
                      view.mayManage && (
                        <form method="post" action={address(locale, 'console', 'people', person.id, 'withdraw')}>
                          <input type="hidden" name="role" value={role} />
                          <input type="hidden" name="department" value={departmentId ?? ''} />
                          <button type="submit" class="linklike">
                            {t('withdraw')}
                          </button>
                        </form>
                      ),
                  },
                ]}
              />
            )}
            {view.above && <p class="text more">{t('person.above')}</p>}
            {view.mayManage && <GrantForm view={view} locale={locale} />}
          </section>
        )}
        {present && view.mayManage && !view.self && <ResetForm view={view} locale={locale} />}
        {present && view.mayManage && !view.self && <LeaveForm view={view} locale={locale} />}
      </>
    ),
  };
}

function GrantForm({ view, locale }: { view: ConsolePersonView; locale: string }) {
  const t = peopleText(locale);
  return (
    <details class="more" open={view.errors.some(({ field }) => field === 'role' || field === 'reason')}>
      <summary>{t('grant')}</summary>
      <form method="post" action={address(locale, 'console', 'people', view.person.id, 'grant')} class="narrow">
        <RoleChoice
          choices={view.choices}
          chosen=""
          departmentId=""
          error={view.errors.find(({ field }) => field === 'role')?.message}
          locale={locale}
        />
        {view.takesTwo && (
          <AskForSecond
            action={address(locale, 'console', 'people', view.person.id, 'ask-grant')}
            error={view.errors.find(({ field }) => field === 'reason')?.message}
            locale={locale}
          />
        )}
        <div class="actions">
          <Button tone="second">{t('grant.send')}</Button>
        </div>
      </form>
    </details>
  );
}

function ResetForm({ view, locale }: { view: ConsolePersonView; locale: string }) {
  const t = peopleText(locale);
  return (
    <section class="section" aria-labelledby="reset">
      <h2 id="reset">{t('reset')}</h2>
      <details class="more danger-zone">
        <summary>{t('reset.open')}</summary>
        <p class="text">{t('reset.what')}</p>
        <form method="post" action={address(locale, 'console', 'people', view.person.id, 'reset-proofs')}>
          <Button tone="danger">{t('reset.send')}</Button>
        </form>
      </details>
    </section>
  );
}

function LeaveForm({ view, locale }: { view: ConsolePersonView; locale: string }) {
  const t = peopleText(locale);
  const error = view.errors.find(({ field }) => field === 'confirm')?.message;
  return (
    <section class="section" aria-labelledby="leave">
      <h2 id="leave">{t('leave')}</h2>
      <details class="more danger-zone" open={error !== undefined}>
        <summary>{t('leave.open')}</summary>
        <p class="text">{t('leave.what')}</p>
        <form method="post" action={address(locale, 'console', 'people', view.person.id, 'leave')}>
          <MadeByThem view={view} locale={locale} />
          <Checkbox name="confirm" label={t('leave.confirm')} error={error} />
          <Button tone="danger">{t('leave.send')}</Button>
        </form>
      </details>
    </section>
  );
}

/** Keys belong to programs and messages to their receivers: both go on unless they are ticked. */
function MadeByThem({ view: { made, mayConnect }, locale }: { view: ConsolePersonView; locale: string }) {
  const t = peopleText(locale);
  const all = [
    ...made.programs.map(({ id, name }) => ({
      field: `program-${id}`,
      label: t.rich('made.program', { name: <bdi>{name}</bdi> }),
    })),
    ...made.webhooks.map(({ id, url }) => ({ field: `webhook-${id}`, label: t.rich('made.webhook', { url: <bdi>{url}</bdi> }) })),
  ];
  if (all.length === 0) return null;
  return (
    <fieldset>
      <legend>{t('made')}</legend>
      <p class="hint">{t(mayConnect ? 'made.what' : 'made.not-yours')}</p>
      {mayConnect ? (
        all.map(({ field, label }) => <Checkbox name={field} label={label} />)
      ) : (
        <ul>
          {all.map(({ label }) => (
            <li>{label}</li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
