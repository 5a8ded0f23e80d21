import { formatNumber } from '#kernel/i18n';
import { proofPath, type Span } from './proof-path.ts';
import { trustText } from './trust-text.ts';

export type ProofDrawing = {
  index: number;
  size: number;
  leafHash: string;
  /** Hashes of the neighbours, from the entry upwards, in hexadecimal. */
  path: readonly string[];
  root: string;
  signers: readonly string[];
};

type Row =
  | { kind: 'own'; label: string; hash: string | null; neighbour: { label: string; hash: string } | null }
  | { kind: 'gap'; label: string }
  | { kind: 'root' | 'signed'; label: string; detail: string };

const rowHeight = 84;
const boxHeight = 46;

/** The way from one text to the signed number, as a ladder: our side green, the neighbours beside it, the signature at the foot. */
export function ProofFigure({ proof, locale }: { proof: ProofDrawing; locale: string }) {
  const t = trustText(locale);
  const rows = ladder(proof, locale);
  return (
    <svg
      viewBox={`0 0 360 ${rows.length * rowHeight - (rowHeight - boxHeight) + 4}`}
      role="img"
      aria-label={t('proof.alt', { n: proof.path.length })}
    >
      {rows.map((row, i) => (
        <Rung row={row} y={i * rowHeight + 2} last={i === rows.length - 1} />
      ))}
    </svg>
  );
}

/** At most three joinings are drawn: a log of a million entries has twenty, and each looks like the others. */
function ladder(proof: ProofDrawing, locale: string): readonly Row[] {
  const t = trustText(locale);
  const joins = proofPath(proof.index, proof.size);
  const span = ({ from, to }: Span): string => {
    if (from === to) return t('proof.entry', { index: formatNumber(locale, from) });
    return t('proof.entries', { from: formatNumber(locale, from), to: formatNumber(locale, to) });
  };
  const rungs = joins.map(({ own, neighbour }, i): Row => ({
    kind: 'own',
    label: i === 0 ? t('proof.this', { index: formatNumber(locale, proof.index) }) : span(own),
    hash: i === 0 ? proof.leafHash : null,
    neighbour: { label: span(neighbour), hash: proof.path[i] ?? '' },
  }));
  const shown: Row[] =
    rungs.length <= 4
      ? rungs
      : [...rungs.slice(0, 2), { kind: 'gap', label: t('proof.more', { n: rungs.length - 3 }) }, ...rungs.slice(-1)];
  const whole: Row = { kind: 'root', label: t('proof.root', { n: proof.size }), detail: proof.root };
  const signed: Row = { kind: 'signed', label: t('proof.signed'), detail: proof.signers.join(', ') };
  return [...shown, whole, signed];
}

function Rung({ row, y, last }: { row: Row; y: number; last: boolean }) {
  const foot = y + boxHeight;
  if (row.kind === 'gap') {
    return (
      <>
        <path class="path dotted" d={`M85 ${y - 6}V${y + rowHeight}`} />
        <text class="soft" x="100" y={y + 28}>
          {row.label}
        </text>
      </>
    );
  }
  if (row.kind !== 'own') {
    return (
      <>
        {!last && <path class="path" d={`M85 ${foot}v${rowHeight - boxHeight}`} />}
        <Box
          x={1}
          y={y}
          width={358}
          kind={row.kind === 'root' ? 'root' : 'box'}
          label={row.label}
          detail={row.kind === 'root' ? groups(row.detail, 6) : clip(row.detail, 40)}
        />
      </>
    );
  }
  return (
    <>
      {row.neighbour && <path class="line" d={`M275 ${foot}v19H85`} />}
      <path class="path" d={`M85 ${foot}v${rowHeight - boxHeight}`} />
      <Box x={1} y={y} width={168} kind="own" label={row.label} detail={row.hash === null ? '' : groups(row.hash, 3)} />
      {row.neighbour && (
        <Box x={191} y={y} width={168} kind="box" label={row.neighbour.label} detail={groups(row.neighbour.hash, 3)} />
      )}
    </>
  );
}

type BoxProps = { x: number; y: number; width: number; kind: 'own' | 'box' | 'root'; label: string; detail: string };

function Box({ x, y, width, kind, label, detail }: BoxProps) {
  return (
    <>
      <rect class={kind} x={x} y={y} width={width} height={boxHeight} />
      <text x={x + 10} y={y + (detail ? 19 : 28)}>
        {label}
      </text>
      {detail && (
        <text class="mono soft" x={x + 10} y={y + 37}>
          {detail}
        </text>
      )}
    </>
  );
}

const groups = (hash: string, count: number): string => `${(hash.match(/.{1,4}/gsu) ?? []).slice(0, count).join(' ')} …`;
const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
