import { address, Field, Notice, Origin, type Page, type Reader } from '#design';
import { VerdictMarks } from '../verify/verdict-marks.tsx';
import { trustText } from './trust-text.ts';

export type VerifyView = {
  organisation: string;
  publicUrl: string;
  origin: string;
  /** Fingerprint of the key that signs the log, as its name line shows it. */
  keyId: string;
  /** The tlog-policy that is used unless the visitor gives another; null before there is a log. */
  policy: string | null;
};

/**
 * The page on which a visitor checks a file or a link in their own browser. `verify.js` unhides `#verify`, removes
 * `#verify-without-script`, reads `#verify-file`, `#verify-link`, `#verify-policy` and the form's `data-policy`, and writes to
 * `#verify-status` and `#verify-result`; without it the page names the two other ways.
 */
export function verifyPage(view: VerifyView, { locale }: Reader): Page {
  const t = trustText(locale);
  return {
    title: t('verify.title'),
    description: t('verify.description', { organisation: view.organisation }),
    section: 'verify',
    path: 'verify',
    scripts: ['verify.js'],
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('verify.heading')}</h1>
            <p class="lede">{t('verify.lede')}</p>
          </div>
          <p class="note">{t('verify.note')}</p>
        </div>
        <div class="section noted">
          <div>
            <div id="verify-without-script">
              <Notice tone="warn">
                <p>{t.rich('verify.noscript', { file: (inner) => <a href="/verify/offline.html">{inner}</a> })}</p>
              </Notice>
            </div>
            <VerifyForm policy={view.policy} locale={locale} />
            <output id="verify-status" class="quiet" />
          </div>
          <div class="note">
            <p>
              <b>{t('verify.key')}</b>
            </p>
            <p>
              <Origin value={view.origin} />
              <br />
              <code dir="ltr">{view.keyId}</code>
            </p>
            <p>{t('verify.key.what')}</p>
          </div>
        </div>
        <div id="verify-result" />
        <VerdictMarks />
        <OtherWays publicUrl={view.publicUrl} locale={locale} />
      </>
    ),
  };
}

function VerifyForm({ policy, locale }: { policy: string | null; locale: string }) {
  const t = trustText(locale);
  return (
    <form id="verify" hidden method="get" action={address(locale, 'verify')} data-policy={policy}>
      <div class="drop" id="verify-drop">
        <Field
          name="verify-file"
          label={t('verify.file')}
          hint={t('verify.file.hint')}
          control={(props) => <input {...props} type="file" multiple />}
        />
      </div>
      <p class="more quiet">{t('verify.or')}</p>
      <Field
        name="verify-link"
        label={t('verify.link')}
        hint={t('verify.link.hint')}
        control={(props) => <input {...props} type="text" inputmode="url" autocomplete="off" dir="ltr" />}
      />
      <details>
        <summary>{t('verify.policy')}</summary>
        <Field
          name="verify-policy"
          label={t('verify.policy.label')}
          hint={t('verify.policy.hint')}
          control={(props) => <textarea {...props} rows={5} dir="ltr" spellcheck={false} autocomplete="off" />}
        />
      </details>
      <div class="actions">
        <button type="submit" id="verify-start">
          {t('verify.start')}
        </button>
      </div>
    </form>
  );
}

function OtherWays({ publicUrl, locale }: { publicUrl: string; locale: string }) {
  const t = trustText(locale);
  return (
    <section class="section" aria-labelledby="other">
      <h2 id="other">{t('verify.other')}</h2>
      <ul class="claims ruled">
        <li class="claim">
          <div class="text">
            <h3>{t('verify.offline')}</h3>
            <p>{t('verify.offline.what')}</p>
          </div>
          <p class="note">
            <a href="/verify/offline.html" download>
              {t('verify.offline.file')}
            </a>
          </p>
        </li>
        <li class="claim">
          <div class="text">
            <h3>{t('verify.terminal')}</h3>
            <p>{t('verify.terminal.what')}</p>
            <p>
              <code dir="ltr">npm run troth -- log verify {publicUrl}</code>
            </p>
          </div>
          <p class="note">
            <a href="/log/policy">{t('verify.policy.file')}</a>
          </p>
        </li>
      </ul>
    </section>
  );
}
