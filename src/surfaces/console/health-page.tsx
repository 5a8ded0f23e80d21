import { Instant, type Page, type Reader } from '#design';
import { formatNumber } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { consoleText } from './console-text.ts';
import { judgeHealth, type HealthFacts, type HealthLine } from './judge-health.ts';

export type HealthView = { facts: HealthFacts; troth: string; node: string };

const rowClass = { broken: 'late-row', unknown: 'unknown-row', warn: undefined, good: undefined } as const;
const stateClass = { broken: 'broken', unknown: 'unknown', warn: 'wait', good: 'kept' } as const;

/** Whether this installation does what it must, with how to mend what does not. */
export function healthPage({ facts, troth, node }: HealthView, reader: Reader): Page {
  const { locale, now } = reader;
  const t = consoleText(locale);
  const lines = judgeHealth(facts, now);
  const count = (state: HealthLine['state']): number => lines.filter((line) => line.state === state).length;
  return {
    title: t('health'),
    description: '',
    section: 'health',
    path: 'console/health',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('health')}</h1>
            <p class="lede">
              {t('health.lede', {
                n: lines.length,
                good: count('good') + count('warn'),
                broken: count('broken'),
                unknown: count('unknown'),
              })}
            </p>
          </div>
          <p class="note">{t.rich('health.at', { date: <Instant at={now} />, troth, node })}</p>
        </div>
        <div class="section">
          <table class="rows queue">
            <caption class="visually-hidden">{t('health')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('health.part')}</th>
                <th scope="col">{t('health.state')}</th>
                <th scope="col">{t('health.found')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ part, state }) => (
                <tr class={rowClass[state]}>
                  <th scope="row">{t(`health.${part}`)}</th>
                  <td data-label={t('health.state')}>
                    <span class={`state ${stateClass[state]}`}>
                      {t(state === 'warn' && part !== 'database' ? 'health.is.look' : `health.is.${state}`)}
                    </span>
                  </td>
                  <td data-label={t('health.found')}>
                    <p>{state === 'unknown' ? t('health.not-measured') : <Found part={part} facts={facts} locale={locale} />}</p>
                    {state !== 'good' && (
                      <p class="mend">{t.rich(`health.mend.${part}.${state === 'unknown' ? 'unknown' : 'known'}`, code)}</p>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="note more">{t.rich('health.doctor', { line: <code>npm run troth -- doctor</code> })}</p>
        </div>
      </>
    ),
  };
}

const code = { code: (inner: ComponentChildren) => <code>{inner}</code> };

function Found({ part, facts, locale }: { part: HealthLine['part']; facts: HealthFacts; locale: string }): ComponentChildren {
  const t = consoleText(locale);
  const { database, store, clock, disk, jobs, mail } = facts;
  switch (part) {
    case 'database':
      return database && t(`health.database.${database.kind}`, { version: database.version });
    case 'log-public':
    case 'log-private': {
      const log = facts.logs.find(({ name }) => part === `log-${name}`);
      if (!log) return null;
      const values = { size: log.size, signed: log.signedSize };
      if (log.signedAt === null) return t('health.log.unsigned', values);
      return t.rich('health.log', { ...values, date: <Instant at={log.signedAt} age /> });
    }
    case 'store':
      return store && t(store.writable ? `health.store.${store.kind}` : 'health.store.closed');
    case 'clock':
      return (
        clock && t('health.clock.found', { seconds: formatNumber(locale, Math.round(Math.abs(clock.aheadSeconds) * 10) / 10) })
      );
    case 'jobs':
      if (jobs === null) return null;
      if (jobs.overdueSince === null) return t('health.jobs.found', { waiting: jobs.waiting, failed: jobs.givenUp });
      return t.rich('health.jobs.overdue', {
        waiting: jobs.waiting,
        failed: jobs.givenUp,
        date: <Instant at={jobs.overdueSince} age />,
      });
    case 'mail':
      return mail && t(`health.mail.${mail.delivery}`, { waiting: mail.waiting, failed: mail.failed });
    default:
      return (
        disk && t('health.disk.found', { free: gigabytes(locale, disk.freeBytes), total: gigabytes(locale, disk.totalBytes) })
      );
  }
}

function gigabytes(locale: string, bytes: number): string {
  return formatNumber(locale, Math.round(bytes / 1e8) / 10);
}
