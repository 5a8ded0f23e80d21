import { Evidence, Instant } from '#design';
import { policiesText } from './policies-text.ts';
import type { VersionView } from './version-view.ts';

/** The side note of a version: the log proves that this text was published; what an import says of its past is only declared. */
export function VersionEvidence(props: { version: VersionView; organisation: string; locale: string; brief?: boolean }) {
  const { version, organisation, locale, brief = false } = props;
  const t = policiesText(locale);
  const imported = version.origin === 'imported';
  const figure = `v${version.number}`;
  const mark =
    version.entry === null
      ? ({ kind: 'proved', state: 'unknown', figure } as const)
      : ({ kind: imported ? 'declared' : 'proved', figure } as const);
  return (
    <Evidence
      mark={mark}
      who={organisation}
      remedy={t('entry.pending')}
      entry={version.entry ?? undefined}
      hash={brief ? undefined : version.hash}
    >
      <li>
        {version.effectiveAt === null
          ? t('effective.unknown')
          : t.rich(effectKey(version), {
              date: <Instant at={version.effectiveAt} day={brief} />,
            })}
      </li>
      {!brief && (
        <li>{t.rich(imported ? 'published.claimed' : 'published.at', { date: <Instant at={version.publishedAt} day /> })}</li>
      )}
    </Evidence>
  );
}

function effectKey({ origin, standing }: VersionView) {
  if (origin === 'imported') return 'effective.claimed';
  if (standing === 'ended') return 'effective.ended';
  return standing === 'scheduled' ? 'effective.from' : 'effective.since';
}
