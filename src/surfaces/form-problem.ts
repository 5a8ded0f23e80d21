import type { FormRefusal } from '#kernel/http';
import type { Site } from './site.ts';
import { problemResponse } from './trust/problem-response.ts';

/** The page about a form that could not be taken in at all. */
export function formProblem(site: Site, request: Request, refusal: FormRefusal): Promise<Response> {
  return problemResponse(site, request, refusal === 'http/body-too-large' ? 413 : 400);
}
