import { address, Empty, Instant, Notice, type Page, type Reader } from '#design';
import { formatAge } from '#kernel/i18n';
import { consoleText } from './console-text.ts';
import { isLate, rankTasks, type Task } from './rank-tasks.ts';
import { Command } from './set-up-problem.tsx';

export type OverviewView = {
  /** In any order; the page puts first what breaks first. */
  tasks: readonly Task[];
  /** How many documents there are, whoever may see them. */
  policies: number;
  /** The answer to the set-up form that was just sent. */
  justSetUp: boolean;
};

/** What needs doing, and what is about to be late. */
export function overviewPage(view: OverviewView, { locale, now }: Reader): Page {
  const t = consoleText(locale);
  const tasks = rankTasks(view.tasks, now);
  const late = tasks.filter((task) => isLate(task, now)).length;
  const broken = tasks.filter(({ kind }) => kind === 'health').length;
  return {
    title: t('overview'),
    description: '',
    section: 'overview',
    path: 'console',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('overview.heading')}</h1>
            <p class="lede">{tasks.length === 0 ? t('overview.none') : t('overview.lede', { n: tasks.length, late, broken })}</p>
          </div>
        </div>
        {view.justSetUp && (
          <Notice tone="good" announce>
            <p>{t('overview.just-set-up')}</p>
          </Notice>
        )}
        {view.policies === 0 && <FirstSteps locale={locale} />}
        {tasks.length > 0 && <Queue tasks={tasks} locale={locale} now={now} />}
        {tasks.length === 0 && view.policies > 0 && (
          <div class="section">
            <Empty title={t('overview.calm')}>{t('overview.calm.do')}</Empty>
          </div>
        )}
      </>
    ),
  };
}

function Queue({ tasks, locale, now }: { tasks: readonly Task[]; locale: string; now: Temporal.Instant }) {
  const t = consoleText(locale);
  return (
    <div class="section">
      <table class="rows queue">
        <caption class="visually-hidden">{t('overview.heading')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.what')}</th>
            <th scope="col">{t('overview.about')}</th>
            <th scope="col">{t('overview.clock')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr
              class={
                task.kind === 'health' || task.kind === 'dispute' || task.kind === 'copy' || isLate(task, now)
                  ? 'late-row'
                  : undefined
              }
            >
              <th scope="row">
                <a href={placeOf(task, locale)}>{t(`task.${task.kind}`)}</a>
              </th>
              <td data-label={t('overview.about')}>
                <Subject task={task} locale={locale} />
              </td>
              <td data-label={t('overview.clock')}>
                <TaskClock task={task} locale={locale} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function placeOf(task: Task, locale: string): string {
  if (task.kind === 'health') return address(locale, 'console', 'health');
  if (task.kind === 'dispute') return address(locale, 'console', 'disputes', task.id);
  if (task.kind === 'question') return address(locale, 'console', 'questions', task.id);
  if (task.kind === 'mandate') return address(locale, 'console', 'mandates', task.id);
  if (task.kind === 'approval') return `${address(locale, 'console', 'approvals')}#approval-${task.id}`;
  if (task.kind === 'review') return address(locale, 'console', 'policies', task.slug, 'review');
  const desk = address(locale, 'console', 'policies', task.slug);
  return task.kind === 'copy' ? `${desk}#elsewhere` : desk;
}

function Subject({ task, locale }: { task: Task; locale: string }) {
  const t = consoleText(locale);
  if (task.kind === 'health') return <>{t(`health.${task.problem}`)}</>;
  if (task.kind === 'dispute') return <>{t(`task.dispute.${task.of}`)}</>;
  if (task.kind === 'question') return <bdi>{task.about}</bdi>;
  if (task.kind === 'mandate') return <bdi>{task.delegate}</bdi>;
  if (task.kind === 'approval') return <bdi>{task.about}</bdi>;
  if (task.kind === 'scheduled') return <>{t.rich('task.version', { title: <bdi>{task.title}</bdi>, number: task.number })}</>;
  return <bdi>{task.title}</bdi>;
}

function TaskClock({ task, locale, now }: { task: Task; locale: string; now: Temporal.Instant }) {
  const t = consoleText(locale);
  const age = (at: Temporal.Instant): string => formatAge(locale, at, now);
  switch (task.kind) {
    case 'question': {
      const late = isLate(task, now);
      const words = t(late ? 'clock.late' : 'clock.due', { age: age(task.dueAt) });
      return <Clock state={late ? 'broken' : 'wait'} words={words} at={task.dueAt} />;
    }
    case 'dispute':
      return <span class="state broken">{t('clock.said', { age: age(task.at) })}</span>;
    case 'copy':
      return <span class="state broken">{t(`clock.copy.${task.of}`, { age: age(task.since) })}</span>;
    case 'scheduled':
      return <Clock state="wait" words={t('clock.effective', { age: age(task.effectiveAt) })} at={task.effectiveAt} />;
    case 'draft':
      return <span class="quiet">{t('clock.changed', { age: age(task.changedAt) })}</span>;
    case 'mandate':
    case 'approval':
    case 'review':
      return <span class="quiet">{t('clock.asked', { age: age(task.since) })}</span>;
    case 'hidden':
      return <span class="quiet">{t('clock.hidden', { age: age(task.since) })}</span>;
    default:
      return <span class="state broken">{t('clock.broken')}</span>;
  }
}

/** The words carry the state; the colour repeats it. */
function Clock({ state, words, at }: { state: 'broken' | 'wait'; words: string; at: Temporal.Instant }) {
  return (
    <>
      <span class={`state ${state}`}>{words}</span>{' '}
      <span class="quiet">
        <Instant at={at} />
      </span>
    </>
  );
}

/** After set-up there is one sensible thing to do, and four ways to do it. */
function FirstSteps({ locale }: { locale: string }) {
  const t = consoleText(locale);
  const start = (way: string) => `${address(locale, 'console', 'policies', 'new')}?way=${way}`;
  return (
    <section class="section" aria-labelledby="first">
      <h2 id="first">{t('first')}</h2>
      <p class="text">{t('first.why')}</p>
      <ul class="ways">
        {(['paste', 'upload', 'template'] as const).map((way) => (
          <li>
            <h3>
              <a href={start(way)}>{t(`first.${way}`)}</a>
            </h3>
            <p>{t(`first.${way}.what`)}</p>
          </li>
        ))}
        <li>
          <h3>{t('first.git')}</h3>
          <p>{t('first.git.what')}</p>
          <Command line="npm run troth -- import policies --git DIR" />
        </li>
      </ul>
    </section>
  );
}
