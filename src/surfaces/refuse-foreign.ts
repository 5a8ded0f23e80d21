import { isFromHere } from '#kernel/http';
import type { Site } from './site.ts';
import { problemResponse } from './trust/problem-response.ts';

/** A change sent from another site's page is refused whole. @returns `null` when the request may go on. */
export async function refuseForeign(site: Site, request: Request): Promise<Response | null> {
  const organisation = await site.organisation();
  const origins = [new URL(request.url).origin, ...(organisation ? [organisation.publicUrl] : [])];
  return isFromHere(request, origins) ? null : problemResponse(site, request, 403);
}
