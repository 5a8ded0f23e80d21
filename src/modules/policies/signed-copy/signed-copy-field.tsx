import { address, Button, Field, Instant } from '#design';
import { errorAt, type PolicyError } from '../console-errors.ts';
import { policiesConsoleText } from '../console-text.ts';
import type { DraftedCopy } from './read-signed-copy.ts';

type View = { slug: string; errors: readonly PolicyError[]; signedCopy: DraftedCopy | null };

/** The signed copy beside the draft: what is there, another, or none. Its buttons save the draft as well. */
export function SignedCopyField({ view, locale }: { view: View; locale: string }) {
  const t = policiesConsoleText(locale);
  const { slug, errors, signedCopy: copy } = view;
  const error = errorAt(errors, 'signedCopy');
  const href = address(locale, 'console', 'policies', slug, 'signed-copy');
  return (
    <details class="replace" open={error !== undefined || copy !== null}>
      <summary>{t('signed-copy')}</summary>
      {copy && (
        <p>
          {t.rich('signed-copy.there', {
            size: Math.ceil(copy.bytes / 1000),
            date: <Instant at={copy.attachedAt} age />,
            link: (inner) => <a href={href}>{inner}</a>,
          })}
        </p>
      )}
      <Field
        name="signedCopy"
        label={t('signed-copy')}
        hint={t('signed-copy.hint')}
        error={error}
        control={(props) => <input {...props} type="file" accept=".pdf,application/pdf" />}
      />
      <Button tone="second" name="act" value="attach">
        {t('signed-copy.send')}
      </Button>
      {copy && (
        <Button tone="second" name="act" value="detach">
          {t('signed-copy.remove')}
        </Button>
      )}
    </details>
  );
}
