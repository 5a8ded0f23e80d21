import type { Page, Reader } from '#design';
import type { Assets } from '#kernel/assets';
import {
  consoleApprovals,
  consoleInvitation,
  consoleMandate,
  consoleMandates,
  consolePeople,
  consolePerson,
  consoleReviewAccess,
  consoleRoles,
  portalAccountErased,
  portalData,
  portalSettings,
  consoleConnections,
  consoleKey,
  consoleKeys,
  consoleKeyTold,
  consoleProvider,
  consoleProviders,
  goToProvider,
  handOffPage,
  ownProviders,
  providerProblem,
  consoleSignIn,
  portalActing,
  portalMandates,
  portalOfferMandate,
  portalRequestMandate,
  confirmPage,
  disputePage,
  doubtPage,
  newPasskeyPage,
  openProofPage,
  passphrasePage,
  portalPasskeyPage,
  recoveryCodesPage,
  secondStepPage,
  securityPage,
  sessionsPage,
  totpPage,
  consoleScim,
  consoleScimTold,
  consoleWebhook,
  consoleWebhooks,
  consoleWebhookTold,
  portalAddress,
  portalConfirmAddress,
  portalLinkCode,
  portalLinkSent,
  portalOpenLink,
  portalSignedIn,
  portalSignIn,
} from '#accounts';
import { consoleAcceptance, consoleAcceptor, consoleAcceptors, linkPage, portalAcceptances, portalQuestion } from '#policies';
import { consoleConflict } from '#policies';
import { consoleEditPolicy, consoleElsewhere } from '#policies';
import { consoleNewPolicy } from '#policies';
import { consolePolicies } from '#policies';
import { consoleReview } from '#policies';
import { consoleQuestion } from '#support';
import { consoleQuestions } from '#support';
import { portalEnter } from '#support';
import { portalErased } from '#support';
import { portalAskFor, portalOwnQuestions, trustAsk } from '#support';
import { portalReceipt } from '#support';
import { auditPage } from '../console/audit-page.tsx';
import { healthPage } from '../console/health-page.tsx';
import { mailPage } from '../console/mail-page.tsx';
import { overviewPage } from '../console/overview-page.tsx';
import { renderBarePage, renderConsolePage } from '../console/render-console-page.tsx';
import { setUpPage } from '../console/set-up-page.tsx';
import { setUpProblem } from '../console/set-up-problem.tsx';
import { portalHome } from '../portal/home-page.tsx';
import { renderPortalPage } from '../portal/render-portal-page.tsx';
import * as connections from './fixtures/connections.ts';
import * as provisioning from './fixtures/provisioning.ts';
import * as accounts from './fixtures/links.ts';
import { elsewhereCases } from './fixtures/elsewhere.ts';
import { editCases, newPolicyCases, policyListCases } from './fixtures/console-policies.tsx';
import { enterCases, erasedCases, questionCases, queueCases, receiptCases } from './fixtures/console-questions.tsx';
import { conflictCases, reviewCases } from './fixtures/console-review.tsx';
import * as fixtures from './fixtures/console.ts';
import { reader } from './fixtures/organisation.ts';
import { askForCases, dataCases, homeCases, ownQuestionCases, settingsCases } from './fixtures/portal-self.ts';
import { askInNameCases } from './fixtures/support.tsx';
import { invitationCases, peopleCases, personCases, reviewAccessCases, rolesCases } from './fixtures/people.ts';
import {
  actingCases,
  consoleMandateCases,
  consoleMandatesCases,
  offerMandateCases,
  portalMandateCases,
  requestMandateCases,
} from './fixtures/mandates.ts';
import {
  acceptanceCases,
  acceptorCases,
  acceptorsCases,
  linkCases,
  questionAskedCases,
  settingCases,
} from './fixtures/acceptance.tsx';
import { approvalCases } from './fixtures/approvals.ts';
import { doubtCases, portalDoubtCases } from './fixtures/doubt.ts';
import * as proofs from './fixtures/proofs.ts';
import type { Story } from './story.ts';

type Show = (page: Page, reader: Reader, assets: Assets) => Uint8Array<ArrayBuffer>;

/** Gives back a view of the same shape; a test spoils every string in it. */
export type Change = <View>(view: View) => View;

/** A fixture with the page it is for. */
export type ConsoleCase = { name: string; render: (reader: Reader, assets: Assets, change?: Change) => Uint8Array<ArrayBuffer> };

function cases<View>(
  name: string,
  page: (view: View, reader: Reader) => Page,
  views: Readonly<Record<string, View>>,
  show: Show,
): ConsoleCase[] {
  return Object.entries(views).map(([key, view]) => ({
    name: `${name}-${key}`,
    render: (reader, assets, change = (same) => same) => show(page(change(view), reader), reader, assets),
  }));
}

const desk: Show = (page, reader, assets) => renderConsolePage(page, fixtures.desk, reader, assets);
const trial: Show = (page, reader, assets) => renderConsolePage(page, fixtures.trialDesk, reader, assets);
const bare: Show = (page, reader, assets) => renderBarePage(page, fixtures.bare, reader, assets);
const bareNamed: Show = (page, reader, assets) => renderBarePage(page, fixtures.bareNamed, reader, assets);
const portal: Show = (page, reader, assets) =>
  renderPortalPage(page, { organisation: 'Harbour Bank', banners: [], self: null }, reader, assets);
const self: Show = (page, reader, assets) => {
  const signedIn = { called: 'uma@harbour.invalid', readingSize: null };
  return renderPortalPage(page, { organisation: 'Harbour Bank', banners: [], self: signedIn }, reader, assets);
};

export const consoleCases: readonly ConsoleCase[] = [
  ...cases('set-up', setUpPage, fixtures.setUpCases, bare),
  ...cases('set-up', setUpProblem, { unset: 'unset', expired: 'expired', used: 'used', invalid: 'invalid' }, bare),
  ...cases('sign-in', consoleSignIn, fixtures.signInCases, bareNamed),
  ...cases('console', overviewPage, fixtures.overviewCases, desk),
  ...cases('console-trial', overviewPage, { first: fixtures.overviewCases['first'] ?? missing() }, trial),
  ...cases('console-policies', consolePolicies, policyListCases, desk),
  ...cases('console-new', consoleNewPolicy, newPolicyCases, desk),
  ...cases('console-edit', consoleEditPolicy, editCases, desk),
  ...cases('console-elsewhere', consoleElsewhere, elsewhereCases, desk),
  ...cases('console-conflict', consoleConflict, conflictCases, desk),
  ...cases('console-review', consoleReview, reviewCases, desk),
  ...cases('console-queue', consoleQuestions, queueCases, desk),
  ...cases('console-question', consoleQuestion, questionCases, desk),
  ...cases('console-invitation', consoleInvitation, invitationCases, bareNamed),
  ...cases('console-people', consolePeople, peopleCases, desk),
  ...cases('console-person', consolePerson, personCases, desk),
  ...cases('console-review-access', consoleReviewAccess, reviewAccessCases, desk),
  ...cases('console-roles', consoleRoles, rolesCases, desk),
  ...cases('console-connections', (_view, reader) => consoleConnections(reader), { empty: {} }, desk),
  ...cases('console-providers', consoleProviders, connections.providerListCases, desk),
  ...cases('console-provider', consoleProvider, connections.providerCases, desk),
  ...cases('console-keys', consoleKeys, connections.keyListCases, desk),
  ...cases('console-key', consoleKey, connections.keyCases, desk),
  ...cases('console-key-told', consoleKeyTold, connections.keyToldCases, desk),
  ...cases('console-scim', consoleScim, provisioning.scimCases, desk),
  ...cases('console-scim-told', consoleScimTold, provisioning.scimToldCases, desk),
  ...cases('console-webhooks', consoleWebhooks, provisioning.webhookListCases, desk),
  ...cases('console-webhook', consoleWebhook, provisioning.webhookCases, desk),
  ...cases('console-webhook-told', consoleWebhookTold, provisioning.webhookToldCases, desk),
  ...cases('console-own-providers', ownProviders, connections.staffOwnCases, desk),
  ...cases('go-to-provider', goToProvider, connections.goCases, bareNamed),
  ...cases('provider-problem', providerProblem, connections.providerProblemCases, bareNamed),
  ...cases('hand-off', handOffPage, connections.handOffCases, bareNamed),
  ...cases('console-mandates', consoleMandates, consoleMandatesCases, desk),
  ...cases('console-mandate', consoleMandate, consoleMandateCases, desk),
  ...cases('console-approvals', consoleApprovals, approvalCases, desk),
  ...cases('console-audit', auditPage, fixtures.auditCases, desk),
  ...cases('console-health', healthPage, fixtures.healthCases, desk),
  ...cases('second-step', secondStepPage, proofs.secondStepCases, bareNamed),
  ...cases('console-security', securityPage, proofs.securityCases, desk),
  ...cases('console-sessions', sessionsPage, proofs.sessionsCases, desk),
  ...cases('console-passkey', newPasskeyPage, proofs.newPasskeyCases, desk),
  ...cases('console-totp', totpPage, proofs.totpCases, desk),
  ...cases('console-codes', recoveryCodesPage, proofs.recoveryCases, desk),
  ...cases('console-passphrase', passphrasePage, proofs.passphraseCases, desk),
  ...cases('console-confirm', confirmPage, proofs.confirmCases, desk),
  ...cases('console-dispute', disputePage, proofs.disputeCases, desk),
  ...cases('console-doubt', doubtPage, doubtCases, desk),
  ...cases('portal-doubt', doubtPage, portalDoubtCases, portal),
  ...cases('portal-security', securityPage, proofs.portalSecurityCases, portal),
  ...cases('portal-sessions', sessionsPage, proofs.portalSessionsCases, portal),
  ...cases('portal-confirm', confirmPage, proofs.portalConfirmCases, portal),
  ...cases('portal-open-proof', openProofPage, proofs.openProofCases, portal),
  ...cases('portal-passkey', portalPasskeyPage, proofs.portalPasskeyCases, portal),
  ...cases('console-mail', mailPage, accounts.caughtCases, desk),
  ...cases('me-sign-in', portalSignIn, accounts.signInCases, portal),
  ...cases('me-link-sent', portalLinkSent, accounts.sentCases, portal),
  ...cases('me-open-link', portalOpenLink, accounts.openCases, portal),
  ...cases('me-link-code', portalLinkCode, { plain: { code: '042195' } }, portal),
  ...cases('me-signed-in', portalSignedIn, accounts.signedInCases, portal),
  ...cases('me-address', portalAddress, accounts.addressCases, portal),
  ...cases('me-confirm-address', portalConfirmAddress, accounts.confirmCases, portal),
  ...cases('me-enter', portalEnter, enterCases, portal),
  ...cases('me-receipt', portalReceipt, receiptCases, portal),
  ...cases('me-providers', ownProviders, connections.ownCases, portal),
  ...cases('me-erased', portalErased, erasedCases, portal),
  ...cases('me-home', portalHome, homeCases, self),
  ...cases('me-questions', portalOwnQuestions, ownQuestionCases, self),
  ...cases('me-ask', portalAskFor, askForCases, self),
  ...cases('me-ask-form', trustAsk, askInNameCases, self),
  ...cases('me-settings', portalSettings, settingsCases, self),
  ...cases('me-data', portalData, dataCases, self),
  ...cases('me-acceptances', portalAcceptances, acceptanceCases, self),
  ...cases('me-acceptance', portalQuestion, questionAskedCases, self),
  ...cases('console-acceptance', consoleAcceptance, settingCases, desk),
  ...cases('console-acceptances', consoleAcceptors, acceptorsCases, desk),
  ...cases('console-acceptor', consoleAcceptor, acceptorCases, desk),
  ...cases('acceptance-link', linkPage, linkCases, bareNamed),
  ...cases('me-account-erased', portalAccountErased, { plain: { organisation: 'Harbour Bank' } }, portal),
  ...cases('me-mandates', portalMandates, portalMandateCases, portal),
  ...cases('me-mandates-request', portalRequestMandate, requestMandateCases, portal),
  ...cases('me-mandates-offer', portalOfferMandate, offerMandateCases, portal),
  ...cases('me-for', portalActing, actingCases, portal),
];

function missing(): never {
  throw new Error('a story names a fixture that is not there');
}

/** Every page of set-up, console and portal with every fixture, in both languages. */
export const consoleStories: readonly Story[] = consoleCases.flatMap(({ name, render }) =>
  ['en', 'de'].map((locale) => ({
    name: `${name}-${locale}`,
    locale,
    page: (assets) => render(reader(locale), assets),
  })),
);
