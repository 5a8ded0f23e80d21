/** One measured figure. `goal` is what was promised; `met` is `null` for context that nothing was promised about. */
export type Figure = { readonly name: string; readonly value: string; readonly goal: string; readonly met: boolean | null };

export function printFigures(figures: readonly Figure[]): void {
  const rows = [
    ['figure', 'measured', 'goal', ''],
    ...figures.map(({ name, value, goal, met }) => [name, value, goal, met === null ? '' : met ? 'met' : 'MISSED']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
