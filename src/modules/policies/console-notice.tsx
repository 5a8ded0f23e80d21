import { address, Button, Field, Instant, Notice } from '#design';
import { dir } from '#kernel/i18n';
import { errorAt, type PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';
import { Rule } from './notice-part.tsx';
import { ruleName } from './notice/notice-rule.ts';
import { currentRules } from './notice/notice-rules.ts';
import type { NoticeChoice } from './notice/rules-for.ts';
import { audienceText } from './scope-text.ts';
import type { EndingView, VersionView } from './version-view.ts';

export type NoticeView = {
  slug: string;
  language: string;
  zone: string;
  visibility: string;
  versions: readonly VersionView[];
  /** What is chosen, by audience; nothing for an audience means none. */
  noticeChoices: readonly NoticeChoice[];
  /** The end that has come or is announced. */
  ending: EndingView | null;
  /** An ending that came back with an error. */
  endingEntered: { endsLocal: string; reason: string; legalBasis: string } | null;
  errors: readonly PolicyError[];
};

type Part = { view: NoticeView; locale: string };

/** Which rules of notice the document follows, for everyone and for each group that has a text of its own. */
export function NoticeSection({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const chosen = view.noticeChoices.map(({ audience }) => audience);
  const audiences = [...new Set(['everyone', ...chosen, ...view.versions.map(({ audience }) => audience)])];
  const error = errorAt(view.errors, 'noticeRules');
  return (
    <section class="section" aria-labelledby="rules">
      <h2 id="rules">{t('rules')}</h2>
      <p class="text">{t('rules.what')}</p>
      {error && (
        <p class="msg" id="noticeRules" tabindex={-1}>
          {error}
        </p>
      )}
      {audiences.map((audience) => (
        <Choice audience={audience} view={view} locale={locale} />
      ))}
      <p class="hint">{t('rules.not-advice')}</p>
    </section>
  );
}

function Choice({ audience, view, locale }: Part & { audience: string }) {
  const t = policiesConsoleText(locale);
  const rules = view.noticeChoices.find((choice) => choice.audience === audience)?.rules ?? [];
  // One that was replaced by a newer version stays to be chosen until somebody drops it.
  const offered = [...new Set([...currentRules.map(ruleName), ...rules])];
  return (
    <details class="more">
      <summary>{t('rules.for', { audience: audienceText(audience, locale), n: rules.length })}</summary>
      <form method="post" action={address(locale, 'console', 'policies', view.slug, 'notice-rules')}>
        <input type="hidden" name="audience" value={audience} />
        {offered.map((name) => {
          const rule = currentRules.find((each) => ruleName(each) === name);
          const id = `rule-${audience}-${name.replace('@', '-')}`;
          return (
            <div class="field">
              <div class="check">
                <input type="checkbox" id={id} name="rules" value={name} checked={rules.includes(name)} />
                <label for={id}>{rule ? rule.title[locale === 'de' ? 'de' : 'en'] : name}</label>
              </div>
              <Rule name={name} locale={locale} />
            </div>
          );
        })}
        <Button tone="second">{t('rules.send', { audience: audienceText(audience, locale) })}</Button>
      </form>
    </details>
  );
}

/** The end of the document, announced or to be announced. Only what people can read can end for them. */
export function EndSection({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const { ending } = view;
  if (ending) {
    return (
      <section class="section" aria-labelledby="end">
        <h2 id="end">{t('end')}</h2>
        <Notice tone="warn">
          <p>{t.rich('end.known', { date: <Instant at={ending.endsAt} age /> })}</p>
          <p class="multiline" lang={view.language} dir={dir(view.language)}>
            {ending.reason}
          </p>
        </Notice>
      </section>
    );
  }
  if (view.visibility !== 'public' || view.versions.length === 0) return null;
  return <EndForm view={view} locale={locale} />;
}

function EndForm({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const entered = view.endingEntered ?? { endsLocal: '', reason: '', legalBasis: '' };
  const text = { dir: 'auto', lang: view.language } as const;
  return (
    <section class="section" aria-labelledby="end">
      <h2 id="end">{t('end')}</h2>
      <details class="more danger-zone" open={view.endingEntered !== null}>
        <summary>{t('end.open')}</summary>
        <p class="text">{t('end.what')}</p>
        <form method="post" action={address(locale, 'console', 'policies', view.slug, 'end')}>
          <Field
            name="endsLocal"
            label={t('end.when')}
            hint={t('end.when.hint', { zone: view.zone })}
            error={errorAt(view.errors, 'endsLocal')}
            control={(props) => <input {...props} type="datetime-local" value={entered.endsLocal} class="moment" />}
          />
          <Field
            name="endReason"
            label={t('end.reason')}
            hint={t('end.reason.hint')}
            error={errorAt(view.errors, 'endReason')}
            control={(props) => (
              <textarea {...props} {...text} class="short" rows={2} required minlength={10}>
                {entered.reason}
              </textarea>
            )}
          />
          <Field
            name="endBasis"
            label={t('basis.label')}
            hint={t('basis.hint')}
            error={errorAt(view.errors, 'endBasis')}
            control={(props) => (
              <textarea {...props} {...text} class="short" rows={2}>
                {entered.legalBasis}
              </textarea>
            )}
          />
          <Button tone="danger">{t('end.send')}</Button>
        </form>
      </details>
    </section>
  );
}
