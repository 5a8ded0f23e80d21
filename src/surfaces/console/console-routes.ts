import { Hono } from 'hono';
import type { Site } from '../site.ts';
import { mailRoutes } from './mail-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { questionRoutes } from './question-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';

/** The console's route table. Sign-in stands first: every other route asks for a session. */
export function consoleRoutes(site: Site): Hono {
  const app = new Hono();
  for (const room of [signInRoutes, overviewRoutes, policyRoutes, questionRoutes, mailRoutes]) app.route('/', room(site));
  return app;
}
