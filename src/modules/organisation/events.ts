import type { LeafFields } from '#ledger';

export const organisationLeafFields = {
  'organisation.established': ['name', 'languages', 'timeZone', 'sector', 'sample'],
  'organisation.reply-time-declared': ['businessHours', 'calendarVersion'],
} as const satisfies LeafFields;
