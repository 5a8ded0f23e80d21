import { VerdictMarks } from './verdict-marks.tsx';

export type OfflinePage = {
  readonly organisation: string;
  readonly policy: string;
  readonly script: string;
  readonly style: string;
  readonly contentPolicy: string;
};

/**
 * The frame of the offline file. What people read is written by its script, in their language; the data stands in attributes, so
 * that the script is the same for everybody and its hash can be compared.
 */
export function offlinePage({ organisation, policy, script, style, contentPolicy }: OfflinePage) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentPolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{organisation}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body data-surface="trust" data-organisation={organisation} data-policy={policy}>
        <noscript>
          <main class="wrap">
            <h1>{organisation}</h1>
            <p lang="en">Checking needs JavaScript, which is off for this file. It connects to nothing.</p>
            <p lang="de">Das Prüfen braucht JavaScript, das für diese Datei ausgeschaltet ist. Sie verbindet sich mit nichts.</p>
          </main>
        </noscript>
        <VerdictMarks />
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}
