import {
  accountsSentence,
  askToSaveRole,
  consoleRoles,
  type ConsoleRolesView,
  giftsTakeTwo,
  listCustomRoles,
  listDepartments,
  openDepartment,
  permissions,
  removeCustomRole,
  saveCustomRole,
} from '#accounts';
import { Hono } from 'hono';
import { holds } from '#kernel/context';
import type { Form } from '#kernel/http';
import { act, observe } from '#ledger';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 16_000;
const path = '/:lang{[a-z]{2}}/console/roles';
const justs = ['role-saved', 'role-asked', 'role-removed', 'department-opened'] as const;

/** What each role may do, the organisation's own roles, and its departments. */
export function rolesRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) => {
      const just = new URL(request.url).searchParams.get('just');
      return page(desk, { entered: nothingEntered, errors: [], just: justs.find((name) => name === just) ?? null });
    }),
  );
  app.post(path, withForm(site, formLimit, save));
  app.post(`${path}/ask`, withForm(site, formLimit, ask));
  app.post(`${path}/departments`, withForm(site, formLimit, addDepartment));
  app.post(`${path}/:id{[a-z][a-z0-9-]{1,39}}/remove`, withForm(site, formLimit, remove));
  return app;
}

type State = Pick<ConsoleRolesView, 'entered' | 'errors' | 'just'>;
const nothingEntered = { id: '', name: '', permissions: [] };

async function page(desk: Desk, state: State, status = 200): Promise<Response> {
  const ctx = observe(desk.site.ledger, desk.signedIn.actor);
  ctx.require('accounts:read');
  const view = {
    ...state,
    customRoles: await listCustomRoles(ctx),
    departments: await listDepartments(ctx),
    mayManage: holds(desk.signedIn.actor, 'accounts:manage'),
    takesTwo: await giftsTakeTwo(ctx),
  };
  return consoleResponse(desk, consoleRoles(view, desk.reader), status);
}

const fields = {
  'accounts/name-missing': 'name',
  'accounts/role-name-not-valid': 'id',
  'accounts/permission-not-known': 'permissions',
  'accounts/wider-than-own': 'permissions',
  'accounts/above-own': 'permissions',
  'accounts/second-person-needed': 'permissions',
  'accounts/second-person-not-needed': 'permissions',
  'accounts/approval-asked': 'permissions',
  'accounts/approval-reason-missing': 'reason',
} as const;

function roleIn(form: Form) {
  const wanted = permissions.filter((permission) => form.text(permission) !== '');
  return { id: form.text('id').trim(), name: form.text('name'), permissions: wanted };
}

async function ask(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const role = roleIn(form);
  const wanted = { ...role, reason: form.text('reason').replaceAll('\r\n', '\n') };
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => askToSaveRole(ctx, wanted));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/roles?just=role-asked`);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { entered: role, errors: [{ field: fields[outcome.refusal], message }], just: null }, 422);
}

async function save(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const role = roleIn(form);
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => saveCustomRole(ctx, role));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/roles?just=role-saved`);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { entered: role, errors: [{ field: fields[outcome.refusal], message }], just: null }, 422);
}

async function remove(desk: Desk): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const { id = '' } = desk.params;
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => removeCustomRole(ctx, { id }));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/roles?just=role-removed`);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { entered: nothingEntered, errors: [{ field: 'id', message }], just: null }, 422);
}

async function addDepartment(desk: Desk, _: Request, form: Form): Promise<Response> {
  const { site, signedIn, reader } = desk;
  const outcome = await act(site.ledger, signedIn.actor, (ctx) => openDepartment(ctx, { name: form.text('department') }));
  if (outcome.ok) return seeOther(`/${reader.locale}/console/roles?just=department-opened`);
  const message = accountsSentence(outcome.refusal, outcome.facts, reader.locale);
  return page(desk, { entered: nothingEntered, errors: [{ field: 'department', message }], just: null }, 422);
}
