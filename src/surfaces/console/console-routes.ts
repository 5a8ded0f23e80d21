import { Hono } from 'hono';
import type { Site } from '../site.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { approvalRoutes } from './approval-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { elsewhereRoutes } from './elsewhere-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { mandateRoutes } from './mandate-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { policyReviewRoutes } from './policy-review-routes.ts';
import { policyNoticeRoutes } from './policy-notice-routes.ts';
import { translationRoutes } from './translation-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import { questionRoutes } from './question-routes.ts';
import { rolesRoutes } from './roles-routes.ts';
import { scimConsoleRoutes } from './scim-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The console's route table. Sign-in and invitations stand first: every other route asks for a session. */
export function consoleRoutes(site: Site): Hono {
  const app = new Hono();
  for (const room of [
    signInRoutes,
    invitationRoutes,
    accountRoutes,
    overviewRoutes,
    policyRoutes,
    policyReviewRoutes,
    translationRoutes,
    policyNoticeRoutes,
    elsewhereRoutes,
    acceptanceRoutes,
    questionRoutes,
    peopleRoutes,
    rolesRoutes,
    providerRoutes,
    keyRoutes,
    scimConsoleRoutes,
    webhookRoutes,
    mandateRoutes,
    approvalRoutes,
    mailRoutes,
  ])
    app.route('/', room(site));
  return app;
}
