import { handOffPage, type HandOffView, readHandOff, spendHandOff } from '#accounts';
import { Hono } from 'hono';
import { address } from '#design';
import { readForm, setCookie } from '#kernel/http';
import { interfaceLanguage } from '#kernel/i18n';
import { act, observe } from '#ledger';
import { formProblem } from '../form-problem.ts';
import { heldToken } from '../held-token.ts';
import { seeOther } from '../html-response.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import { keyedPage } from '../keyed-page.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { bareResponse } from './bare-response.ts';

const formLimit = 4_000;
const path = '/:lang{[a-z]{2}}/sign-in/hand-off';
const visitor = { kind: 'visitor' } as const;
const nothing = { ticket: '', person: null } as const;

/** The end of a hand-off: looking at the address spends nothing, the button does. */
export function handOffRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, (c) => look(site, c.req.raw, interfaceLanguage(c.req.param('lang')), c.req.query('ticket') ?? ''));
  app.post(path, (c) => spend(site, c.req.raw, interfaceLanguage(c.req.param('lang'))));
  return app;
}

async function look(site: Site, request: Request, locale: string, ticket: string): Promise<Response> {
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const { publicUrl } = organisation;
  const read = await readHandOff(observe(site.ledger, visitor), { ticket, publicUrl });
  return show(site, request, locale, read.ok ? { ticket, person: read.value, refused: null } : { ...nothing, refused: read });
}

async function show(site: Site, request: Request, locale: string, view: Omit<HandOffView, 'organisation'>): Promise<Response> {
  const query = view.ticket === '' ? '' : `?ticket=${encodeURIComponent(view.ticket)}`;
  const status = view.refused ? 410 : 200;
  return keyedPage(
    await bareResponse(site, request, { locale, query, status }, ({ name }, reader) =>
      handOffPage({ ...view, organisation: name }, reader),
    ),
  );
}

async function spend(site: Site, request: Request, locale: string): Promise<Response> {
  const foreign = await refuseForeign(site, request);
  if (foreign) return foreign;
  const form = await readForm(request, formLimit);
  if (typeof form === 'string') return formProblem(site, request, form);
  const organisation = await site.organisation();
  if (!organisation) return problemResponse(site, request, 503);
  const ticket = form.text('ticket');
  const { publicUrl } = organisation;
  const here = { device: site.deviceOf(request), held: heldToken(site, request, 'user') };
  const spent = await act(site.ledger, visitor, (ctx) => spendHandOff(ctx, { ticket, publicUrl, ...here }));
  if (!spent.ok) return show(site, request, locale, { ...nothing, refused: spent });
  const { token, returnTo } = spent.value;
  return seeOther(returnTo ?? address(locale, 'me'), {
    'set-cookie': setCookie('user', token, { secure: site.secureCookies(), seconds: null }),
  });
}
