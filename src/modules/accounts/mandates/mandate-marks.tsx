import { Checkbox, Field, Instant } from '#design';
import type { ReviewedMandate } from './review-mandates.ts';
import { type MandateScope, mandateScopes } from './mandate.ts';
import { mandatesText } from './mandates-text.ts';
import { errorAt, type MandateError } from './mandate-errors.ts';

type State = ReviewedMandate['state'];
const tones = {
  requested: 'wait',
  offered: 'wait',
  active: 'kept',
  expired: 'wait',
  refused: 'wait',
  ended: 'wait',
} as const satisfies Record<State, string>;

export function MandateStanding({ state, locale }: { state: State; locale: string }) {
  return <span class={`state ${tones[state]}`}>{mandatesText(locale)(`state.${state}`)}</span>;
}

export function Scope({ scope, locale }: { scope: readonly MandateScope[]; locale: string }) {
  return <>{scope.map((each) => mandatesText(locale)(`scope.${each}`)).join(', ')}</>;
}

/** A mandate holds to the end of its last day; the instant at which it is over is already the next. */
export function LastDay({ expiresAt }: { expiresAt: Temporal.Instant }) {
  return <Instant at={expiresAt.subtract({ seconds: 1 })} day />;
}

type Chosen = { readonly read: boolean; readonly manage: boolean; readonly erase: boolean };

/** What is to be allowed, and until when: the same two questions wherever a mandate is made. */
export function ScopeAndEnd(props: {
  chosen: Chosen;
  until: string;
  hint: string;
  /** What can be chosen at all. */
  offered?: readonly MandateScope[];
  errors: readonly MandateError[];
  locale: string;
}) {
  const { chosen, errors, locale, offered = mandateScopes } = props;
  const t = mandatesText(locale);
  return (
    <>
      <fieldset class="field">
        <legend>{t('allowed.legend')}</legend>
        {offered.includes('self:read') && (
          <Checkbox name="read" label={t('allow.read')} checked={chosen.read} error={errorAt(errors, 'read')} />
        )}
        {offered.includes('self:manage') && (
          <Checkbox name="manage" label={t('allow.manage')} hint={t('allow.never')} checked={chosen.manage} />
        )}
        {offered.includes('self:erase') && (
          <Checkbox name="erase" label={t('allow.erase')} hint={t('allow.erase.hint')} checked={chosen.erase} />
        )}
      </fieldset>
      <Field
        name="until"
        label={t('until.label')}
        hint={props.hint}
        error={errorAt(errors, 'until')}
        control={(control) => <input {...control} type="date" required value={props.until} />}
      />
    </>
  );
}
