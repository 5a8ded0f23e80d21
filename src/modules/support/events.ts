import type { AllowedFields } from '@troth/tlog';

export const supportLeafFields = {
  'question.published': ['policy', 'version', 'clause', 'language'],
  'questions.counted': ['asked', 'answeredInTime', 'answeredLate', 'openInTime', 'openLate'],
} as const satisfies AllowedFields;
