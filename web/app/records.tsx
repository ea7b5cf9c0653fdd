import { Card, Grid, Table } from 'antd';
import type { ReactNode } from 'react';

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  /** The card's heading on a narrow screen. */
  heading?: boolean;
  align?: 'left' | 'right';
  width?: number | string;
}

/** Rows as a table where there is room, as cards on a phone. */
export function Records<T>({
  rows,
  columns,
  rowKey,
  label,
  empty,
}: {
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
  label: string;
  empty: ReactNode;
}): ReactNode {
  const screens = Grid.useBreakpoint();
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  if (screens.lg) {
    return (
      <Table<T>
        aria-label={label}
        rowKey={rowKey}
        dataSource={rows}
        pagination={false}
        size="middle"
        columns={columns.map(({ key, title, render, align, width }) => ({
          key,
          title,
          align: align ?? 'left',
          ...(width === undefined ? {} : { width }),
          render: (_: unknown, row: T) => render(row),
        }))}
      />
    );
  }
  return (
    <ul className="cards" aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <Card size="small">
            {columns
              .filter(({ heading }) => heading)
              .map((column) => (
                <div key={column.key} className="card-heading">
                  {column.render(row)}
                </div>
              ))}
            <dl className="facts">
              {columns
                .filter(({ heading }) => !heading)
                .map((column) => ({ column, content: column.render(row) }))
                .filter(({ content }) => content !== null && content !== '')
                .map(({ column, content }) => (
                  <div key={column.key}>
                    <dt>{column.title}</dt>
                    <dd>{content}</dd>
                  </div>
                ))}
            </dl>
          </Card>
        </li>
      ))}
    </ul>
  );
}
