import { address, Button, Empty, ErrorSummary, Field, Instant, Notice, type Page, type Reader, Table } from '#design';
import { approvalsText } from './approvals-text.ts';
import { FourEyesSettings } from './four-eyes-settings.tsx';
import type { FourEyesSetting, ListedApproval } from './list-approvals.ts';

export type ConsoleApprovalsView = {
  /** The newest first. */
  readonly approvals: readonly ListedApproval[];
  /** Empty for those who do not decide it. */
  readonly settings: readonly FourEyesSetting[];
  /** `field`: `note-ID` of a request, or a permission. */
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly just: 'approved' | 'declined' | 'asked' | 'switched-on' | 'switched-off' | null;
};

/** What waits for a second person, and what needs one. */
export function consoleApprovals(view: ConsoleApprovalsView, { locale }: Reader): Page {
  const t = approvalsText(locale);
  const waiting = view.approvals.filter(({ state }) => state === 'waiting').toReversed();
  const over = view.approvals.filter(({ state }) => state !== 'waiting');
  return {
    title: t('approvals'),
    description: '',
    section: 'overview',
    path: 'console/approvals',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('approvals')}</h1>
            <p class="lede">{t('lede', { n: waiting.filter(({ mayDecide }) => mayDecide).length })}</p>
          </div>
        </div>
        <ErrorSummary errors={view.errors} />
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        <section class="section" aria-labelledby="waiting">
          <h2 id="waiting">{t('waiting')}</h2>
          {waiting.length === 0 && <Empty title={t('waiting.empty')}>{t('waiting.empty.what')}</Empty>}
          {waiting.map((approval) => (
            <Waiting
              approval={approval}
              error={view.errors.find(({ field }) => field === `note-${approval.id}`)?.message}
              locale={locale}
            />
          ))}
        </section>
        {over.length > 0 && <Over approvals={over} locale={locale} />}
        {view.settings.length > 0 && <FourEyesSettings settings={view.settings} errors={view.errors} locale={locale} />}
      </>
    ),
  };
}

function Deed({ approval: { permission, gives, title, href }, locale }: { approval: ListedApproval; locale: string }) {
  const t = approvalsText(locale);
  const words =
    title === ''
      ? t('deed.off', { what: t(`permission.${permission}`) })
      : t.rich(gives ? 'deed.gift' : `deed.${permission}`, { title: <bdi>{title}</bdi> });
  return <a href={address(locale, ...href.split('/'))}>{words}</a>;
}

function Waiting({ approval, error, locale }: { approval: ListedApproval; error: string | undefined; locale: string }) {
  const t = approvalsText(locale);
  const { id, reason, askedBy, askedAt } = approval;
  return (
    <article id={`approval-${id}`} aria-labelledby={`title-${id}`}>
      <h3 id={`title-${id}`}>
        <Deed approval={approval} locale={locale} />
      </h3>
      <dl class="facts">
        <dt>{t('why')}</dt>
        <dd class="multiline" dir="auto">
          {reason}
        </dd>
        <dt>{t('asked-by')}</dt>
        <dd>
          <bdi>{askedBy}</bdi>
        </dd>
        <dt>{t('asked-at')}</dt>
        <dd>
          <Instant at={askedAt} age />
        </dd>
      </dl>
      {approval.mayDecide ? <DecideForm id={id} error={error} locale={locale} /> : <p class="text">{t('own')}</p>}
    </article>
  );
}

function DecideForm({ id, error, locale }: { id: string; error: string | undefined; locale: string }) {
  const t = approvalsText(locale);
  return (
    <form method="post" action={address(locale, 'console', 'approvals', id)} class="narrow">
      <p class="text">{t('look')}</p>
      <Field
        name={`note-${id}`}
        label={t('note')}
        hint={t('note.hint')}
        error={error}
        control={(control) => <textarea {...control} rows={2} maxlength={2000} dir="auto" />}
      />
      <div class="actions">
        <Button name="decision" value="approve">
          {t('agree')}
        </Button>
        <Button tone="second" name="decision" value="decline">
          {t('decline')}
        </Button>
      </div>
    </form>
  );
}

function Over({ approvals, locale }: { approvals: readonly ListedApproval[]; locale: string }) {
  const t = approvalsText(locale);
  return (
    <section class="section" aria-labelledby="over">
      <h2 id="over">{t('over')}</h2>
      <Table
        caption={t('over')}
        quiet
        rows={approvals}
        columns={[
          { head: t('deed'), cell: (approval) => <Deed approval={approval} locale={locale} /> },
          { head: t('asked-by'), cell: ({ askedBy }) => <bdi>{askedBy}</bdi> },
          { head: t('decided-by'), cell: ({ decidedBy }) => <bdi>{decidedBy ?? ''}</bdi> },
          { head: t('state'), cell: ({ state }) => t(`state.${state}`) },
          { head: t('note'), cell: ({ note }) => <bdi>{note}</bdi> },
        ]}
      />
    </section>
  );
}
