import { Field } from '#design';
import { errorAt, type PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';
import { changeClasses } from './notice/notice-rule.ts';
import { audienceText } from './scope-text.ts';
import { audiences } from './scope.ts';

/** What a publication says about itself besides its text, as it stands in the form. */
export type EnteredPublication = {
  audience: string;
  /** A code, or empty for everywhere. */
  jurisdiction: string;
  /** A class of change, or empty where nobody has judged it yet. */
  changeClass: string;
  legalBasis: string;
};

type Part = { entered: EnteredPublication; errors: readonly PolicyError[]; language: string; locale: string };

/** What kind of change it is, whom it concerns, and why its notice may be shorter. */
export function PublicationFields({ entered, errors, language, locale }: Part) {
  const t = policiesConsoleText(locale);
  const { audience, jurisdiction, changeClass, legalBasis } = entered;
  const scoped = audience !== 'everyone' || jurisdiction !== '';
  const wrong = (...fields: readonly PolicyError['field'][]) => fields.some((field) => errorAt(errors, field) !== undefined);
  return (
    <>
      <Field
        name="changeClass"
        label={t('class')}
        hint={t('class.hint')}
        control={(props) => (
          <select {...props}>
            <option value="">{t('class.none')}</option>
            {changeClasses.map((each) => (
              <option value={each} selected={each === changeClass}>
                {t(`class.${each}`)}
              </option>
            ))}
          </select>
        )}
      />
      <details class="more" open={scoped || wrong('audience', 'jurisdiction')}>
        <summary>{t('scope')}</summary>
        <Field
          name="audience"
          label={t('scope.who')}
          hint={t('scope.who.hint')}
          error={errorAt(errors, 'audience')}
          control={(props) => (
            <select {...props}>
              {audiences.map((each) => (
                <option value={each} selected={each === audience}>
                  {audienceText(each, locale)}
                </option>
              ))}
            </select>
          )}
        />
        <Field
          name="jurisdiction"
          label={t('scope.where')}
          optional
          hint={t('scope.where.hint')}
          error={errorAt(errors, 'jurisdiction')}
          control={(props) => <input {...props} type="text" value={jurisdiction} size={8} autocomplete="off" dir="ltr" />}
        />
      </details>
      <details class="more" open={legalBasis !== '' || wrong('legalBasis')}>
        <summary>{t('basis')}</summary>
        <Field
          name="legalBasis"
          label={t('basis.label')}
          optional
          hint={t('basis.hint')}
          error={errorAt(errors, 'legalBasis')}
          control={(props) => (
            <textarea {...props} class="short" rows={3} lang={language} dir="auto">
              {legalBasis}
            </textarea>
          )}
        />
      </details>
    </>
  );
}
