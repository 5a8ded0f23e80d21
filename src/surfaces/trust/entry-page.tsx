import { address, EntryNumber, Evidence, Hash, Instant, Notice, urlPart, type Page, type Reader } from '#design';
import type { ComponentChildren } from 'preact';
import { EntryProof, type Proof } from './entry-proof.tsx';
import { trustText } from './trust-text.ts';

export type EntryBody =
  | { state: 'shown'; text: string; mediaType: string; length: number }
  /** Too long or not text: offered as a file. */
  | { state: 'file'; mediaType: string; length: number }
  | { state: 'withheld'; reason: string; at: Temporal.Instant; entry: number | null };

export type EntryView = {
  organisation: string;
  index: number;
  at: Temporal.Instant;
  /** What it states, in the reader's language. */
  statement: ComponentChildren;
  /** The page on which this statement can be read in its place. */
  about: { href: string; title: string } | null;
  /** The leaf's fields, in the order of its bytes. */
  fields: readonly { name: string; value: string }[];
  body: EntryBody;
  bodyHash: string;
  /** `null` until a checkpoint covers the entry, about a second. */
  proof: Proof | null;
};

/** One entry of the public record, what it says, and why anyone can believe that it is there. */
export function entryPage(view: EntryView, { locale }: Reader): Page {
  const t = trustText(locale);
  return {
    title: t('entry.title', { index: view.index }),
    description: t('entry.description', { index: view.index, organisation: view.organisation }),
    section: 'log',
    path: `log/public/entry/${view.index}`,
    body: (
      <>
        <nav class="crumbs" aria-label={t('crumbs')}>
          <ol>
            <li>
              <a href={address(locale, 'log')}>{t('log.title')}</a>
            </li>
          </ol>
        </nav>
        <div class="head">
          <div>
            <h1>{t.rich('entry.heading', { number: <EntryNumber index={view.index} /> })}</h1>
            <p class="lede">{view.statement}</p>
            {view.about && (
              <p class="more">{t.rich('entry.about', { page: <a href={view.about.href}>{view.about.title}</a> })}</p>
            )}
          </div>
          <div class="note">
            <EntryEvidence view={view} locale={locale} />
          </div>
        </div>
        {view.bodyHash !== '' && <Body view={view} locale={locale} />}
        {view.proof ? (
          <EntryProof proof={view.proof} text={view.bodyHash !== '' && view.body.state !== 'withheld'} locale={locale} />
        ) : (
          <Notice tone="warn">
            <p>{t('entry.pending')}</p>
          </Notice>
        )}
        <Leaf view={view} locale={locale} />
      </>
    ),
  };
}

function EntryEvidence({ view, locale }: { view: EntryView; locale: string }) {
  const t = trustText(locale);
  const figure = view.proof ? (view.proof.quorum > 0 ? `${view.proof.cosigned}/${view.proof.quorum}` : '1') : '?';
  return (
    <Evidence
      mark={{ kind: 'proved', state: view.proof ? 'current' : 'unknown', figure }}
      who={view.organisation}
      remedy={t('entry.pending')}
    >
      <li>{t.rich('entry.at', { date: <Instant at={view.at} /> })}</li>
      {view.proof && (
        <li>
          {t.rich(view.proof.quorum > 0 ? 'entry.cosigned' : 'entry.alone', {
            n: view.proof.cosigned,
            signer: view.organisation,
          })}
        </li>
      )}
      {view.proof && (
        <li>
          <a href={`/log/public/proof/${view.index}`}>{t('entry.bundle')}</a>
        </li>
      )}
    </Evidence>
  );
}

function Body({ view, locale }: { view: EntryView; locale: string }) {
  const t = trustText(locale);
  const { body, bodyHash } = view;
  const file = `/log/public/body/${urlPart(bodyHash)}`;
  return (
    <section class="section" aria-labelledby="body">
      <h2 id="body">{t('entry.body')}</h2>
      {body.state === 'withheld' ? (
        <Notice tone="warn">
          <p>{t.rich('entry.withheld', { date: <Instant at={body.at} day /> })}</p>
          <p>{t('entry.withheld.reason', { reason: body.reason.replaceAll('-', '_') })}</p>
          <p>
            {t('entry.withheld.proof')}{' '}
            {body.entry !== null && (
              <a href={address(locale, 'log', 'public', 'entry', body.entry)}>{t('entry.withheld.entry')}</a>
            )}
          </p>
        </Notice>
      ) : (
        <>
          {body.state === 'shown' ? (
            <pre class="exact">{body.text}</pre>
          ) : (
            <p>{t('entry.file', { mediaType: body.mediaType, length: body.length })}</p>
          )}
          <p class="more">
            <a href={file}>{t('entry.body.file', { length: body.length })}</a>
          </p>
        </>
      )}
    </section>
  );
}

function Leaf({ view, locale }: { view: EntryView; locale: string }) {
  const t = trustText(locale);
  return (
    <section class="section" aria-labelledby="leaf">
      <h2 id="leaf">{t('entry.leaf')}</h2>
      <p class="text">{t('entry.leaf.what')}</p>
      <dl class="facts more">
        {view.fields.map(({ name, value }) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{/^[0-9a-f]{32,}$/.test(value) ? <Hash value={value} /> : <code>{value}</code>}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
