import { address, type Page, type Reader } from '#design';
import { consoleText } from './console-text.ts';

/**
 * `unset` answers every other route before set-up (503); the others answer the link (410, 404).
 * An installation that is already set up says `used`: the link did its work.
 */
export type SetUpProblem = 'unset' | 'expired' | 'used' | 'invalid';

/** Why the form cannot be shown, and the one thing that helps. */
export function setUpProblem(problem: SetUpProblem, { locale }: Reader): Page {
  const t = consoleText(locale);
  const title = t(`set-up.${problem}`);
  return {
    title,
    description: '',
    section: null,
    path: problem === 'unset' ? '' : 'set-up',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lede">{t(`set-up.${problem}.why`)}</p>
        {problem === 'used' ? (
          <>
            <p>{t.rich('set-up.used.sign-in', { link: (text) => <a href={address(locale, 'console', 'sign-in')}>{text}</a> })}</p>
            <p>{t('set-up.used.lost')}</p>
            <Command line="npm run troth -- owner reset" />
          </>
        ) : (
          <>
            <p>{t(`set-up.${problem}.do`)}</p>
            <Command line="npm start" />
            <p class="hint">{t('set-up.link.hint')}</p>
          </>
        )}
      </div>
    ),
  };
}

/** A line to type on the machine. */
export function Command({ line }: { line: string }) {
  return (
    <pre class="command" dir="ltr" translate={false}>
      <code>{line}</code>
    </pre>
  );
}
