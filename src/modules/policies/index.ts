import './tables.ts';
import './pull/pull-tables.ts';
import './watch/watch-tables.ts';
export { askToPublish } from './ask-to-publish.ts';
export { publicationDeed } from './publication-deed.ts';
export { policyLeafFields } from './events.ts';
export { importVersion, type ImportRefusal } from './import-version.ts';
export { type GitVersion, type HistoryRefusal, listVersions } from './git/list-versions.ts';
export { inForce, scheduled } from './in-force.ts';
export { audiences, everyone, isAudience, isJurisdiction, type Scope } from './scope.ts';
export { readMoment } from './moment.ts';
export { judgeMoment } from './judge-moment.ts';
export { endDocument, type EndDocumentRefusal } from './end-document.ts';
export { type ChangeClass, changeClasses, type NoticeRule } from './notice/notice-rule.ts';
export { findRule, noticeRules } from './notice/notice-rules.ts';
export { judgeNotice } from './notice/judge-notice.ts';
export { type DeliverableNotice, type ReadDeliveries } from './notice/deliverable-notice.ts';
export { chooseNoticeRules, type ChooseNoticeRulesRefusal } from './notice/choose-notice-rules.ts';
export { loadAt } from './load-at.ts';
export { type AtView, trustAt } from './trust-at.tsx';
export { moveDocument } from './move-document.ts';
export { openDocument, type OpenDocumentRefusal, slugFor } from './open-document.ts';
export { type PublishRefusal, publishVersion } from './publish-version.ts';
export { listPolicies, type PolicyRecord, readDraft, readPolicy, readVersionText, type VersionRow } from './read-policies.ts';
export { policyRoutes } from './routes.ts';
export { type DraftEdit, saveDraft, type SaveDraftRefusal } from './save-draft.ts';
export { renderSections } from './text/render-markdown.tsx';
export { splitClauses } from './text/clauses.ts';
export { consoleTranslation, type TranslationView } from './translation/console-translation.tsx';
export { loadTranslation, translatedViews } from './translation/load-translation.ts';
export { publishTranslation } from './translation/publish-translation.ts';
export { listTranslations, translatedVersions } from './translation/read-translations.ts';
export { isLanguage, saveTranslation } from './translation/save-translation.ts';
export { draftsToReview } from './review/drafts-to-review.ts';
export { loadReviewPart } from './review/load-review-part.ts';
export { type Review, readReview } from './review/approvals.ts';
export { answerReview, type AnswerReviewRefusal } from './review/answer-review.ts';
export { askForReview, type AskForReviewRefusal } from './review/ask-for-review.ts';
export { setApprovers, type SetApproversRefusal } from './review/set-approvers.ts';
export { withdrawVersion, type WithdrawRefusal } from './withdraw-version.ts';
export {
  loadChange,
  type Loaded,
  loadPolicies,
  loadPolicy,
  loadVersion,
  policySections,
  versionViews,
} from './load-trust-views.tsx';
export { trustChange } from './trust-change.tsx';
export { type PolicyItem, PolicyList, trustPolicies } from './trust-policies.tsx';
export { type ClauseQuestion, trustPolicy } from './trust-policy.tsx';
export { trustVersion } from './trust-version.tsx';
export { type PoliciesRefusal, policiesSentence } from './refusals.ts';
export { searchPolicies } from './search-policies.ts';
export { consoleConflict } from './console-conflict.tsx';
export { consoleEditPolicy, type EditPolicyView } from './console-edit-policy.tsx';
export { type DepartmentChoices } from './console-department.tsx';
export { type EnteredDraft } from './console-editor-form.tsx';
export { endError, formError, type PolicyError, policyError, rulesError, withdrawError } from './console-errors.ts';
export { consoleNewPolicy, type NewPolicyView } from './console-new-policy.tsx';
export { consolePolicies } from './console-policies.tsx';
export { consoleReview } from './console-review.tsx';
export { hideDocument } from './hide-document.ts';
export { judgePublication } from './judge-publication.ts';
export { loadConsolePolicies, loadDraft, loadEditor, loadReview } from './load-console-views.tsx';
export { openTemplate, templateChoices } from './templates/open-template.ts';
export { readUpload } from './sources/read-upload.ts';
export { type ClauseComparison, type Comparison, diffTexts, type SentenceChange } from './text/diff-texts.ts';
export { listChanges, type VersionChange } from './list-changes.ts';
export { type EditClass, sortClasses } from './text/change-classes.ts';
export { type Finding, type FindingKind, findingKinds } from './text/detect/finding.ts';
export { type Spot } from './text/detect/spot.ts';
export { fingerprintOf, returnsTo } from './text/fingerprint.ts';
export { type ReadingGrade, readingGrade } from './text/reading-grade.ts';
export { carryIds, type CarriedIds, type EndedId, type IdentifiedClause, resolveId } from './text/carry-ids.ts';
export { type DefinedTerm, findDefinitions, findUses, type TermUse } from './text/defined-terms.ts';
export { seedVersions } from './seed.ts';
export { type PolicyConflictView } from './console-conflict.tsx';
export { type ConsolePoliciesView } from './console-policies.tsx';
export { type ReviewPolicyView } from './console-review.tsx';
export { type ChangeView } from './trust-change.tsx';
export { type PolicyView } from './trust-policy.tsx';
export { type PolicyVersionView } from './trust-version.tsx';
export { type VersionView } from './version-view.ts';
export { titleOf } from './title-of.ts';
export { lookElsewhere } from './elsewhere/look-elsewhere.ts';
export { lookAtCopy } from './watch/look-at-copy.ts';
export { type CopyFinding } from './watch/judge-look.ts';
export { listCopyFindings, readCopy } from './watch/read-copies.ts';
export { unwatchCopy } from './watch/unwatch-copy.ts';
export { watchCopy } from './watch/watch-copy.ts';
export { pullText } from './pull/pull-text.ts';
export { readPull } from './pull/read-pull.ts';
export { removePull } from './pull/remove-pull.ts';
export { setPull } from './pull/set-pull.ts';
export { takePulled } from './pull/take-pulled.ts';
export { consoleElsewhere, type ElsewhereField, type ElsewhereView } from './elsewhere/console-elsewhere.tsx';
export { loadElsewhere } from './elsewhere/load-elsewhere.ts';
// Signed copy and merging.
export { policiesConsoleText } from './console-text.ts';
export { mergeDraft } from './merge-draft.ts';
export { attachSignedCopy } from './signed-copy/attach-signed-copy.ts';
export { readSignedBytes, readSignedCopy } from './signed-copy/read-signed-copy.ts';
export { removeSignedCopy } from './signed-copy/remove-signed-copy.ts';
// Acceptance: who said yes or no to what.
import './acceptance/tables.ts';
export { acceptVersion } from './acceptance/accept-version.ts';
export { answerByLink, readLinkQuestion } from './acceptance/answer-by-link.ts';
export { callAcceptance } from './acceptance/call-acceptance.ts';
export { carryAcceptances } from './acceptance/carry-acceptances.ts';
export { countDecisions } from './acceptance/count-decisions.ts';
export { eraseAcceptances } from './acceptance/erase-acceptances.ts';
export { makeAcceptanceLink } from './acceptance/make-acceptance-link.ts';
export {
  acceptanceReceipt,
  acceptancesOfSubject,
  exportAcceptances,
  ownAcceptanceReceipt,
  ownAcceptances,
  ownQuestion,
  readAcceptances,
} from './acceptance/read-acceptances.ts';
export { refuseVersion } from './acceptance/refuse-version.ts';
export { reportDecision } from './acceptance/report-decision.ts';
export { allowReturnAddress, forbidReturnAddress, listReturnAddresses } from './acceptance/return-addresses.ts';
export { setAcceptance } from './acceptance/set-acceptance.ts';
export { withdrawAcceptance } from './acceptance/withdraw-acceptance.ts';
export { linkPage, type LinkPageView } from './acceptance/link-page.tsx';
export { loadQuestionView } from './acceptance/load-question-view.ts';
export { portalAcceptances, type PortalAcceptancesView } from './acceptance/portal-acceptances.tsx';
export { portalQuestion, type PortalQuestionView } from './acceptance/portal-question.tsx';
export { type PersonAcceptance } from './acceptance/read-acceptances.ts';
export { consoleAcceptance, type ConsoleAcceptanceView } from './acceptance/console-acceptance.tsx';
export { consoleAcceptor } from './acceptance/console-acceptor.tsx';
export { consoleAcceptors, type ConsoleAcceptorsView } from './acceptance/console-acceptors.tsx';
export { findPerson } from './acceptance/find-person.ts';
export { readAcceptanceSetting } from './acceptance/read-acceptance-setting.ts';
