import { address, Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import { mandateKinds } from './mandate.ts';
import { errorAt, type MandateError } from './mandate-errors.ts';
import { ScopeAndEnd } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';
import { MandateCrumbs } from './mandate-crumbs.tsx';

export type RequestMandateView = {
  readonly organisation: string;
  readonly entered: {
    readonly kind: string;
    readonly principalName: string;
    readonly principalAddress: string;
    readonly bornOn: string;
    readonly words: string;
    readonly proof: string;
    readonly read: boolean;
    readonly manage: boolean;
    readonly erase: boolean;
    readonly until: string;
  };
  readonly errors: readonly MandateError[];
};

/** The form by which somebody asks to act for another person; staff decide on the proof. */
export function portalRequestMandate({ organisation, entered, errors }: RequestMandateView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  return {
    title: t(errors.length > 0 ? 'request.title.error' : 'request.title'),
    description: '',
    section: 'mandates',
    path: 'me/mandates/request',
    unlisted: true,
    body: (
      <>
        <MandateCrumbs surface="me" locale={locale} />
        <div class="head">
          <div>
            <h1>{t('request.title')}</h1>
            <p class="lede">{t('request.lede', { organisation })}</p>
          </div>
        </div>
        <div class="section">
          <ErrorSummary errors={errors} />
          <form method="post" action={address(locale, 'me', 'mandates', 'request')} class="narrow">
            <Field
              name="kind"
              label={t('request.kind')}
              error={errorAt(errors, 'kind')}
              control={(control) => (
                <select {...control} required>
                  {mandateKinds.map((kind) => (
                    <option value={kind} selected={kind === entered.kind}>
                      {t(`kind.${kind}`)}
                    </option>
                  ))}
                </select>
              )}
            />
            <Field
              name="principalName"
              label={t('request.name')}
              error={errorAt(errors, 'principalName')}
              control={(control) => (
                <input {...control} required maxlength={120} autocomplete="off" dir="auto" value={entered.principalName} />
              )}
            />
            <Field
              name="principalAddress"
              label={t('request.address')}
              optional
              hint={t('request.address.hint')}
              error={errorAt(errors, 'principalAddress')}
              control={(control) => <input {...control} type="email" autocomplete="off" value={entered.principalAddress} />}
            />
            <Field
              name="bornOn"
              label={t('request.born')}
              optional
              hint={t('request.born.hint')}
              error={errorAt(errors, 'bornOn')}
              control={(control) => <input {...control} type="date" value={entered.bornOn} />}
            />
            <ScopeAndEnd chosen={entered} until={entered.until} hint={t('until.hint')} errors={errors} locale={locale} />
            <Field
              name="proof"
              label={t('request.proof')}
              hint={t('request.proof.hint')}
              error={errorAt(errors, 'proof')}
              control={(control) => (
                <textarea {...control} rows={4} required maxlength={4000} dir="auto">
                  {entered.proof}
                </textarea>
              )}
            />
            <Words value={entered.words} label={t('request.words')} errors={errors} />
            <div class="actions">
              <Button>{t('request.send')}</Button>
            </div>
          </form>
        </div>
      </>
    ),
  };
}

export function Words({ value, label, errors }: { value: string; label: string; errors: readonly MandateError[] }) {
  return (
    <Field
      name="words"
      label={label}
      optional
      error={errorAt(errors, 'words')}
      control={(control) => (
        <textarea {...control} rows={3} maxlength={4000} dir="auto">
          {value}
        </textarea>
      )}
    />
  );
}
