import { Empty, Hash, Instant, Notice, Origin, Pagination, type Page, type Reader } from '#design';
import { formatNumber } from '#kernel/i18n';
import { EntryList, type EntryItem } from './entry-list.tsx';
import { trustText } from './trust-text.ts';

export type LogView = {
  organisation: string;
  publicUrl: string;
  /** Name of the log in its checkpoints. */
  origin: string;
  /** The newest signed state; `null` before the first entry. */
  checkpoint: { size: number; root: string; at: Temporal.Instant; text: string } | null;
  keys: readonly { id: string; publicKey: string }[];
  /** Witnesses named by the log's policy, with their newest cosignature. */
  witnesses: readonly { name: string; cosignedAt: Temporal.Instant | null }[];
  entries: readonly EntryItem[];
  newer: string | null;
  older: string | null;
};

/** The public record: what was entered last, what is signed, by which keys, and how to keep a copy. */
export function logPage(view: LogView, { locale }: Reader): Page {
  const t = trustText(locale);
  return {
    title: t('log.title'),
    description: t('log.description', { organisation: view.organisation }),
    section: 'log',
    path: 'log',
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('log.title')}</h1>
            <p class="lede">{t('log.lede', { organisation: view.organisation })}</p>
          </div>
          <p class="note">{t('log.note')}</p>
        </div>
        <section class="section" aria-labelledby="entries">
          <h2 id="entries">{t('entries')}</h2>
          <EntryList entries={view.entries} locale={locale} />
          <Pagination newer={view.newer ?? undefined} older={view.older ?? undefined} />
        </section>
        <Checkpoint view={view} locale={locale} />
        <Keys view={view} locale={locale} />
        <Mirror view={view} locale={locale} />
      </>
    ),
  };
}

function Checkpoint({ view, locale }: { view: LogView; locale: string }) {
  const t = trustText(locale);
  const { checkpoint } = view;
  return (
    <section class="section" aria-labelledby="checkpoint">
      <h2 id="checkpoint">{t('log.checkpoint')}</h2>
      {checkpoint === null ? (
        <Empty title={t('log.checkpoint.empty')}>{t('log.checkpoint.empty.do')}</Empty>
      ) : (
        <>
          <p class="text">{t('log.checkpoint.what')}</p>
          <dl class="facts more">
            <dt>{t('log.origin')}</dt>
            <dd>
              <Origin value={view.origin} />
            </dd>
            <dt>{t('log.size')}</dt>
            <dd>{formatNumber(locale, checkpoint.size)}</dd>
            <dt>{t('log.root')}</dt>
            <dd>
              <Hash value={checkpoint.root} />
            </dd>
            <dt>{t('log.signed-at')}</dt>
            <dd>
              <Instant at={checkpoint.at} />
            </dd>
          </dl>
          <details class="more">
            <summary>{t('log.checkpoint.text')}</summary>
            <pre class="exact">{checkpoint.text}</pre>
          </details>
          <p class="more">
            <a href="/log/public/checkpoint">{t('log.checkpoint.file')}</a>
          </p>
        </>
      )}
    </section>
  );
}

function Keys({ view, locale }: { view: LogView; locale: string }) {
  const t = trustText(locale);
  return (
    <section class="section" aria-labelledby="keys">
      <h2 id="keys">{t('log.keys')}</h2>
      <p class="text">{t.rich('log.keys.what', { policy: (inner) => <a href="/log/policy">{inner}</a> })}</p>
      <dl class="facts more">
        {view.keys.map(({ id, publicKey }) => (
          <>
            <dt>{t.rich('log.key', { id: <code>{id}</code> })}</dt>
            <dd>
              <code dir="ltr">{publicKey}</code>
            </dd>
          </>
        ))}
        {view.witnesses.map(({ name, cosignedAt }) => (
          <>
            <dt>{t('log.witness', { name })}</dt>
            <dd>
              {cosignedAt === null
                ? t('log.witness.silent')
                : t.rich('log.witness.at', { date: <Instant at={cosignedAt} age /> })}
            </dd>
          </>
        ))}
      </dl>
      {view.witnesses.length === 0 && <Notice tone="warn">{t('log.unwitnessed', { organisation: view.organisation })}</Notice>}
    </section>
  );
}

function Mirror({ view, locale }: { view: LogView; locale: string }) {
  const t = trustText(locale);
  const addresses = ['checkpoint', 'tile/0/000', 'tile/entries/000', 'body/HASH'].map(
    (path) => `${view.publicUrl}/log/public/${path}`,
  );
  return (
    <section class="section" aria-labelledby="mirror">
      <h2 id="mirror">{t('log.mirror')}</h2>
      <div class="text">
        <p>{t('log.mirror.what')}</p>
        <ul class="plain more">
          {addresses.map((url) => (
            <li>
              <code dir="ltr">{url}</code>
            </li>
          ))}
        </ul>
        <p class="more">{t('log.mirror.command')}</p>
        <p>
          <code dir="ltr">npm run troth -- log verify {view.publicUrl}</code>
        </p>
      </div>
    </section>
  );
}
