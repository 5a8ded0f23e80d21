import type { AllowedFields } from '@troth/tlog';

export const organisationLeafFields = {
  'organisation.established': ['name', 'languages', 'timeZone', 'sector', 'sample'],
  'organisation.reply-time-declared': ['businessHours', 'calendarVersion', 'weekdays', 'from', 'to', 'holidays'],
  'release.client-files': ['release', 'files'],
} as const satisfies AllowedFields;
