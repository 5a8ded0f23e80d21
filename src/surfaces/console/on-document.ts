import { observe } from '#ledger';
import { type PolicyRecord, readPolicy } from '#policies';
import { problemResponse } from '../trust/problem-response.ts';
import type { Desk } from './session.ts';

export function contextOf({ site, signedIn }: Desk) {
  return observe(site.ledger, signedIn.actor);
}

/** Answers about the document in the address; one that is none, or of another department, is not found. */
export async function onDocument(
  desk: Desk,
  request: Request,
  answer: (record: PolicyRecord) => Promise<Response>,
): Promise<Response> {
  const record = await readPolicy(contextOf(desk), desk.params['slug'] ?? '');
  return record ? answer(record) : problemResponse(desk.site, request, 404);
}
