import { address, Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import { conferredKinds } from './mandate.ts';
import { MandateCrumbs } from './mandate-crumbs.tsx';
import { errorAt, type MandateError } from './mandate-errors.ts';
import { ScopeAndEnd } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';
import { Words } from './portal-request-mandate.tsx';

export type OfferMandateView = {
  readonly entered: {
    readonly kind: string;
    readonly delegateAddress: string;
    readonly words: string;
    readonly read: boolean;
    readonly manage: boolean;
    readonly erase: boolean;
    readonly until: string;
  };
  readonly errors: readonly MandateError[];
};

/** The form by which somebody lets another person act for them. */
export function portalOfferMandate({ entered, errors }: OfferMandateView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  return {
    title: t(errors.length > 0 ? 'offer.title.error' : 'offer.title'),
    description: '',
    section: 'mandates',
    path: 'me/mandates/offer',
    unlisted: true,
    body: (
      <>
        <MandateCrumbs surface="me" locale={locale} />
        <div class="head">
          <div>
            <h1>{t('offer.title')}</h1>
            <p class="lede">{t('offer.lede')}</p>
          </div>
        </div>
        <div class="section">
          <ErrorSummary errors={errors} />
          <form method="post" action={address(locale, 'me', 'mandates', 'offer')} class="narrow">
            <Field
              name="delegateAddress"
              label={t('offer.address')}
              hint={t('offer.address.hint')}
              error={errorAt(errors, 'delegateAddress')}
              control={(control) => (
                <input {...control} type="email" required autocomplete="off" value={entered.delegateAddress} />
              )}
            />
            <Field
              name="kind"
              label={t('offer.kind')}
              error={errorAt(errors, 'kind')}
              control={(control) => (
                <select {...control} required>
                  {conferredKinds.map((kind) => (
                    <option value={kind} selected={kind === entered.kind}>
                      {t(`kind.${kind}`)}
                    </option>
                  ))}
                </select>
              )}
            />
            <ScopeAndEnd chosen={entered} until={entered.until} hint={t('until.hint')} errors={errors} locale={locale} />
            <Words value={entered.words} label={t('offer.words')} errors={errors} />
            <div class="actions">
              <Button>{t('offer.send')}</Button>
            </div>
          </form>
        </div>
      </>
    ),
  };
}
