import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Page } from '../../wire.ts';
import { REDATINGS, type Redating } from './calendar.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { RedatingDates } from './redating-dates.tsx';
import { SourceLine } from './source-line.tsx';

/** Of one agreement the first ones are shown in the list. */
const MOST_DATES = 3;

/** Which dates of which agreements a newer calendar would move: one is decided, or all that are chosen. */
export function Redatings(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayDecide = useMay('agreements.manage');
  const { address, narrow } = useAddressFilters({ replace: true });
  const status = address.get('status') === 'declined' ? 'declined' : 'open';
  const [chosen, setChosen] = useState<string[]>([]);
  const [verdict, setVerdict] = useState<'accept' | 'decline' | null>(null);
  const proposals = useInfiniteQuery({
    queryKey: [...REDATINGS, status],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Redating>>(`/redatings${queryString({ status, limit: 20, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const { data, error, isPending, hasNextPage, isFetchingNextPage } = proposals;
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const selected = rows.filter(({ agreement }) => chosen.includes(agreement.id));
  const notice = rows[0]?.notice;
  const choose = (id: string, is: boolean): void =>
    setChosen((before) => (is ? [...before, id] : before.filter((one) => one !== id)));
  return (
    <div className="stack">
      <p className="muted none-yet">{t('calendars.proposalsExplained')}</p>
      {notice ? <SourceLine notice={notice} /> : null}
      <div className="toolbar">
        <Segmented<'open' | 'declined'>
          value={status}
          onChange={(one) => {
            setChosen([]);
            narrow('status', one === 'open' ? '' : one);
          }}
          options={[
            { value: 'open', label: t('calendars.open') },
            { value: 'declined', label: t('calendars.declined') },
          ]}
        />
        {mayDecide && rows.length > 0 ? (
          <>
            <Checkbox
              checked={selected.length === rows.length}
              indeterminate={selected.length > 0 && selected.length < rows.length}
              onChange={(event) => setChosen(event.target.checked ? rows.map(({ agreement }) => agreement.id) : [])}
            >
              {t('calendars.chooseAll', { count: rows.length })}
            </Checkbox>
            <Button type="primary" disabled={selected.length === 0} onClick={() => setVerdict('accept')}>
              {t('calendars.acceptChosen', { count: selected.length })}
            </Button>
            {status === 'open' ? (
              <Button disabled={selected.length === 0} onClick={() => setVerdict('decline')}>
                {t('calendars.declineChosen', { count: selected.length })}
              </Button>
            ) : null}
          </>
        ) : null}
      </div>
      <ProblemAlert error={error} retry={() => void proposals.refetch()} />
      {isPending ? <Skeleton active /> : null}
      {data ? (
        <Records
          label={t('calendars.proposals')}
          rows={rows}
          rowKey={({ agreement }) => agreement.id}
          empty={t(status === 'open' ? 'calendars.noProposals' : 'calendars.noneDeclined')}
          columns={[
            {
              key: 'agreement',
              title: t('calendars.agreement'),
              heading: true,
              width: '34%',
              render: ({ agreement, calendar }) => (
                <div className="toolbar">
                  {mayDecide ? (
                    <Checkbox
                      aria-label={t('calendars.choose', { what: agreement.parties.join(' / ') })}
                      checked={chosen.includes(agreement.id)}
                      onChange={(event) => choose(agreement.id, event.target.checked)}
                    />
                  ) : null}
                  <div>
                    <Link to={`/agreements/${agreement.id}/redating`}>{format.text(agreement.title)}</Link>
                    <div className="muted small">{agreement.parties.join(' / ')}</div>
                    <Tag>{`${calendar.id}@${calendar.from} → ${calendar.to}`}</Tag>
                  </div>
                </div>
              ),
            },
            {
              key: 'dates',
              title: t('calendars.datesMoved'),
              render: ({ dates }) => <RedatingDates dates={dates} most={MOST_DATES} />,
            },
          ]}
        />
      ) : null}
      {hasNextPage ? (
        <div className="more">
          <Button loading={isFetchingNextPage} onClick={() => void proposals.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
      {verdict ? (
        <DecideDialog
          proposals={selected}
          verdict={verdict}
          onClose={(isDone) => {
            setVerdict(null);
            if (isDone) setChosen([]);
          }}
        />
      ) : null}
    </div>
  );
}
