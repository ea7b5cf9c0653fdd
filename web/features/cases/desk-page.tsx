import { Badge, Button, Grid, Input, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { CASE_PRIORITIES, CASE_SEVERITIES, CASE_TYPES, casePage } from './case.ts';
import { CaseTags, Countdown, CustomerName } from './case-tags.tsx';
import { DeskDrawer } from './desk-drawer.tsx';
import { DESK_FILTERS, type DeskCase, type DeskFilter, type DeskPage, useDesk, useSteady } from './desk.ts';
import { CaseFiguresPart } from './figures.tsx';
import { AgreementChoice, NewCase } from './new-case.tsx';

const STATUSES = [
  'open',
  'responded',
  'in-progress',
  'plan-proposed',
  'plan-confirmed',
  'executed',
  'negotiating',
  'resolved',
  'awaiting-opinion',
  'closed',
  'all',
] as const;

/** Cases of all agreements that the reader may see: what runs out first stands first, and is acted on from here. */
export function CasesDeskPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('cases.desk'));
  const navigate = useNavigate();
  const mayAct = useMay('cases.act');
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  const [isNew, setNew] = useState(false);
  const filter: DeskFilter = Object.fromEntries(
    DESK_FILTERS.flatMap((name) => {
      const value = address.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const agreementId = filter.agreement ?? '';
  return (
    <div className="page">
      <div className="heading">
        <h1>{t('cases.desk')}</h1>
        {mayAct ? (
          <Button type="primary" onClick={() => setNew(true)}>
            {t('cases.open')}
          </Button>
        ) : null}
      </div>
      <Desk filter={filter} narrow={narrow} clear={clear} />
      {agreementId === '' ? null : <Figures agreementId={agreementId} />}
      {isNew ? (
        <NewCase
          agreementId={agreementId}
          close={() => setNew(false)}
          done={(agreement, id) => void navigate(casePage(agreement, id))}
        />
      ) : null}
    </div>
  );
}

/** What the contract of the agreement that was chosen measures, each figure with its cases. */
function Figures({ agreementId }: { agreementId: string }): ReactNode {
  const { data } = useAgreement(agreementId);
  if (!data) return null;
  return (
    <section className="panel">
      <CaseFiguresPart agreement={data} />
    </section>
  );
}

function Desk({
  filter,
  narrow,
  clear,
}: {
  filter: DeskFilter;
  narrow: (name: string, value?: string) => void;
  clear: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const desk = useDesk(filter);
  const { data, error, isPending, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = desk;
  const [open, setOpen] = useState<DeskCase | null>(null);
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const { shown, waiting, settle } = useSteady(rows, isPlaceholderData ? null : JSON.stringify(filter));
  const [first] = data?.pages ?? [];
  // An act may take it off the list that is asked for; it stays open all the same.
  const opened = rows.find(({ id }) => id === open?.id) ?? open;
  const isNarrowed = Object.keys(filter).length > 0;
  const zones = [...new Set(shown.map(({ agreement }) => agreement.zone))].map(format.zone);
  return (
    <section className="panel stack">
      <Chips counts={first?.counts} filter={filter} narrow={narrow} clear={clear} />
      <Filters filter={filter} narrow={narrow} handlers={first?.handlers ?? []} />
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      <div role="status">
        {waiting > 0 ? (
          <Button size="small" onClick={settle}>
            {t('cases.changed', { count: waiting })}
          </Button>
        ) : null}
      </div>
      {zones.length > 0 ? (
        <p className="muted small none-yet">{t('cases.zones', { zones: zones.join(t('common.listSeparator')) })}</p>
      ) : null}
      {data ? (
        <DeskRecords
          rows={shown}
          asOf={first?.asOf}
          open={setOpen}
          empty={
            isNarrowed ? (
              <>
                {t('cases.noneFound')}{' '}
                <Button type="link" className="inline-link" onClick={clear}>
                  {t('cases.showAll')}
                </Button>
              </>
            ) : (
              t('cases.deskEmpty')
            )
          }
        />
      ) : null}
      {hasNextPage ? (
        <div className="actions">
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
      {opened ? <DeskDrawer row={opened} close={() => setOpen(null)} /> : null}
    </section>
  );
}

/** What people look for first: how many run, ran out, or are about to. */
function Chips({
  counts,
  filter,
  narrow,
  clear,
}: {
  counts: DeskPage['counts'] | undefined;
  filter: DeskFilter;
  narrow: (name: string, value?: string) => void;
  clear: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const count = (value: number): string =>
    counts !== undefined && value >= counts.most ? `${String(counts.most)}+` : String(value);
  const chip = (name: keyof DeskFilter, value: string, label: string): ReactNode => {
    const isOn = filter[name] === value;
    return (
      <Button
        size="small"
        type={isOn ? 'primary' : 'default'}
        aria-pressed={isOn}
        onClick={() => narrow(name, isOn ? '' : value)}
      >
        {label}
      </Button>
    );
  };
  return (
    <div className="toolbar" role="group" aria-label={t('cases.quickly')}>
      <Button
        size="small"
        type={Object.keys(filter).length === 0 ? 'primary' : 'default'}
        aria-pressed={Object.keys(filter).length === 0}
        onClick={clear}
      >
        {t('cases.allUnderWay', { number: counts ? count(counts.underWay) : '…' })}
      </Button>
      {chip('due', 'late', t('cases.lateOnes', { number: counts ? count(counts.late) : '…' }))}
      {chip('due', '4', t('cases.soonOnes', { number: counts ? count(counts.soon) : '…' }))}
      {chip('mine', 'true', t('cases.mine'))}
    </div>
  );
}

/** Filters that are folded away on a phone, unless one of them is on. */
const FOLDED = ['status', 'due', 'type', 'priority', 'severity', 'tier', 'handler'] as const;

function Filters({
  filter,
  narrow,
  handlers,
}: {
  filter: DeskFilter;
  narrow: (name: string, value?: string) => void;
  handlers: DeskPage['handlers'];
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const isWide = Grid.useBreakpoint().md === true;
  const select = (
    name: keyof DeskFilter,
    label: string,
    any: string,
    options: { value: string; label: string }[],
  ): ReactNode => (
    <Select<string>
      key={name}
      aria-label={label}
      value={filter[name] ?? ''}
      onChange={(value) => narrow(name, value)}
      style={{ flex: '1 1 130px', maxWidth: 180 }}
      options={[{ value: '', label: any }, ...options]}
    />
  );
  const more = (
    <>
      {select('status', t('cases.status'), t('cases.underWay'), [
        ...STATUSES.map((value) => ({
          value,
          label: value === 'all' ? t('cases.anyStatus') : t(`caseStatus.${value}`),
        })),
      ])}
      {select('due', t('cases.due'), t('cases.anyDue'), [
        { value: 'late', label: t('cases.overdue') },
        ...['4', '24', '72'].map((value) => ({ value, label: t('cases.dueWithin', { count: Number(value) }) })),
      ])}
      {select(
        'type',
        t('cases.type'),
        t('cases.anyType'),
        CASE_TYPES.map((value) => ({ value, label: t(`caseType.${value}`) })),
      )}
      {select(
        'priority',
        t('cases.priority'),
        t('cases.anyPriority'),
        CASE_PRIORITIES.map((value) => ({ value, label: t(`casePriority.${value}`) })),
      )}
      {select(
        'severity',
        t('cases.severity'),
        t('cases.anySeverity'),
        CASE_SEVERITIES.map((value) => ({ value, label: t(`caseSeverity.${value}`) })),
      )}
      {select(
        'tier',
        t('cases.tier'),
        t('cases.anyTier'),
        ['ordinary', 'key', 'vip'].map((value) => ({ value, label: t(`customerTier.${value}`) })),
      )}
      {select(
        'handler',
        t('cases.handler'),
        t('cases.anyHandler'),
        handlers.map(({ seat, title }) => ({ value: seat, label: format.text(title) })),
      )}
    </>
  );
  const chosen = FOLDED.filter((name) => filter[name] !== undefined).length;
  return (
    <div className="toolbar">
      <Input.Search
        key={filter.search ?? ''}
        defaultValue={filter.search ?? ''}
        aria-label={t('cases.search')}
        placeholder={t('cases.search')}
        allowClear
        maxLength={100}
        onSearch={(search) => narrow('search', search.trim())}
        style={{ flex: '1 1 180px', maxWidth: 240 }}
      />
      <div style={{ flex: '2 1 220px', maxWidth: 340 }}>
        <AgreementChoice
          label={t('cases.agreement')}
          value={filter.agreement ?? ''}
          choose={(agreement) => narrow('agreement', agreement)}
        />
      </div>
      {isWide ? (
        more
      ) : (
        <details open={chosen > 0} style={{ width: '100%' }}>
          <summary>{t('cases.moreFilters')}</summary>
          <div className="toolbar" style={{ marginTop: 8 }}>
            {more}
          </div>
        </details>
      )}
    </div>
  );
}

function DeskRecords({
  rows,
  asOf,
  open,
  empty,
}: {
  rows: DeskCase[];
  asOf: string | undefined;
  open: (row: DeskCase) => void;
  empty: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records<DeskCase>
      label={t('cases.desk')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'topic',
          title: t('cases.topic'),
          heading: true,
          render: ({ id, topic, reference, type, agreement }) => (
            <>
              <Link to={casePage(agreement.id, id)} className="break">
                {topic ?? reference}
              </Link>
              <div className="muted small" style={{ fontWeight: 400 }}>
                {t(`caseType.${type}`)} · {reference}
              </div>
            </>
          ),
        },
        {
          key: 'due',
          title: t('cases.nextDue'),
          width: 170,
          render: ({ due, overdue, paused, agreement, status }) =>
            due ? (
              <>
                <div className="small">
                  {overdue ? <Badge status="error" text={t('cases.overdue')} /> : null} {t(`caseClock.${due.clock}`)}
                </div>
                <Countdown dueAt={due.dueAt} zone={agreement.zone} {...(asOf === undefined ? {} : { asOf })} />
              </>
            ) : overdue ? (
              <span className="late">{t('cases.overdue')}</span>
            ) : paused ? (
              t('cases.standsStill')
            ) : status === 'closed' ? (
              ''
            ) : (
              <span className="muted">{t('cases.noClockRuns')}</span>
            ),
        },
        { key: 'status', title: t('cases.status'), render: (one) => <CaseTags {...one} /> },
        { key: 'priority', title: t('cases.priority'), render: ({ priority }) => t(`casePriority.${priority}`) },
        {
          key: 'customer',
          title: t('cases.customer'),
          render: ({ customer }) => (
            <>
              <CustomerName customer={customer} />
              {customer.tier ? <div className="muted small">{t(`customerTier.${customer.tier}`)}</div> : null}
            </>
          ),
        },
        {
          key: 'handler',
          title: t('cases.handler'),
          render: ({ handler, assignee }) => (
            <>
              {format.text(handler.title)}
              {assignee ? (
                <div className="muted small">
                  {assignee.seat ? format.text(assignee.seat.title) : (assignee.name ?? t('cases.somebody'))}
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'agreement',
          title: t('cases.agreement'),
          render: ({ agreement }) => (
            <>
              <Link to={`/agreements/${encodeURIComponent(agreement.id)}?tab=cases`}>
                {format.text(agreement.title)}
              </Link>
              <div className="muted small">{agreement.parties.join(t('common.listSeparator'))}</div>
            </>
          ),
        },
        {
          key: 'act',
          title: t('cases.doing'),
          render: (row) => (
            <Button
              size="small"
              aria-label={t('cases.handleNamed', { what: row.topic ?? row.reference })}
              onClick={() => open(row)}
            >
              {t('cases.handle')}
            </Button>
          ),
        },
      ]}
    />
  );
}
