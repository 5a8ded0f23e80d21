import { listAllMandates, listApprovals, openDisputes, roleName, rolesOfStaff } from '#accounts';
import { Hono } from 'hono';
import { holds, holdsSomewhere } from '#kernel/context';
import { listEvents, observe } from '#ledger';
import { draftsToReview, listCopyFindings, listPolicies, readDraft, scheduled } from '#policies';
import { listQuestions } from '#support';
import type { Site } from '../site.ts';
import { type AuditEvent, auditPage } from './audit-page.tsx';
import { healthPage } from './health-page.tsx';
import { judgeHealth } from './judge-health.ts';
import { overviewPage } from './overview-page.tsx';
import type { Task } from './rank-tasks.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk } from './with-desk.ts';

const pageSize = 50;
const mostQuestions = 200;

/** What needs doing, what happened, and how the installation is. */
export function overviewRoutes(site: Site): Hono {
  const app = new Hono();
  app.get('/:lang{[a-z]{2}}/console', withDesk(site, showOverview));
  app.get('/:lang{[a-z]{2}}/console/audit', withDesk(site, showAudit));
  app.get('/:lang{[a-z]{2}}/console/health', withDesk(site, showHealth));
  return app;
}

function contextOf(desk: Desk) {
  return observe(desk.site.ledger, desk.signedIn.actor);
}

async function showOverview(desk: Desk, request: Request): Promise<Response> {
  const { reader, site } = desk;
  const ctx = contextOf(desk);
  const records = holdsSomewhere(ctx.actor, 'policies:read') ? await listPolicies(ctx) : [];
  const tasks: Task[] = [];
  for (const { part, state } of judgeHealth(await site.health(), reader.now)) {
    if (state === 'broken') tasks.push({ kind: 'health', problem: part });
  }
  for (const { id, account, at } of holds(ctx.actor, 'accounts:read') ? await openDisputes(ctx) : [])
    tasks.push({ kind: 'dispute', id, of: account.kind, at });
  const questions = holdsSomewhere(ctx.actor, 'support:read') ? await listQuestions(ctx, mostQuestions) : [];
  for (const question of questions) {
    if (!question.answeredAt) tasks.push({ kind: 'question', id: question.id, about: question.title, dueAt: question.dueAt });
  }
  const mandates = holds(ctx.actor, 'accounts:mandates') ? await listAllMandates(ctx) : [];
  for (const { id, delegate, state, requestedAt } of mandates) {
    if (state === 'requested') tasks.push({ kind: 'mandate', id, delegate, since: requestedAt });
  }
  for (const { id, permission, title, mayDecide, askedAt } of await listApprovals(ctx)) {
    if (mayDecide) tasks.push({ kind: 'approval', id, about: title === '' ? permission : title, since: askedAt });
  }
  for (const { slug, title, askedAt } of await draftsToReview(ctx)) tasks.push({ kind: 'review', slug, title, since: askedAt });
  for (const { slug, title, finding, since } of holdsSomewhere(ctx.actor, 'policies:read') ? await listCopyFindings(ctx) : [])
    tasks.push({ kind: 'copy', of: finding, slug, title, since });
  for (const record of records) {
    const { document } = record;
    const { slug, title, visibility, visibleSince } = document;
    for (const { number, effectiveAt } of scheduled(record, reader.now)) {
      if (effectiveAt) tasks.push({ kind: 'scheduled', slug, title, number, effectiveAt });
    }
    const mayWrite = holds(ctx.actor, 'policies:write', { department: document.departmentId });
    const draft = mayWrite ? await readDraft(ctx, document.id) : null;
    if (draft) tasks.push({ kind: 'draft', slug, title, changedAt: draft.updatedAt });
    else if (visibility === 'rehearsal') tasks.push({ kind: 'hidden', slug, title, since: visibleSince });
  }
  const justSetUp = new URL(request.url).searchParams.get('just') === 'set-up';
  return consoleResponse(desk, overviewPage({ tasks, policies: records.length, justSetUp }, reader));
}

async function showAudit(desk: Desk, request: Request): Promise<Response> {
  const { reader, organisation } = desk;
  const ctx = contextOf(desk);
  ctx.require('ledger:audit');
  const query = new URL(request.url).searchParams;
  const wanted = query.get('log');
  const filter = wanted === 'public' || wanted === 'private' ? wanted : 'all';
  const page = Math.max(0, Math.min(100_000, Math.floor(Number(query.get('page')) || 0)));
  const { lines, total } = await listEvents(ctx.db, { log: filter === 'all' ? null : filter, page, pageSize });
  const roles = await rolesOfStaff(ctx);
  const titles = new Map(
    (holdsSomewhere(ctx.actor, 'policies:read') ? await listPolicies(ctx) : []).map(({ document }) => [document.id, document]),
  );
  const events = lines.map(({ at, type, actor, log, object, index }): AuditEvent => {
    const document = titles.get(object);
    const about = document
      ? { label: document.title, href: `/${reader.locale}/console/policies/${document.slug}` }
      : object === organisation.object
        ? { label: organisation.name, href: null }
        : null;
    return { at, type, who: whoOf(actor, roles, reader.locale), log, object: about, entry: index };
  });
  const at = (other: number) => `/${reader.locale}/console/audit?log=${filter}&page=${other}`;
  const view = {
    filter,
    events,
    total,
    newer: page > 0 ? at(page - 1) : null,
    older: (page + 1) * pageSize < total ? at(page + 1) : null,
  } as const;
  return consoleResponse(desk, auditPage(view, reader));
}

/** Roles, never names: one sees that somebody of the staff acted, and the person's own record says who. */
function whoOf(actor: string, roles: ReadonlyMap<string, readonly string[]>, locale: string): string {
  const [kind = '', id = ''] = actor.split(':');
  const held = kind === 'staff' ? roles.get(id) : undefined;
  return held?.map((role) => roleName(role, [], locale)).join(', ') ?? kind;
}

async function showHealth(desk: Desk): Promise<Response> {
  const facts = await desk.site.health();
  return consoleResponse(desk, healthPage({ facts, ...desk.site.running }, desk.reader));
}
