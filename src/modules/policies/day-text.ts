/** A day of the calendar in words. English puts the day first, as everywhere on these pages. */
export function dayText(day: Temporal.PlainDate, locale: string): string {
  return day.toLocaleString(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long' });
}
