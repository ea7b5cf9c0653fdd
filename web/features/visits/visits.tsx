import { Button, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { TierTag } from '../customers/tier-tag.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { VisitCountersPart } from './counters.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { VISIT_KINDS, type VisitList, type VisitSummary, useVisits, visitPage } from './visit.ts';
import { VisitTags } from './visit-status.tsx';

/** Visits and call-backs of an agreement, the plan of a year, and how often each customer was seen. */
export function Visits({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const thisYear = Number(todayIn(agreement.zone).slice(0, 4));
  const [filter, setFilter] = useState({ year: '', status: '', kind: '' });
  const [dialog, setDialog] = useState<'plan' | 'visit' | null>(null);
  const visits = useVisits(agreement, filter);
  if (visits.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!visits.data) return <ProblemAlert error={visits.error} retry={() => void visits.refetch()} />;
  const { items, counts, plans, rules, may } = visits.data;
  const planned = rules.find(({ plan }) => plan !== null);
  const years = [...new Set([thisYear + 1, thisYear, ...plans.map(({ year }) => year)])].sort((a, b) => b - a);
  const choose = (name: keyof typeof filter) => (value: string) => setFilter({ ...filter, [name]: value });
  return (
    <div className="stack">
      <div className="heading">
        <div className="grow">
          {rules.map((rule) => (
            <Rule key={rule.kind} rule={rule} />
          ))}
        </div>
        <div className="actions">
          {planned && may.plan.length > 0 ? (
            <Button type="primary" onClick={() => setDialog('plan')}>
              {t('visits.plan')}
            </Button>
          ) : null}
          {may.visit.length > 0 ? <Button onClick={() => setDialog('visit')}>{t('visits.planOne')}</Button> : null}
        </div>
      </div>
      {visits.error ? <ProblemAlert error={visits.error} retry={() => void visits.refetch()} /> : null}
      {plans.map(({ year, rows, publishedAt }) => (
        <div key={year} className="muted">
          {t('visits.published', { year, count: rows, on: format.date(publishedAt.slice(0, 10)) })}
        </div>
      ))}
      {counts.overdue > 0 ? <div className="late">{t('visits.overdueCount', { count: counts.overdue })}</div> : null}
      <div className="toolbar">
        <Select<string>
          aria-label={t('visits.year')}
          value={filter.year}
          onChange={choose('year')}
          style={{ width: 130 }}
          options={[
            { value: '', label: t('visits.anyYear') },
            ...years.map((year) => ({ value: String(year), label: t('visits.ofYear', { year }) })),
          ]}
        />
        <Select<string>
          aria-label={t('visits.status')}
          value={filter.status}
          onChange={choose('status')}
          style={{ width: 150 }}
          options={[
            { value: '', label: t('visits.anyStatus') },
            ...Object.keys(counts.status).map((value) => ({ value, label: t(`visitStatus.${value}`) })),
          ]}
        />
        {rules.length > 1 ? (
          <Select<string>
            aria-label={t('visits.kind')}
            value={filter.kind}
            onChange={choose('kind')}
            style={{ width: 150 }}
            options={[
              { value: '', label: t('visits.anyKind') },
              ...VISIT_KINDS.map((value) => ({ value, label: t(`visitKind.${value}`) })),
            ]}
          />
        ) : null}
      </div>
      <VisitRecords agreement={agreement} rows={items} />
      {planned ? <VisitCountersPart agreement={agreement} /> : null}
      {dialog === 'plan' && planned?.plan ? (
        <PlanDialog
          agreement={agreement}
          rule={planned}
          tiers={planned.plan.tiers}
          plans={plans}
          capacities={may.plan}
          close={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'visit' ? <OneDialog agreement={agreement} list={visits.data} close={() => setDialog(null)} /> : null}
    </div>
  );
}

function Rule({ rule: { kind, leader, reportDays, clauses } }: { rule: VisitList['rules'][number] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className="muted none-yet">
      {t(`visitRule.${kind}`, { who: format.text(leader.title) })}
      {reportDays === null ? '' : t(`visitRule.within`, { count: reportDays })}{' '}
      <span className="small">{clauses.join(', ')}</span>
    </p>
  );
}

function VisitRecords({ agreement, rows }: { agreement: Agreement; rows: VisitSummary[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('visits.tab')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t('visits.none')}
      columns={[
        {
          key: 'customer',
          title: t('visits.customer'),
          heading: true,
          render: ({ id, customer, reference }) => (
            <>
              <Link to={visitPage(agreement.id, id)}>{customer.name ?? reference}</Link>{' '}
              <TierTag tier={customer.tier} />
            </>
          ),
        },
        { key: 'kind', title: t('visits.kind'), render: ({ kind }) => t(`visitKind.${kind}`) },
        { key: 'status', title: t('visits.status'), render: (one) => <VisitTags {...one} /> },
        { key: 'plannedOn', title: t('visits.plannedOn'), render: ({ plannedOn }) => format.date(plannedOn) },
        { key: 'heldOn', title: t('visits.heldOn'), render: ({ heldOn }) => (heldOn ? format.date(heldOn) : '') },
        {
          key: 'reportDue',
          title: t('visits.reportDue'),
          render: ({ reportDue, overdue, status }) =>
            reportDue && status === 'held' ? (
              <span className={overdue ? 'late' : ''}>{format.date(reportDue.localDate)}</span>
            ) : (
              ''
            ),
        },
        {
          key: 'findings',
          title: t('visits.findings'),
          align: 'right',
          render: ({ findings }) => (findings === 0 ? '' : String(findings)),
        },
      ]}
    />
  );
}

/** Plans a visit or a call-back by itself. */
function OneDialog({
  agreement,
  list: { rules, may },
  close,
}: {
  agreement: Agreement;
  list: VisitList;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const departments = rules.flatMap((rule) => rule.departments);
  return (
    <ActDialog
      agreementId={agreement.id}
      close={close}
      done={(answer) => void navigate(visitPage(agreement.id, (answer as unknown as { id: string }).id))}
      form={{
        path: '/visits',
        title: t('visits.planOne'),
        capacities: may.visit,
        fields: [
          {
            name: 'kind',
            label: t('visits.kind'),
            type: 'select',
            required: true,
            initial: rules[0]?.kind ?? 'visit',
            options: rules.map(({ kind }) => ({ value: kind, label: t(`visitKind.${kind}`) })),
          },
          { name: 'customer', label: t('visits.customer'), type: 'customer', required: true },
          {
            name: 'plannedOn',
            label: t('visits.plannedOn'),
            type: 'date',
            required: true,
            initial: todayIn(agreement.zone),
          },
          ...(departments.length === 0
            ? []
            : [
                {
                  name: 'departments',
                  label: t('visits.departments'),
                  type: 'many' as const,
                  options: departments.map(({ seat, title }) => ({ value: seat, label: format.text(title) })),
                },
              ]),
          { name: 'note', label: t('visits.note'), type: 'area' },
        ],
      }}
    />
  );
}
