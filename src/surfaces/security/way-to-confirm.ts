import { seeOther } from '../html-response.ts';
import { pageToReturnTo } from './return-path.ts';

/** Somebody who may do it after a fresh proof is led to where they give it; programs get `null`, since nobody is there to ask. */
export function wayToConfirm(request: Request): Response | null {
  const place = /^\/([a-z]{2})\/(console|me)(?=\/|$)/.exec(new URL(request.url).pathname);
  if (!place) return null;
  return seeOther(`${place[0]}/confirm?return=${encodeURIComponent(pageToReturnTo(request))}`);
}
