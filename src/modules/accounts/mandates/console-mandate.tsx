import { address, Button, ErrorSummary, Field, Instant, type Page, type Reader } from '#design';
import { MandateCrumbs } from './mandate-crumbs.tsx';
import { errorAt, type MandateError } from './mandate-errors.ts';
import { LastDay, MandateStanding, Scope, ScopeAndEnd } from './mandate-marks.tsx';
import { mandatesText } from './mandates-text.ts';
import type { MandateCase } from './review-mandates.ts';

export type ConsoleMandateView = {
  readonly mandate: MandateCase;
  readonly entered: {
    readonly principal: string;
    readonly read: boolean;
    readonly manage: boolean;
    readonly erase: boolean;
    readonly until: string;
    readonly reason: string;
  };
  readonly errors: readonly MandateError[];
};

type Part = { readonly view: ConsoleMandateView; readonly locale: string };

/** One mandate: what was asked and shown, and the decision. */
export function consoleMandate(view: ConsoleMandateView, { locale }: Reader): Page {
  const t = mandatesText(locale);
  const { mandate, errors } = view;
  const delegate = mandate.delegate || t('person.gone');
  return {
    title: t(errors.length > 0 ? 'case.title.error' : 'case.title', { person: delegate }),
    description: '',
    section: 'mandates',
    path: `console/mandates/${encodeURIComponent(mandate.id)}`,
    unlisted: true,
    body: (
      <>
        <MandateCrumbs surface="console" locale={locale} />
        <div class="head">
          <div>
            <h1>{t.rich('case.title', { person: <bdi>{delegate}</bdi> })}</h1>
            <p class="lede">
              <MandateStanding state={mandate.state} locale={locale} /> {t(`kind.${mandate.kind}`)}
            </p>
          </div>
        </div>
        <ErrorSummary errors={errors} />
        <div class="section noted">
          <div class="stack">
            <Said view={view} locale={locale} />
            {mandate.state === 'requested' && <ApproveForm view={view} locale={locale} />}
          </div>
          <Facts view={view} locale={locale} />
        </div>
        {mandate.state === 'requested' && <RefuseForm view={view} locale={locale} />}
        {mandate.state === 'active' && <EndForm id={mandate.id} locale={locale} />}
      </>
    ),
  };
}

function Said({ view: { mandate }, locale }: Part) {
  const t = mandatesText(locale);
  const { words, reason } = mandate;
  return (
    <section aria-labelledby="said">
      <h2 id="said">{t('case.said')}</h2>
      {words ? (
        <>
          <h3>{t('case.proof')}</h3>
          <p class="multiline spoken" dir="auto">
            {words.proof}
          </p>
          {words.words !== '' && (
            <>
              <h3>{t('case.words')}</h3>
              <p class="multiline spoken" dir="auto">
                {words.words}
              </p>
            </>
          )}
        </>
      ) : (
        <p class="text quiet">{t('case.no-words')}</p>
      )}
      {reason !== null && (
        <>
          <h3>{t('case.reason')}</h3>
          <p class="multiline" dir="auto">
            {reason}
          </p>
        </>
      )}
    </section>
  );
}

function Facts({ view: { mandate }, locale }: Part) {
  const t = mandatesText(locale);
  const { words, principal } = mandate;
  return (
    <dl class="side-facts note">
      <dt>{t('principal')}</dt>
      <dd>
        <bdi>{principal ?? words?.principalName ?? t('person.gone')}</bdi>
      </dd>
      {words && (
        <>
          <dt>{t('case.address')}</dt>
          <dd>
            {words.principalAddress === '' ? t('case.address.none') : <bdi>{words.principalAddress}</bdi>}
            {words.principalAddress !== '' && <> ({t(mandate.addressKnown ? 'case.address.known' : 'case.address.unknown')})</>}
          </dd>
        </>
      )}
      {words && words.bornOn !== null && (
        <>
          <dt>{t('case.born')}</dt>
          <dd>{words.bornOn}</dd>
        </>
      )}
      <dt>{t('allowed')}</dt>
      <dd>
        <Scope scope={mandate.scope} locale={locale} />
      </dd>
      <dt>{t('asked')}</dt>
      <dd>
        <Instant at={mandate.requestedAt} />
      </dd>
      <dt>{t('until')}</dt>
      <dd>
        <LastDay expiresAt={mandate.expiresAt} />
      </dd>
    </dl>
  );
}

function ApproveForm({ view: { mandate, entered, errors }, locale }: Part) {
  const t = mandatesText(locale);
  const error = errorAt(errors, 'principal');
  return (
    <section aria-labelledby="approve">
      <h2 id="approve">{t('approve')}</h2>
      <form method="post" action={address(locale, 'console', 'mandates', mandate.id, 'approve')} class="narrow">
        <fieldset
          id="principal"
          tabindex={-1}
          class={error ? 'field error' : 'field'}
          aria-describedby={error && 'principal-error'}
        >
          <legend>{t('approve.who')}</legend>
          {error && (
            <p class="msg" id="principal-error">
              {error}
            </p>
          )}
          {(['by-address', 'without-sign-in'] as const).map((way) => (
            <div class="check">
              <input
                type="radio"
                id={`principal-${way}`}
                name="principal"
                value={way}
                checked={entered.principal === way}
                required
              />
              <div>
                <label for={`principal-${way}`}>{t(`approve.${way}`)}</label>
                <p class="hint">{t(`approve.${way}.hint`)}</p>
              </div>
            </div>
          ))}
        </fieldset>
        <ScopeAndEnd
          chosen={entered}
          until={entered.until}
          hint={t('approve.until.hint')}
          offered={mandate.scope}
          errors={errors}
          locale={locale}
        />
        <div class="actions">
          <Button>{t('approve.send')}</Button>
        </div>
      </form>
    </section>
  );
}

function RefuseForm({ view: { mandate, entered, errors }, locale }: Part) {
  const t = mandatesText(locale);
  const error = errorAt(errors, 'reason');
  return (
    <details class="section danger-zone" open={error !== undefined}>
      <summary>{t('refuse')}</summary>
      <form method="post" action={address(locale, 'console', 'mandates', mandate.id, 'refuse')} class="narrow">
        <Field
          name="reason"
          label={t('refuse.reason')}
          hint={t('refuse.reason.hint')}
          error={error}
          control={(control) => (
            <textarea {...control} rows={3} required maxlength={2000} dir="auto">
              {entered.reason}
            </textarea>
          )}
        />
        <Button tone="danger">{t('refuse.send')}</Button>
      </form>
    </details>
  );
}

function EndForm({ id, locale }: { id: string; locale: string }) {
  const t = mandatesText(locale);
  return (
    <details class="section danger-zone">
      <summary>{t('console.end')}</summary>
      <p class="text">{t('console.end.what')}</p>
      <form method="post" action={address(locale, 'console', 'mandates', id, 'end')}>
        <Button tone="danger">{t('console.end.send')}</Button>
      </form>
    </details>
  );
}
