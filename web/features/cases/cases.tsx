import { Button, Input, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { LinkDialog } from '../feedback/link-dialog.tsx';
import {
  ALL_CASES,
  CASE_SEVERITIES,
  CASE_TYPES,
  type CaseFilter,
  type CaseRule,
  type CaseSummary,
  casePage,
  useCases,
} from './case.ts';
import { CaseTags, Countdown, CustomerName } from './case-tags.tsx';
import { CaseFiguresPart } from './figures.tsx';
import { FormLinks } from './form-links.tsx';
import { OpenDialog } from './open-dialog.tsx';

/** Complaints, requests, enquiries and feedback of an agreement, and what its contract measures of them. */
export function Cases({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [filter, setFilter] = useState<CaseFilter>(ALL_CASES);
  const [dialog, setDialog] = useState<'open' | 'link' | null>(null);
  const cases = useCases(agreement, filter);
  if (cases.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!cases.data) return <ProblemAlert error={cases.error} retry={() => void cases.refetch()} />;
  const { items, nextCursor, counts, rules, may } = cases.data;
  const types = CASE_TYPES.filter((type) => rules.some((rule) => rule.types.includes(type)) || counts.type[type]);
  const choose = (name: keyof CaseFilter) => (value: string) => setFilter({ ...filter, cursor: '', [name]: value });
  const all = Object.values(counts.status).reduce((sum, count) => sum + count, 0);
  const underWay = all - (counts.status.closed ?? 0);
  return (
    <div className="stack">
      <div className="heading">
        <div className="grow">
          {rules.map((rule) => (
            <Rule key={rule.id} rule={rule} />
          ))}
        </div>
        <div className="actions">
          {may.open.length > 0 ? (
            <Button type="primary" onClick={() => setDialog('open')}>
              {t('cases.open')}
            </Button>
          ) : null}
          {may.link.length > 0 ? <Button onClick={() => setDialog('link')}>{t('cases.makeLink')}</Button> : null}
        </div>
      </div>
      {cases.error ? <ProblemAlert error={cases.error} retry={() => void cases.refetch()} /> : null}
      <div>
        <span className="muted">{t('cases.counts', { count: all, underWay })}</span>{' '}
        {counts.overdue > 0 ? <span className="late">{t('cases.overdueCount', { count: counts.overdue })}</span> : null}
      </div>
      <div className="toolbar">
        <Input.Search
          aria-label={t('cases.search')}
          placeholder={t('cases.search')}
          allowClear
          maxLength={100}
          onSearch={choose('search')}
          style={{ width: 220 }}
        />
        <Select<string>
          aria-label={t('cases.status')}
          value={filter.status}
          onChange={choose('status')}
          style={{ width: 170 }}
          options={[
            { value: '', label: t('cases.anyStatus') },
            { value: 'under-way', label: t('cases.underWay') },
            ...Object.keys(counts.status).map((value) => ({ value, label: t(`caseStatus.${value}`) })),
          ]}
        />
        <Select<string>
          aria-label={t('cases.type')}
          value={filter.type}
          onChange={choose('type')}
          style={{ width: 150 }}
          options={[
            { value: '', label: t('cases.anyType') },
            ...types.map((value) => ({ value, label: t(`caseType.${value}`) })),
          ]}
        />
        <Select<string>
          aria-label={t('cases.severity')}
          value={filter.severity}
          onChange={choose('severity')}
          style={{ width: 150 }}
          options={[
            { value: '', label: t('cases.anySeverity') },
            ...CASE_SEVERITIES.map((value) => ({ value, label: t(`caseSeverity.${value}`) })),
          ]}
        />
        <Select<string>
          aria-label={t('cases.overdue')}
          value={filter.overdue}
          onChange={choose('overdue')}
          style={{ width: 150 }}
          options={[
            { value: '', label: t('cases.lateOrNot') },
            { value: 'true', label: t('cases.overdue') },
            { value: 'false', label: t('cases.notOverdue') },
          ]}
        />
      </div>
      <CaseRecords agreement={agreement} rows={items} isAll={all === 0} />
      {filter.cursor !== '' || nextCursor !== null ? (
        <div className="actions">
          {filter.cursor === '' ? null : <Button onClick={() => choose('cursor')('')}>{t('cases.first')}</Button>}
          {nextCursor === null ? null : <Button onClick={() => choose('cursor')(nextCursor)}>{t('cases.more')}</Button>}
        </div>
      ) : null}
      <CaseFiguresPart agreement={agreement} />
      {may.link.length > 0 ? <FormLinks agreement={agreement} capacities={may.link} /> : null}
      {dialog === 'open' ? (
        <OpenDialog
          agreement={agreement}
          list={cases.data}
          close={() => setDialog(null)}
          done={(id) => void navigate(casePage(agreement.id, id))}
        />
      ) : null}
      {dialog === 'link' ? (
        <LinkDialog
          agreementId={agreement.id}
          capacities={may.link}
          to={{ path: '/case-form-links', title: t('cases.makeLink'), explained: t('cases.linkExplained') }}
          close={() => {
            setDialog(null);
            void cases.refetch();
          }}
        />
      ) : null}
    </div>
  );
}

/** What the contract says, in one line. */
function Rule({ rule: { types, handler, clocks, clauses } }: { rule: CaseRule }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const separator = t('common.listSeparator');
  const lengths = clocks
    .filter(({ clock, count }) => count !== null && ['response', 'record', 'resolution'].includes(clock))
    .map(({ clock, count, unit }) =>
      t('cases.within', { clock: t(`caseClock.${clock}`), length: t(`caseUnit.${unit}`, { count: count ?? 0 }) }),
    );
  return (
    <p className="muted none-yet">
      {t('cases.rule', {
        types: types.map((type) => t(`caseType.${type}`)).join(separator),
        who: format.text(handler.title),
      })}
      {lengths.length > 0 ? ` ${lengths.join(separator)}${t('cases.stop')}` : ''}{' '}
      <span className="small">{clauses.join(', ')}</span>
    </p>
  );
}

function CaseRecords({
  agreement,
  rows,
  isAll,
}: {
  agreement: Agreement;
  rows: CaseSummary[];
  isAll: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('cases.tab')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t(isAll ? 'cases.none' : 'cases.noneFound')}
      columns={[
        {
          key: 'topic',
          title: t('cases.topic'),
          heading: true,
          render: ({ id, topic, reference }) => (
            <>
              <Link to={casePage(agreement.id, id)} className="break">
                {topic ?? reference}
              </Link>
              <div className="muted small" style={{ fontWeight: 400 }}>
                {reference}
              </div>
            </>
          ),
        },
        { key: 'type', title: t('cases.type'), render: ({ type }) => t(`caseType.${type}`) },
        {
          key: 'customer',
          title: t('cases.customer'),
          render: ({ customer }) => <CustomerName customer={customer} />,
        },
        { key: 'status', title: t('cases.status'), render: (one) => <CaseTags {...one} /> },
        { key: 'handler', title: t('cases.handler'), render: ({ handler }) => format.text(handler.title) },
        {
          key: 'due',
          title: t('cases.nextDue'),
          render: ({ due }) =>
            due ? (
              <>
                <div className="small">{t(`caseClock.${due.clock}`)}</div>
                <Countdown dueAt={due.dueAt} zone={agreement.zone} />
              </>
            ) : (
              ''
            ),
        },
        {
          key: 'openedAt',
          title: t('cases.openedAt'),
          render: ({ openedAt }) => format.instant(openedAt, agreement.zone),
        },
      ]}
    />
  );
}
