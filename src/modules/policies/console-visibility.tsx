import { address, Button, Checkbox, Instant } from '#design';
import type { Visibility } from '#kernel/context';
import { errorAt, type PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';

export type VisibilityView = {
  slug: string;
  visibility: Visibility;
  visibleSince: Temporal.Instant;
  errors: readonly PolicyError[];
};

/** Becoming public needs no button: the first publication does it. Leaving the public does, and is itself public. */
export function VisibilitySection({ view, locale }: { view: VisibilityView; locale: string }) {
  const t = policiesConsoleText(locale);
  const { visibility } = view;
  const error = errorAt(view.errors, 'confirm');
  return (
    <section class="section" aria-labelledby="visibility">
      <h2 id="visibility">{t('seen-by')}</h2>
      <p class="text">{t.rich(`visibility.${visibility}`, { date: <Instant at={view.visibleSince} day /> })}</p>
      {visibility !== 'rehearsal' && (
        <details class="more danger-zone" open={error !== undefined}>
          <summary>{t('hide')}</summary>
          <p class="text">{t('hide.what')}</p>
          <form method="post" action={address(locale, 'console', 'policies', view.slug, 'visibility')}>
            <input type="hidden" name="to" value="rehearsal" />
            <Checkbox name="confirm" label={t('hide.confirm')} error={error} />
            <Button tone="danger">{t('hide.send')}</Button>
          </form>
        </details>
      )}
    </section>
  );
}
