import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { address } from './address.ts';
import { designText } from './design-text.ts';
import { EntryNumber, Hash } from './hash.tsx';
import { Instant } from './instant.tsx';
import { Mark, type MarkProps } from './mark.tsx';
import { ReaderContext } from './reader.ts';

export type EvidenceProps = {
  mark: MarkProps;
  /** Who knows it: a role or an organisation, never a person. Not shown for a proof, which needs nobody's word. */
  who: string;
  since?: Temporal.Instant | undefined;
  /** What would make an unknown claim known. Required in words, since "unknown" alone helps nobody. */
  remedy?: string;
  /** Index in the public record. */
  entry?: number | undefined;
  hash?: string | undefined;
  children?: ComponentChildren;
};

/** The side note beside a claim: how it is known, by whom, since when, where it is recorded. */
export function Evidence({ mark, who, since, remedy = '', entry, hash, children }: EvidenceProps) {
  const { locale } = useContext(ReaderContext);
  const t = designText(locale);
  const state = mark.state ?? 'current';
  return (
    <div class="evidence">
      <Mark {...mark} />
      <ul>
        <li>{state === 'unknown' ? t(`kind.${mark.kind}.unknown`) : t(`kind.${mark.kind}`, { who })}</li>
        {state === 'unknown' && remedy && <li>{remedy}</li>}
        {(state === 'broken' || state === 'stale') && (
          <li class={`state ${state === 'broken' ? 'broken' : 'wait'}`}>{t(`state.${state}`)}</li>
        )}
        {since && <li>{t.rich('since', { date: <Instant at={since} day /> })}</li>}
        {children}
        {entry !== undefined && (
          <li>
            <a href={address(locale, 'log', 'public', 'entry', entry)}>
              {t.rich('entry', { number: <EntryNumber index={entry} /> })}
            </a>
          </li>
        )}
        {hash !== undefined && <li>{t.rich('fingerprint', { hash: <Hash value={hash} /> })}</li>}
      </ul>
    </div>
  );
}
