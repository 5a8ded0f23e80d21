import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import type { Outcome } from '#kernel/outcome';
import { act } from '#ledger';
import {
  consoleElsewhere,
  type ElsewhereField,
  type ElsewhereView,
  loadElsewhere,
  type PoliciesRefusal,
  policiesSentence,
  type PolicyRecord,
  removePull,
  setPull,
  takePulled,
  unwatchCopy,
  watchCopy,
} from '#policies';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { contextOf, onDocument } from './on-document.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 16_000;
const path = '/:lang{[a-z]{2}}/console/policies/:slug/elsewhere';

/** Where the organisation's website shows a document, and where its text is written. */
export function elsewhereRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(
    path,
    withDesk(site, (desk, request) => onDocument(desk, request, (record) => show(desk, record, {}, request))),
  );
  for (const [name, answer] of Object.entries({ copy, source, take }))
    app.post(
      `${path}/${name}`,
      withForm(site, formLimit, (desk, request, form) => onDocument(desk, request, (record) => answer(desk, record, form))),
    );
  return app;
}

const justs = ['looking', 'removed', 'taken'] as const;

type Asked = { errors?: ElsewhereView['errors']; entered?: Partial<ElsewhereView['entered']> };

async function show(desk: Desk, record: PolicyRecord, asked: Asked, request?: Request): Promise<Response> {
  const standing = await loadElsewhere(contextOf(desk), record);
  const { copy, pull } = standing;
  const wanted = request && new URL(request.url).searchParams.get('just');
  const entered = { copyUrl: copy?.url ?? '', sourceUrl: pull?.url ?? '', branch: pull?.branch ?? '', path: pull?.path ?? '' };
  const just = justs.find((name) => name === wanted) ?? null;
  const view: ElsewhereView = { ...standing, errors: [], just, ...asked, entered: { ...entered, ...asked.entered } };
  return consoleResponse(desk, consoleElsewhere(view, desk.reader), view.errors.length > 0 ? 422 : 200);
}

async function copy(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const documentId = record.document.id;
  const { ledger } = desk.site;
  if (form.text('act') === 'remove') {
    await act(ledger, desk.signedIn.actor, (ctx) => unwatchCopy(ctx, { documentId }));
    return back(desk, record, 'removed');
  }
  const url = form.text('copyUrl');
  const set = await act(ledger, desk.signedIn.actor, (ctx) => watchCopy(ctx, { documentId, url }));
  return answered(desk, record, set, 'looking', { copyUrl: url }, 'copyUrl');
}

async function source(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const documentId = record.document.id;
  const { ledger } = desk.site;
  if (form.text('act') === 'remove') {
    await act(ledger, desk.signedIn.actor, (ctx) => removePull(ctx, { documentId }));
    return back(desk, record, 'removed');
  }
  const [branch, file] = [form.text('branch').trim(), form.text('path').trim()];
  const entered = { sourceUrl: form.text('sourceUrl'), branch, path: file };
  const git = branch === '' && file === '' ? null : { branch, path: file };
  const set = await act(ledger, desk.signedIn.actor, (ctx) => setPull(ctx, { documentId, url: entered.sourceUrl, git }));
  const field = { 'policies/branch-not-valid': 'branch', 'policies/path-not-valid': 'path' } as const;
  const isOurs = !set.ok && (set.refusal === 'policies/branch-not-valid' || set.refusal === 'policies/path-not-valid');
  return answered(desk, record, set, 'looking', entered, isOurs ? field[set.refusal] : 'sourceUrl');
}

async function take(desk: Desk, record: PolicyRecord, form: Form): Promise<Response> {
  const revision = Number(form.text('revision')) || 0;
  const taken = await act(desk.site.ledger, desk.signedIn.actor, (ctx) =>
    takePulled(ctx, { documentId: record.document.id, revision }),
  );
  return answered(desk, record, taken, 'taken', {}, 'take');
}

function answered(
  desk: Desk,
  record: PolicyRecord,
  outcome: Outcome<unknown, PoliciesRefusal>,
  just: (typeof justs)[number],
  entered: Partial<ElsewhereView['entered']>,
  field: ElsewhereField,
): Promise<Response> {
  if (outcome.ok) return back(desk, record, just);
  const errors = [{ field, message: policiesSentence(outcome.refusal, outcome.facts, desk.reader.locale) }];
  return show(desk, record, { errors, entered });
}

function back(desk: Desk, record: PolicyRecord, just: (typeof justs)[number]): Promise<Response> {
  return Promise.resolve(seeOther(`/${desk.reader.locale}/console/policies/${record.document.slug}/elsewhere?just=${just}`));
}
