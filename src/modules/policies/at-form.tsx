import { address } from '#design';
import { policiesText } from './policies-text.ts';
import { audienceText, placeText } from './scope-text.ts';
import { everyone, type Scope } from './scope.ts';
import type { VersionView } from './version-view.ts';

/** Asks what was in force on a day. Who and where are asked only where the document makes a difference between them. */
export function AtForm(props: {
  versions: readonly VersionView[];
  slug: string;
  zone: string;
  locale: string;
  asked?: { date: string; scope: Scope };
}) {
  const { versions, slug, zone, locale, asked } = props;
  const t = policiesText(locale);
  const scope = asked?.scope ?? everyone;
  const audiences = [...new Set(['everyone', scope.audience, ...versions.map(({ audience }) => audience)])];
  const places = [...new Set([scope.jurisdiction, ...versions.map(({ jurisdiction }) => jurisdiction)])].flatMap(
    (place) => place ?? [],
  );
  return (
    <form method="get" action={address(locale, 'policies', slug, 'at')}>
      <div class="field">
        <label for="at-date">{t('at.date')}</label>
        <p class="hint" id="at-date-hint">
          {t('at.date.hint', { zone })}
        </p>
        <input id="at-date" name="date" type="date" required value={asked?.date} aria-describedby="at-date-hint" class="moment" />
      </div>
      {audiences.length > 1 && (
        <div class="field">
          <label for="at-audience">{t('at.who')}</label>
          <select id="at-audience" name="audience">
            {audiences.map((audience) => (
              <option value={audience} selected={audience === scope.audience}>
                {audienceText(audience, locale)}
              </option>
            ))}
          </select>
        </div>
      )}
      {places.length > 0 && (
        <div class="field">
          <label for="at-jurisdiction">{t('at.where')}</label>
          <select id="at-jurisdiction" name="jurisdiction">
            <option value="">{t('at.where.all')}</option>
            {places.map((place) => (
              <option value={place} selected={place === scope.jurisdiction}>
                {placeText(place, locale)}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="actions">
        <button class="second" type="submit">
          {t('at.send')}
        </button>
      </div>
    </form>
  );
}
