import type { ComponentChildren } from 'preact';

export type Column<Row> = { head: string; cell: (row: Row) => ComponentChildren; number?: boolean };

/** Rows under named columns. The first column names the row. On a phone each row becomes a block with its column names inside. */
export function Table<Row>({
  caption,
  columns,
  rows,
  quiet = false,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  quiet?: boolean;
}) {
  return (
    <table class="rows">
      <caption class={quiet ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, number }) => (
            <th scope="col" class={number ? 'num' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {columns.map(({ head, cell, number }, i) =>
              i === 0 ? (
                <th scope="row">{cell(row)}</th>
              ) : (
                <td data-label={head} class={number ? 'num' : undefined}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
