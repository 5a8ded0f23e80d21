import { address, Button, Field, Instant } from '#design';
import type { ComponentChildren } from 'preact';
import { approvalsText } from './approvals-text.ts';
import type { SecondPerson } from './read-second-person.ts';

type Props = {
  secondPerson: SecondPerson;
  /** Where the request for a second person is sent. */
  action: string;
  /** What the form says besides the reason. */
  hidden: Readonly<Record<string, string | number>>;
  /** Of the field, where a page has more than one such form. */
  name?: string;
  error: string | null;
  locale: string;
  /** The form that does it, for as long as nobody is missing. */
  children: ComponentChildren;
};

/** In place of a form that one person alone may not send: who is missing, and the way to ask. */
export function SecondPersonPart({ secondPerson, action, hidden, name: field = 'reason', error, locale, children }: Props) {
  const t = approvalsText(locale);
  if (secondPerson.state === 'not-needed') return <>{children}</>;
  const { state, at, couldDecide, declined, askedByOthers, reason } = secondPerson;
  const others = askedByOthers.length > 0 && (
    <p class="text">
      {t.rich('second.others', { names: <Names names={askedByOthers} /> })}{' '}
      <a href={address(locale, 'console', 'approvals')}>{t('second.decide')}</a>
    </p>
  );
  if (state === 'given') {
    return (
      <>
        {at && <p class="text">{t.rich('second.given', { date: <Instant at={at} /> })}</p>}
        {others}
        {children}
      </>
    );
  }
  return (
    <>
      <h3>{t('second.title')}</h3>
      {others}
      {couldDecide.length === 0 ? <p class="text">{t('second.nobody')}</p> : null}
      {state === 'waiting' && at ? (
        <>
          {error !== null && <p class="msg">{error}</p>}
          <p class="text" id={field} tabindex={-1}>
            {t.rich('second.waiting', { date: <Instant at={at} />, names: <Names names={couldDecide} /> })}
          </p>
          <p class="multiline" dir="auto">
            {reason}
          </p>
        </>
      ) : (
        <>
          {couldDecide.length > 0 && <p class="text">{t.rich('second.who', { names: <Names names={couldDecide} /> })}</p>}
          {declined !== null && <p class="text">{t.rich('second.declined', { note: <bdi>{declined}</bdi> })}</p>}
          <form method="post" action={action}>
            {Object.entries(hidden).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <Field
              name={field}
              label={t('second.reason')}
              hint={t('second.reason.hint')}
              error={error ?? undefined}
              control={(control) => <textarea {...control} rows={3} required maxlength={2000} dir="auto" />}
            />
            <Button>{t('second.ask')}</Button>
          </form>
        </>
      )}
    </>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <>
      {names.map((name, n) => (
        <>
          {n > 0 && ', '}
          <bdi>{name}</bdi>
        </>
      ))}
    </>
  );
}
