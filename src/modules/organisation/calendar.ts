/** When the organisation works, so that a promise in business hours can be counted. Dates are ISO 8601 in `timeZone`. */
export type Calendar = {
  readonly version: string;
  readonly timeZone: string;
  /** ISO weekdays, 1 = Monday. */
  readonly weekdays: readonly number[];
  readonly hours: { readonly from: string; readonly to: string };
  readonly holidays: readonly string[];
};

export function officeHours(timeZone: string): Calendar {
  return { version: '1', timeZone, weekdays: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '17:00' }, holidays: [] };
}
