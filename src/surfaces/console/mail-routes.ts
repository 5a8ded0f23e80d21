import { permissions } from '#accounts';
import { Hono } from 'hono';
import { holds, PermissionMissing } from '#kernel/context';
import { observe } from '#ledger';
import { type CaughtMail, readCaught } from '#mail';
import { pageHeaders } from '#kernel/http';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { mailPage } from './mail-page.tsx';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk } from './with-desk.ts';

/** What development and the sample caught instead of sending it. Anywhere else there are no such pages. */
export function mailRoutes(site: Site): Hono {
  const app = new Hono();
  if (site.mail !== 'catch') return app;
  app.get(
    '/:lang{[a-z]{2}}/console/mail',
    withDesk(site, async (desk) => consoleResponse(desk, mailPage({ letters: await lettersFor(desk) }, desk.reader))),
  );
  app.get(
    '/:lang{[a-z]{2}}/console/mail/:id',
    withDesk(site, async (desk, request) => {
      const { id } = desk.params;
      const letter = (await lettersFor(desk)).find((each) => each.id === id);
      if (!letter) return problemResponse(site, request, 404);
      return new Response(letter.html, {
        headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      });
    }),
  );
  return app;
}

/** Invitations and sign-in links among them: whoever reads those could become anybody who was sent one, so they hold all there is. */
async function lettersFor({ site, signedIn: { actor } }: Desk): Promise<CaughtMail[]> {
  const missing = permissions.find((permission) => !holds(actor, permission));
  if (missing !== undefined) throw new PermissionMissing(missing);
  return readCaught(observe(site.ledger, actor));
}
