import { Button, Field } from '#design';
import { approvalsText } from './approvals-text.ts';

type Props = {
  /** Where the same form goes when it asks instead of doing it. */
  action: string;
  /** Of the field, where a page has more than one such form. */
  name?: string;
  error: string | undefined;
  locale: string;
};

/** Within a form that may take two people: it asks first, and is sent once more when somebody has agreed. */
export function AskForSecond({ action, name = 'reason', error, locale }: Props) {
  const t = approvalsText(locale);
  return (
    <>
      <p class="text">{t('gift.first')}</p>
      <Field
        name={name}
        label={t('gift.reason')}
        hint={t('second.reason.hint')}
        error={error}
        control={(control) => <textarea {...control} rows={2} maxlength={2000} dir="auto" />}
      />
      <p>
        <Button tone="second" formaction={action}>
          {t('second.ask')}
        </Button>
      </p>
    </>
  );
}
