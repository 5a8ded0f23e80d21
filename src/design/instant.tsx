import { formatAge, formatDate, formatInstant } from '#kernel/i18n';
import { useContext } from 'preact/hooks';
import { ReaderContext } from './reader.ts';

/** One point in time: absolute with its zone, or only the day, and how long ago if asked for. */
export function Instant({ at, day = false, age = false }: { at: Temporal.Instant; day?: boolean; age?: boolean }) {
  const { locale, zone, now } = useContext(ReaderContext);
  const shown = day ? formatDate(locale, at, zone) : formatInstant(locale, at, zone);
  return (
    <>
      <time datetime={at.toString()} title={day ? formatInstant(locale, at, zone) : undefined}>
        {shown}
      </time>
      {age && <span class="quiet"> ({formatAge(locale, at, now)})</span>}
    </>
  );
}
