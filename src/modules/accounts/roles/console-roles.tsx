import type { ComponentChildren } from 'preact';
import { address, Button, Checkbox, ErrorSummary, Field, Notice, type Page, type Reader } from '#design';
import { AskForSecond } from '../approvals/ask-for-second.tsx';
import { approvalsText } from '../approvals/approvals-text.ts';
import type { Department } from '../people/departments.ts';
import { peopleText } from '../people/people-text.ts';
import { type KnownPermission, permissions, provedAgain } from './permissions.ts';
import { isRole, roles } from './roles.ts';
import type { CustomRole } from './save-custom-role.ts';

export type RolesError = { readonly field: 'id' | 'name' | 'permissions' | 'department' | 'reason'; readonly message: string };
export type ConsoleRolesView = {
  readonly customRoles: readonly CustomRole[];
  readonly departments: readonly Department[];
  readonly mayManage: boolean;
  /** A role may be widened only after a second person agreed. */
  readonly takesTwo: boolean;
  readonly entered: CustomRole;
  readonly errors: readonly RolesError[];
  readonly just: 'role-saved' | 'role-asked' | 'role-removed' | 'department-opened' | null;
};

/** What each role may do, written out from the code that decides it. */
export function consoleRoles(view: ConsoleRolesView, { locale }: Reader): Page {
  const t = peopleText(locale);
  return {
    title: t('roles'),
    description: '',
    section: 'people',
    path: 'console/roles',
    unlisted: true,
    body: (
      <>
        <nav class="crumbs" aria-label={t('crumbs')}>
          <ol>
            <li>
              <a href={address(locale, 'console', 'people')}>{t('people')}</a>
            </li>
            <li aria-current="page">{t('roles')}</li>
          </ol>
        </nav>
        <div class="head">
          <div>
            <h1>{t('roles')}</h1>
            <p class="lede">{t('roles.lede')}</p>
          </div>
          <p class="note">
            {t('roles.proof')} <a href={address(locale, 'console', 'approvals')}>{approvalsText(locale)('settings')}</a>
          </p>
        </div>
        <ErrorSummary errors={view.errors} />
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        {Object.keys(roles)
          .filter(isRole)
          .map((role) => (
            <RoleSection id={role} name={t(`role.${role}`)} held={roles[role]} locale={locale} />
          ))}
        {view.customRoles.map(({ id, name, permissions: held }) => (
          <RoleSection id={id} name={name} held={permissions.filter((known) => held.includes(known))} locale={locale}>
            {view.mayManage && (
              <form method="post" action={address(locale, 'console', 'roles', id, 'remove')}>
                <button type="submit" class="linklike">
                  {t.rich('role.remove', { role: <span class="visually-hidden">{name}</span> })}
                </button>
              </form>
            )}
          </RoleSection>
        ))}
        {view.mayManage && <CustomRoleForm view={view} locale={locale} />}
        <Departments view={view} locale={locale} />
      </>
    ),
  };
}

function RoleSection(props: {
  id: string;
  name: string;
  held: readonly KnownPermission[];
  locale: string;
  children?: ComponentChildren;
}) {
  const t = peopleText(props.locale);
  return (
    <section class="section" aria-labelledby={`role-${props.id}`}>
      <h2 id={`role-${props.id}`}>
        <bdi>{props.name}</bdi>
      </h2>
      <ul class="text">
        {props.held.map((permission) => (
          <li>
            {t(`may.${permission}`)}
            {provedAgain.has(permission) && <span class="quiet"> {t('proved')}</span>}
          </li>
        ))}
      </ul>
      {props.children}
    </section>
  );
}

function CustomRoleForm({ view, locale }: { view: ConsoleRolesView; locale: string }) {
  const t = peopleText(locale);
  const { entered } = view;
  const errorAt = (field: RolesError['field']) => view.errors.find((error) => error.field === field)?.message;
  return (
    <section class="section" aria-labelledby="own-role">
      <h2 id="own-role">{t('own-role')}</h2>
      <p class="text">{t('own-role.what')}</p>
      <form method="post" action={address(locale, 'console', 'roles')} class="narrow">
        <Field
          name="name"
          label={t('own-role.name')}
          error={errorAt('name')}
          control={(control) => <input {...control} type="text" required maxlength={80} value={entered.name} />}
        />
        <Field
          name="id"
          label={t('own-role.id')}
          hint={t('own-role.id.hint')}
          error={errorAt('id')}
          control={(control) => (
            <input {...control} type="text" required maxlength={40} autocapitalize="none" value={entered.id} dir="ltr" />
          )}
        />
        <fieldset id="permissions">
          <legend>{t('own-role.permissions')}</legend>
          {errorAt('permissions') !== undefined && <p class="msg">{errorAt('permissions')}</p>}
          {permissions.map((permission) => (
            <Checkbox name={permission} label={t(`may.${permission}`)} checked={entered.permissions.includes(permission)} />
          ))}
        </fieldset>
        {view.takesTwo && (
          <AskForSecond action={address(locale, 'console', 'roles', 'ask')} error={errorAt('reason')} locale={locale} />
        )}
        <div class="actions">
          <Button tone="second">{t('own-role.send')}</Button>
        </div>
      </form>
    </section>
  );
}

function Departments({ view, locale }: { view: ConsoleRolesView; locale: string }) {
  const t = peopleText(locale);
  const error = view.errors.find(({ field }) => field === 'department')?.message;
  return (
    <section class="section" aria-labelledby="departments">
      <h2 id="departments">{t('departments')}</h2>
      <p class="text">{t('departments.what')}</p>
      {view.departments.length > 0 && (
        <ul>
          {view.departments.map(({ name }) => (
            <li>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      {view.mayManage && (
        <form method="post" action={address(locale, 'console', 'roles', 'departments')} class="narrow">
          <Field
            name="department"
            label={t('departments.name')}
            error={error}
            control={(control) => <input {...control} type="text" required maxlength={80} />}
          />
          <Button tone="second">{t('departments.send')}</Button>
        </form>
      )}
    </section>
  );
}
