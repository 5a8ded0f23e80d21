import { address, Button, Field } from '#design';
import { errorAt, type PolicyError } from '../console-errors.ts';
import { policiesConsoleText } from '../console-text.ts';
import { mostApprovers } from './set-approvers.ts';

export type ApproversView = { readonly slug: string; readonly approvers: number; readonly errors: readonly PolicyError[] };

/** How many people who wrote none of it must approve a version of this document. */
export function ApproversSection({ view, locale }: { view: ApproversView; locale: string }) {
  const t = policiesConsoleText(locale);
  const { slug, approvers, errors } = view;
  return (
    <section class="section" aria-labelledby="approvals">
      <h2 id="approvals">{t('approvals')}</h2>
      <p class="text">{t('approvers.now', { n: approvers })}</p>
      <details class="more" open={errorAt(errors, 'approvers') !== undefined}>
        <summary>{t('approvers.change')}</summary>
        <form method="post" action={address(locale, 'console', 'policies', slug, 'approvers')} class="narrow">
          <Field
            name="approvers"
            label={t('approvers')}
            hint={t('approvers.hint')}
            error={errorAt(errors, 'approvers')}
            control={(props) => (
              <select {...props}>
                {Array.from({ length: mostApprovers + 1 }, (_, n) => (
                  <option value={n} selected={n === approvers}>
                    {n}
                  </option>
                ))}
              </select>
            )}
          />
          <Button tone="second">{t('approvers.send')}</Button>
        </form>
      </details>
    </section>
  );
}
