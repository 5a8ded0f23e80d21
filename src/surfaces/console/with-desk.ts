import type { Context } from 'hono';
import { type Form, readForm } from '#kernel/http';
import { formProblem } from '../form-problem.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { Site } from '../site.ts';
import { type Desk, openDesk } from './session.ts';

type Answer = (desk: Desk, request: Request) => Promise<Response> | Response;
type FormAnswer = (desk: Desk, request: Request, form: Form) => Promise<Response>;

/** For pages: signed in, or sent to the sign-in page. */
export function withDesk(site: Site, answer: Answer): (c: Context) => Promise<Response> {
  return async (c) => {
    const desk = await openDesk(site, c);
    return desk instanceof Response ? desk : answer(desk, c.req.raw);
  };
}

/** For forms: sent from here, signed in, readable, and no larger than `limit` bytes. Who is asked before a body is read. */
export function withForm(site: Site, limit: number, answer: FormAnswer): (c: Context) => Promise<Response> {
  return async (c) => {
    const request = c.req.raw;
    const foreign = await refuseForeign(site, request);
    if (foreign) return foreign;
    const desk = await openDesk(site, c);
    if (desk instanceof Response) return desk;
    const form = await readForm(request, limit);
    if (typeof form === 'string') return formProblem(site, request, form);
    return answer(desk, request, form);
  };
}
