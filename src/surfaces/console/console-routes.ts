import { Hono } from 'hono';
import type { Site } from '../site.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { mandateRoutes } from './mandate-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { questionRoutes } from './question-routes.ts';
import { rolesRoutes } from './roles-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';

/** The console's route table. Sign-in and invitations stand first: every other route asks for a session. */
export function consoleRoutes(site: Site): Hono {
  const app = new Hono();
  for (const room of [
    signInRoutes,
    invitationRoutes,
    overviewRoutes,
    policyRoutes,
    questionRoutes,
    peopleRoutes,
    rolesRoutes,
    mandateRoutes,
  ])
    app.route('/', room(site));
  return app;
}
