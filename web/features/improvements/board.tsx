import { Button, Segmented, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Agreement } from '../../wire.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { Feedback } from '../feedback/feedback.tsx';
import { Choice } from './choice.tsx';
import {
  type Board,
  type BoardFilter,
  type ImprovementSummary,
  PRIORITIES,
  STATUSES,
  improvementPage,
  useBoard,
} from './improvement.ts';
import { RaiseDialog } from './raise-dialog.tsx';
import { StageColumns, columnsOf } from './stage-columns.tsx';
import { ImprovementTags } from './status-tag.tsx';
import { useCycleName, useFindingName } from './words.ts';

const FILTERS = ['status', 'priority', 'department', 'overdue'] as const;

/** Every finding of an agreement with what becomes of it; filters stand in the address. */
export function ImprovementBoard({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const { address, narrow } = useAddressFilters({ replace: true });
  const [raising, setRaising] = useState(false);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? ''])) as unknown as BoardFilter;
  const board = useBoard(agreement, filter);
  if (board.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!board.data) return <ProblemAlert error={board.error} retry={() => void board.refetch()} />;
  const { items, counts, departments, may } = board.data;
  const isNarrowed = FILTERS.some((name) => filter[name] !== '');
  return (
    <div className="stack">
      <div className="heading">
        <p className="muted grow none-yet">{t('improvements.explained')}</p>
        {may.raise.length > 0 ? (
          <Button type="primary" onClick={() => setRaising(true)}>
            {t('improvements.raise')}
          </Button>
        ) : null}
      </div>
      {board.error ? <ProblemAlert error={board.error} retry={() => void board.refetch()} /> : null}
      <Counts counts={counts} />
      <div className="toolbar">
        <Choice
          label={t('improvements.status')}
          value={filter.status}
          choose={(value) => narrow('status', value)}
          all={t('improvements.anyStatus')}
          options={[
            { value: 'open', label: t('improvements.open') },
            ...STATUSES.filter((status) => (counts.status[status] ?? 0) > 0).map((status) => ({
              value: status,
              label: t(`improvementStatus.${status}`),
            })),
          ]}
        />
        <Choice
          label={t('improvements.priority')}
          value={filter.priority}
          choose={(value) => narrow('priority', value)}
          all={t('improvements.anyPriority')}
          options={PRIORITIES.map((priority) => ({
            value: priority,
            label: t('improvements.priorityOf', { priority: t(`findingPriority.${priority}`) }),
          }))}
        />
        <DepartmentChoice
          departments={departments}
          value={filter.department}
          choose={(value) => narrow('department', value)}
        />
        <Choice
          label={t('improvements.overdue')}
          value={filter.overdue}
          choose={(value) => narrow('overdue', value)}
          all={t('improvements.lateOrNot')}
          options={[
            { value: 'true', label: t('improvements.overdue') },
            { value: 'false', label: t('improvements.inTime') },
          ]}
        />
      </div>
      <Segmented<string>
        style={{ alignSelf: 'flex-start' }}
        aria-label={t('stages.view')}
        value={address.get('view') === 'board' ? 'board' : 'list'}
        onChange={(view) => narrow('view', view === 'board' ? 'board' : '')}
        options={[
          { value: 'list', label: t('stages.list') },
          { value: 'board', label: t('stages.board') },
        ]}
      />
      {address.get('view') === 'board' && items.length > 0 ? (
        <StageColumns columns={columnsOf(items)} agreementId={agreement.id} />
      ) : (
        <Findings agreement={agreement} rows={items} isNarrowed={isNarrowed} />
      )}
      <Feedback agreement={agreement} capacities={may.raise} />
      {raising ? (
        <RaiseDialog agreementId={agreement.id} capacities={may.raise} close={() => setRaising(false)} />
      ) : null}
    </div>
  );
}

function DepartmentChoice({
  departments,
  value,
  choose,
}: {
  departments: Board['departments'];
  value: string;
  choose: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (departments.length < 2) return null;
  return (
    <Choice
      label={t('improvements.department')}
      value={value}
      choose={choose}
      all={t('improvements.anyDepartment')}
      options={departments.map(({ seat, title }) => ({ value: seat, label: format.text(title) }))}
    />
  );
}

/** How many there are, whatever is filtered. */
function Counts({ counts: { status, priority, overdue } }: { counts: Board['counts'] }): ReactNode {
  const { t } = useTranslation();
  const some = STATUSES.flatMap((one) => {
    const count = status[one] ?? 0;
    return count === 0 ? [] : [{ one, count }];
  });
  if (some.length === 0) return null;
  const lists = [
    {
      what: t('improvements.status'),
      list: some.map(({ one, count }) =>
        t('improvements.counted', { what: t(`improvementStatus.${one}`), number: count }),
      ),
    },
    {
      what: t('improvements.priority'),
      list: PRIORITIES.filter((one) => (priority[one] ?? 0) > 0).map((one) =>
        t('improvements.counted', { what: t(`findingPriority.${one}`), number: priority[one] ?? 0 }),
      ),
    },
  ];
  return (
    <p className="none-yet">
      {lists
        .filter(({ list }) => list.length > 0)
        .map(({ what, list }) => (
          <span key={what} style={{ marginInlineEnd: 20 }}>
            <span className="muted">
              {what}
              {t('common.colon')}
            </span>
            {list.join(t('common.listSeparator'))}
          </span>
        ))}
      <span className={overdue > 0 ? 'late nowrap' : 'muted nowrap'}>
        {t('improvements.counted', { what: t('improvements.overdue'), number: overdue })}
      </span>
    </p>
  );
}

function Findings({
  agreement,
  rows,
  isNarrowed,
}: {
  agreement: Agreement;
  rows: ImprovementSummary[];
  isNarrowed: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const cycle = useCycleName(agreement);
  const name = useFindingName();
  return (
    <Records
      label={t('improvements.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t(isNarrowed ? 'improvements.noneFound' : 'improvements.none')}
      columns={[
        {
          key: 'title',
          title: t('improvements.finding'),
          heading: true,
          render: (row) => (
            <>
              <Link to={improvementPage(agreement.id, row.id)}>{name(row)}</Link>
              <div className="muted small" style={{ fontWeight: 400 }}>
                {[t(`findingSource.${row.source}`), row.source === 'survey' && row.about ? cycle(row.about) : row.about]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </>
          ),
        },
        { key: 'state', title: t('improvements.status'), render: (row) => <ImprovementTags {...row} /> },
        {
          key: 'score',
          title: t('improvements.score'),
          align: 'right',
          render: ({ score }) => (score === null ? t('common.none') : String(score)),
        },
        {
          key: 'department',
          title: t('improvements.department'),
          render: ({ department }) => (department ? format.text(department.title) : t('common.none')),
        },
        {
          key: 'next',
          title: t('improvements.next'),
          render: ({ next, overdue }) =>
            next ? (
              <span className={overdue ? 'late' : ''}>
                {t('improvements.nextDue', {
                  what: t(`improvementDue.${next.what}`),
                  by: format.due(next.dueAt, next.localDate),
                })}
              </span>
            ) : (
              t('common.none')
            ),
        },
        {
          key: 'measures',
          title: t('improvements.measures'),
          align: 'right',
          render: ({ measures: { total, done } }) =>
            total === 0 ? t('common.none') : t('improvements.doneOf', { done, total }),
        },
      ]}
    />
  );
}
