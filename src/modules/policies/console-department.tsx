import { address, Button, Field } from '#design';
import { errorAt, type PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';

/** Where whoever looks may write: in the whole organisation, and in these departments. */
export type DepartmentChoices = {
  readonly whole: boolean;
  readonly list: readonly { readonly id: string; readonly name: string }[];
};

type Choosing = { choices: DepartmentChoices; chosen: string; errors: readonly PolicyError[]; locale: string };

/** Nothing to choose while the organisation has no departments. */
export function DepartmentField({ choices, chosen, errors, locale }: Choosing) {
  const t = policiesConsoleText(locale);
  if (choices.list.length === 0) return null;
  return (
    <Field
      name="department"
      label={t('department')}
      hint={t('department.hint')}
      error={errorAt(errors, 'department')}
      control={(props) => (
        <select {...props}>
          {choices.whole && <option value="">{t('department.whole')}</option>}
          {choices.list.map(({ id, name }) => (
            <option value={id} selected={id === chosen}>
              {name}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export type PlacedView = {
  readonly slug: string;
  /** Whose it is; `null` for the whole organisation. */
  readonly department: { readonly id: string; readonly name: string } | null;
  readonly departments: DepartmentChoices;
  readonly errors: readonly PolicyError[];
};

/** Whose the document is, and the form that hands it on to somebody who may have it. */
export function DepartmentSection({ view, locale }: { view: PlacedView; locale: string }) {
  const t = policiesConsoleText(locale);
  const { department, departments, errors } = view;
  if (department === null && departments.list.length === 0) return null;
  const here = department === null ? departments.whole : departments.list.some(({ id }) => id === department.id);
  const elsewhere = {
    whole: departments.whole && department !== null,
    list: departments.list.filter(({ id }) => id !== department?.id),
  };
  return (
    <section class="section" aria-labelledby="placed">
      <h2 id="placed">{t('department')}</h2>
      <p class="text">
        {department ? t.rich('department.of', { name: <bdi>{department.name}</bdi> }) : t('department.of-whole')}
      </p>
      {here && (elsewhere.whole || elsewhere.list.length > 0) && (
        <details class="more" open={errorAt(errors, 'department') !== undefined}>
          <summary>{t('move')}</summary>
          <form method="post" action={address(locale, 'console', 'policies', view.slug, 'department')} class="narrow">
            {elsewhere.list.length > 0 ? (
              <DepartmentField choices={elsewhere} chosen="" errors={errors} locale={locale} />
            ) : (
              <p class="text">{t('move.whole')}</p>
            )}
            <Button tone="second">{t('move.send')}</Button>
          </form>
        </details>
      )}
    </section>
  );
}
