import { z } from 'zod';
import { answered, type RefusalAnswer, type Route, route } from '#kernel/contract';
import { refuse } from '#kernel/outcome';
import { readOrganisation } from '#organisation';
import { acceptanceReceipt, acceptancesOfSubject, makeAcceptanceLink, reportDecision } from '#policies';
import {
  acceptanceListForm,
  examples,
  idempotencyForm,
  linkForm,
  newAcceptanceForm,
  newLinkForm,
  recordedForm,
} from './acceptance-forms.ts';

const mediaType = 'application/json';

const subjectNotValid = [422, 'A subject has 1 to 200 characters, without control characters or space around it.'] as const;
const policyRefusals = {
  'policies/policy-not-found': [404, 'There is no public policy at this address.'],
  'policies/acceptance-not-asked': [409, 'Nobody is asked to accept this policy.'],
  'policies/subject-not-valid': subjectNotValid,
} as const satisfies Record<string, RefusalAnswer>;

const reportRefusals = {
  ...policyRefusals,
  'policies/shown-missing': [422, 'Say which version, language, bytes and words were shown, unless a yes is withdrawn.'],
  'policies/version-not-in-force': [409, 'This version is not in force. Show the one that is, and ask again.'],
  'policies/text-differs': [409, 'The hash is not that of the text in force. Show that one, and ask again.'],
  'policies/language-differs': [409, 'The version in force is in another language.'],
  'policies/nothing-accepted': [409, 'There is no acceptance that could be withdrawn.'],
  'policies/key-used-otherwise': [422, 'This Idempotency-Key was used for another request.'],
  'policies/person-erased': [410, 'This request was answered once, and the person erased their account since.'],
} as const satisfies Record<string, RefusalAnswer>;

type Decision = {
  readonly id: string;
  readonly kind: 'accepted' | 'refused' | 'withdrawn' | 'carried';
  readonly version: number;
  readonly language: string;
  readonly textHash: Buffer;
  readonly surface: 'portal' | 'link' | 'api' | 'system';
  readonly at: Temporal.Instant;
};

function describe({ id, kind, version, language, textHash, surface, at }: Decision, policy: string) {
  const receipt = `/api/v1/acceptances/${id}/receipt`;
  return {
    id,
    policy,
    decision: kind,
    version,
    language,
    textHash: textHash.toString('hex'),
    surface,
    at: at.toString(),
    receipt,
  };
}

export const acceptanceRoutes: readonly Route[] = [
  route(
    {
      method: 'post',
      path: '/acceptances',
      summary: 'Record what a person decided on your own site.',
      description:
        'For your own sign-up form. Counts only for the version in force and the exact bytes that were shown. Saying the same twice ' +
        'adds nothing. The receipt can be fetched as soon as the private log is signed, within a minute.',
      headers: idempotencyForm,
      body: newAcceptanceForm,
      bodyExample: examples.newAcceptance,
      responses: {
        201: {
          description: 'What is recorded. The same answer, if it was before.',
          mediaType,
          schema: recordedForm,
          example: { recorded: examples.decision, answer: 'yes' },
        },
      },
      refusals: reportRefusals,
      auth: { scope: 'acceptances:record' },
      limit: null,
      effect: 'records',
    },
    async (ctx, { body, headers }) => {
      const { subject, policy, decision, shown } = body;
      const sent = { idempotencyKey: headers['idempotency-key'], subject, policy, decision, shown };
      const made = await reportDecision(ctx, sent);
      if (!made.ok) {
        const { refusal, facts } = made;
        // Words and count of entries are those of our own pages: a form elsewhere cannot get them wrong.
        if (refusal === 'policies/words-differ' || refusal === 'policies/decided-meanwhile') throw new Error(refusal);
        return refuse(refusal, facts);
      }
      return answered(201, { recorded: describe(made.value.decision, policy), answer: made.value.answer });
    },
  ),
  route(
    {
      method: 'get',
      path: '/acceptances',
      summary: 'How one person stands to every document of which acceptance is asked.',
      description: 'For a person that this program named. Whom it never named was never asked.',
      query: z.strictObject({ subject: newAcceptanceForm.shape.subject }),
      responses: {
        200: {
          description: 'By title of the document.',
          mediaType,
          schema: acceptanceListForm,
          example: {
            subject: 'customer-48213',
            acceptances: [
              { policy: 'terms', answer: 'yes', asked: false, inForce: 2, version: 2, decisions: [examples.decision] },
            ],
          },
        },
      },
      refusals: { 'policies/subject-not-valid': subjectNotValid },
      auth: { scope: 'acceptances:read' },
      limit: null,
      effect: 'reads',
    },
    async (ctx, { query: { subject } }) => {
      const found = await acceptancesOfSubject(ctx, { subject });
      if (!found) return refuse('policies/subject-not-valid');
      const acceptances = found.map(({ document, standing, asking, decisions }) => ({
        policy: document.slug,
        answer: standing.answer,
        asked: asking === 'ask',
        inForce: document.current?.number ?? null,
        version: standing.last?.version ?? null,
        decisions: decisions.map((row) => describe(row, document.slug)),
      }));
      return answered(200, { subject, acceptances });
    },
  ),
  route(
    {
      method: 'get',
      path: '/acceptances/{id}/receipt',
      summary: 'Proof of what a person decided, for the checker.',
      description:
        'One file that the page “Check us”, offline.html and `troth log verify` check. It holds every decision of the person and nothing else.',
      params: z.strictObject({ id: z.uuid() }),
      responses: {
        200: { description: 'The receipt, as a file of its own.', mediaType, schema: null },
      },
      refusals: {
        'policies/decision-not-found': [404, 'This program has no such decision.'],
        'policies/receipt-not-signed': [409, 'The private log is not signed that far. Try again within a minute.'],
      },
      auth: { scope: 'acceptances:read' },
      limit: null,
      effect: 'reads',
    },
    async (ctx, { params }) => {
      const receipt = await acceptanceReceipt(ctx, params);
      if (receipt === undefined) return refuse('policies/decision-not-found');
      if (receipt === null) return refuse('policies/receipt-not-signed');
      return answered(200, receipt);
    },
  ),
  route(
    {
      method: 'post',
      path: '/acceptance-links',
      summary: 'Make a link to a page that asks one person about one document.',
      description:
        'Counts once, for half an hour. The page shows the exact text, asks, and leads on to one of the addresses that staff allowed.',
      body: newLinkForm,
      bodyExample: examples.newLink,
      responses: {
        201: {
          description: 'The ticket stands in the address; it is told once and only its hash is kept.',
          mediaType,
          schema: linkForm,
          example: { url: 'https://trust.harbour.example/acceptance?ticket=…', expiresAt: '2026-11-02T09:30:00Z' },
        },
      },
      refusals: {
        ...policyRefusals,
        'policies/audience-wrong': [422, 'The audience is not the public address of this site.'],
        'policies/return-address-not-allowed': [422, 'This return address is not among those that staff allowed.'],
      },
      auth: { scope: 'acceptances:record' },
      limit: null,
      effect: 'records',
    },
    async (ctx, { body }) => {
      const organisation = await readOrganisation(ctx);
      if (!organisation) throw new Error('before set-up nothing answers here');
      const { publicUrl } = organisation;
      const made = await makeAcceptanceLink(ctx, { ...body, publicUrl });
      if (!made.ok) return made;
      const { ticket, expiresAt } = made.value;
      return answered(201, { url: `${publicUrl}/acceptance?ticket=${ticket}`, expiresAt: expiresAt.toString() });
    },
  ),
];
