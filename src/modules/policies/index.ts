import './tables.ts';
import './pull/pull-tables.ts';
import './watch/watch-tables.ts';
export { askToPublish } from './ask-to-publish.ts';
export { publicationDeed } from './publication-deed.ts';
export { policyLeafFields } from './events.ts';
export { importVersion, type ImportRefusal } from './import-version.ts';
export { type GitVersion, type HistoryRefusal, listVersions } from './git/list-versions.ts';
export { inForce, scheduled } from './in-force.ts';
export { moveDocument } from './move-document.ts';
export { openDocument, type OpenDocumentRefusal, slugFor } from './open-document.ts';
export { type PublishRefusal, publishVersion } from './publish-version.ts';
export { listPolicies, type PolicyRecord, readDraft, readPolicy, readVersionText, type VersionRow } from './read-policies.ts';
export { policyRoutes } from './routes.ts';
export { saveDraft, type SaveDraftRefusal } from './save-draft.ts';
export { renderSections } from './text/render-markdown.tsx';
export { splitClauses } from './text/clauses.ts';
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
export { formError, type PolicyError, policyError, withdrawError } from './console-errors.ts';
export { consoleNewPolicy, type NewPolicyView } from './console-new-policy.tsx';
export { consolePolicies } from './console-policies.tsx';
export { consoleReview } from './console-review.tsx';
export { hideDocument } from './hide-document.ts';
export { judgePublication } from './judge-publication.ts';
export { loadConsolePolicies, loadDraft, loadEditor, loadReview } from './load-console-views.tsx';
export { openTemplate, templateChoices } from './templates/open-template.ts';
export { diffTexts } from './text/diff-texts.ts';
export { readUpload } from './sources/read-upload.ts';
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
