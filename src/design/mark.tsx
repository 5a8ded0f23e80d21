/** How a claim is known. Each has its own shape, the same in every theme. */
export type MarkKind = 'declared' | 'attested' | 'measured' | 'proved';
/** How far the evidence reaches today. Unknown is never drawn as good. */
export type MarkState = 'current' | 'stale' | 'unknown' | 'broken';

export type MarkProps = {
  kind: MarkKind;
  state?: MarkState;
  /** Up to six characters: a share, a count, a version. */
  figure: string;
  /** Only where no evidence stands beside the mark to say the same in words. */
  label?: string;
};

type Point = readonly [number, number];

const outlines: Record<MarkKind, { outer: string; inner: string; cut: string; corners: readonly Point[] }> = {
  declared: {
    outer: 'M28 1 55 24 28 47 1 24z',
    inner: 'M28 5.2 50 24 28 42.8 6 24z',
    cut: 'M8 13v22M48 13v22',
    corners: [
      [28, 1],
      [55, 24],
      [28, 47],
      [1, 24],
    ],
  },
  attested: {
    outer: 'M10 3h36l8 8v26l-8 8H10l-8-8V11z',
    inner: 'M11.4 6.3h33.2l6.1 6.1v23.2l-6.1 6.1H11.4l-6.1-6.1V12.4z',
    cut: 'M1 17 16 2M40 46 55 31',
    corners: [
      [10, 3],
      [46, 3],
      [54, 11],
      [54, 37],
      [46, 45],
      [10, 45],
      [2, 37],
      [2, 11],
    ],
  },
  measured: {
    outer: 'M28 4c15 0 26.5 8.7 26.5 20S43 44 28 44 1.5 35.3 1.5 24 13 4 28 4z',
    inner: 'M28 7.3c13.2 0 23.2 7.2 23.2 16.7S41.2 40.7 28 40.7 4.8 33.5 4.8 24 14.8 7.3 28 7.3z',
    cut: 'M2 16 16 2M40 46 54 32',
    corners: Array.from({ length: 32 }, (_, i): Point => [
      28 + 26.5 * Math.cos((i * Math.PI) / 16),
      24 + 20 * Math.sin((i * Math.PI) / 16),
    ]),
  },
  proved: {
    outer: 'M28 1c6 4 14 5.5 23 5.5V23c0 12-9 19.5-23 24.5C14 42.5 5 35 5 23V6.5C14 6.5 22 5 28 1z',
    inner: 'M28 4.9c5.5 3.3 12.3 4.6 19.8 4.8V23c0 10-7.3 16.4-19.8 21.1C15.5 39.4 8.2 33 8.2 23V9.7C15.7 9.5 22.5 8.2 28 4.9z',
    cut: 'M1 15 15 1M37 47 52 32',
    corners: [
      [28, 1],
      [51, 6.5],
      [51, 24],
      [46, 35],
      [37, 43],
      [28, 47],
      [19, 43],
      [10, 35],
      [5, 24],
      [5, 6.5],
    ],
  },
};

/** Slanted lines clipped to the shape. A pattern fill would need an id, which must be unique on the page. */
function hatch(corners: readonly Point[]): string {
  const lines: string[] = [];
  for (let sum = 6; sum < 104; sum += 6) {
    const hits: Point[] = [];
    corners.forEach(([x1, y1], i) => {
      const [x2, y2] = corners[(i + 1) % corners.length] ?? [x1, y1];
      const from = x1 + y1 - sum;
      const to = x2 + y2 - sum;
      if (from === to || from * to > 0) return;
      const share = from / (from - to);
      hits.push([x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]);
    });
    const [first] = hits;
    const last = hits.toSorted((a, b) => a[0] - b[0]).at(-1);
    const start = hits.toSorted((a, b) => a[0] - b[0])[0] ?? first;
    if (start && last && last[0] - start[0] > 2) lines.push(`M${show(start)}L${show(last)}`);
  }
  return lines.join('');
}

const show = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

const hatches = Object.fromEntries(Object.entries(outlines).map(([kind, { corners }]) => [kind, hatch(corners)]));

/** The sign of how we know. At least 56 px wide; a broken one loses two corners, so that the figure stays readable. */
export function Mark({ kind, state = 'current', figure, label }: MarkProps) {
  const { outer, inner, cut } = outlines[kind];
  const size = figure.length <= 3 ? undefined : figure.length <= 4 ? 'f4' : 'f6';
  const spoken = label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg class={`mark ${state}`} viewBox="0 0 56 48" {...spoken}>
      {state === 'unknown' && <path class="hatch" d={hatches[kind]} />}
      <path class="outer" d={outer} />
      {state !== 'unknown' && <path class="inner" d={inner} />}
      {state === 'broken' && (
        <>
          <path class="gap" d={cut} />
          <path class="cut" d={cut} />
        </>
      )}
      <text x="28" y="28.5" class={size}>
        {figure}
      </text>
    </svg>
  );
}
