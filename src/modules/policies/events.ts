import type { AllowedFields } from '@troth/tlog';

const version = ['slug', 'version', 'language', 'audience', 'jurisdiction', 'origin'] as const;

export const policyLeafFields = {
  'policy.document-opened': ['slug', 'language'],
  'policy.version-published': [...version, 'effectiveAt', 'effectiveLocal', 'effectiveZone'],
  'policy.version-imported': [...version, 'claimedPublishedAt', 'commit', 'path'],
  'policy.summary-published': ['version', 'language'],
  'policy.version-withdrawn': ['version'],
  'policy.approvers-set': ['approvers'],
} as const satisfies AllowedFields;
