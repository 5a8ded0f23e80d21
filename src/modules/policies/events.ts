import type { AllowedFields } from '@troth/tlog';

const version = ['slug', 'version', 'language', 'audience', 'jurisdiction', 'origin'] as const;
// Names of rules with their versions; what a person judged the change to be.
const notice = ['changeClass', 'noticeRules'] as const;

export const policyLeafFields = {
  'policy.document-opened': ['slug', 'language'],
  'policy.version-published': [...version, 'effectiveAt', 'effectiveLocal', 'effectiveZone', ...notice],
  'policy.version-imported': [...version, 'claimedPublishedAt', 'commit', 'path'],
  'policy.summary-published': ['version', 'language'],
  'policy.translation-published': ['slug', 'version', 'language', 'edition'],
  'policy.signed-copy-published': ['version', 'language'],
  'policy.version-withdrawn': ['version'],
  'policy.approvers-set': ['approvers'],
  'policy.notice-shortened': ['of', 'version', 'rule', 'earliest', 'effectiveAt', 'effectiveZone'],
  'policy.notice-rules-chosen': ['slug', 'audience', 'noticeRules'],
  'policy.document-ended': ['slug', 'lastVersion', 'effectiveAt', 'effectiveLocal', 'effectiveZone', 'noticeRules'],
} as const satisfies AllowedFields;
