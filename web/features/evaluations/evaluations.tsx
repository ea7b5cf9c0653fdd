import { Button, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { ActDialog } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';
import { type EvaluationSummary, type Provided, evaluationPage, figure, useEvaluations } from './evaluation.ts';
import { EvaluationTags } from './status-tag.tsx';
import { useNamed, useNext, usePeriod } from './words.ts';

/** Evaluations of an agreement that the reader has a part in, and what the contract says of them. */
export function Evaluations({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [filter, setFilter] = useState({ status: '', rule: '' });
  const [opening, setOpening] = useState<{ provided: Provided; as: Capacity[] } | null>(null);
  const evaluations = useEvaluations(agreement, useMay('evaluations.read'), filter);
  if (evaluations.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!evaluations.data) return <ProblemAlert error={evaluations.error} retry={() => void evaluations.refetch()} />;
  const { items, counts, rules, may } = evaluations.data;
  return (
    <div className="stack">
      {rules.map((provided) => {
        const as = may.open.find(({ rule }) => rule === provided.rule.id)?.as;
        return (
          <div key={provided.rule.id}>
            <Provides provided={provided} />
            {as ? (
              <Button size="small" onClick={() => setOpening({ provided, as })}>
                {t('evaluations.openOne', { what: format.text(provided.rule.title) })}
              </Button>
            ) : null}
          </div>
        );
      })}
      {evaluations.error ? <ProblemAlert error={evaluations.error} retry={() => void evaluations.refetch()} /> : null}
      {counts.overdue > 0 ? (
        <div className="late">{t('evaluations.overdueCount', { count: counts.overdue })}</div>
      ) : null}
      <div className="toolbar">
        <Select<string>
          aria-label={t('evaluations.status')}
          value={filter.status}
          onChange={(status) => setFilter({ ...filter, status })}
          style={{ flex: '1 1 130px', maxWidth: 190 }}
          options={[
            { value: '', label: t('evaluations.anyStatus') },
            ...Object.keys(counts.status).map((value) => ({ value, label: t(`evaluationStatus.${value}`) })),
          ]}
        />
        {rules.length > 1 ? (
          <Select<string>
            aria-label={t('evaluations.rule')}
            value={filter.rule}
            onChange={(rule) => setFilter({ ...filter, rule })}
            style={{ flex: '1 1 160px', maxWidth: 260 }}
            options={[
              { value: '', label: t('evaluations.anyRule') },
              ...rules.map(({ rule }) => ({ value: rule.id, label: format.text(rule.title) })),
            ]}
          />
        ) : null}
      </div>
      <Rows agreement={agreement} rows={items} />
      {opening ? <OpenDialog agreement={agreement} {...opening} close={() => setOpening(null)} /> : null}
    </div>
  );
}

function Provides({ provided }: { provided: Provided }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { rule, form, organiser, scorers, confirmer, decider, objectionDays, publishTo, minimumSample, clauses } =
    provided;
  const list = (seats: { title: { zh: string; en: string } }[]): string =>
    seats.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  const said = [
    t('evaluations.organisedBy', { who: format.text(organiser.title) }),
    form === 'scored' && scorers.length > 0 ? t('evaluations.scoredBy', { who: list(scorers) }) : '',
    confirmer ? t('evaluations.confirmedBySeat', { who: format.text(confirmer.title) }) : '',
    objectionDays === null ? '' : t('evaluations.objectionsWithin', { count: objectionDays }),
    minimumSample === null ? '' : t('evaluations.atLeast', { count: minimumSample }),
    t('evaluations.decidedBySeat', { who: format.text(decider.title) }),
    publishTo.length === 0 ? '' : t('evaluations.publishedTo', { who: list(publishTo) }),
  ];
  return (
    <p className="muted none-yet">
      <strong>{format.text(rule.title)}</strong> {said.filter(Boolean).join('')}{' '}
      <span className="small">{clauses.join(', ')}</span>
    </p>
  );
}

function Rows({ agreement, rows }: { agreement: Agreement; rows: EvaluationSummary[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod();
  const named = useNamed();
  const said = useNext();
  return (
    <Records
      label={t('evaluations.tab')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t('evaluations.none')}
      columns={[
        {
          key: 'rule',
          title: t('evaluations.rule'),
          heading: true,
          render: (one) => (
            <>
              <Link to={evaluationPage(agreement.id, one.id)}>
                {t('evaluations.titleOf', { what: format.text(one.rule.title), period: period(one.period) })}
              </Link>
            </>
          ),
        },
        { key: 'status', title: t('evaluations.status'), render: (one) => <EvaluationTags {...one} /> },
        {
          key: 'results',
          title: t('evaluations.results'),
          render: ({ results, evaluated }) =>
            results.length > 0 && results.length <= 3
              ? results.map((one) => (
                  <div key={one.subject}>
                    {named(one)} {one.total === null ? '' : <span className="amount">{figure(one.total)}</span>}
                  </div>
                ))
              : evaluated === 0
                ? t('evaluations.nobodyYet')
                : t('evaluations.people', { count: evaluated }),
        },
        {
          key: 'next',
          title: t('evaluations.next'),
          render: ({ next: [first, ...more], overdue }) =>
            first ? (
              <span className={overdue ? 'late' : ''}>
                {said(first)}
                {more.length > 0 ? t('evaluations.andMore', { count: more.length }) : ''}
              </span>
            ) : (
              ''
            ),
        },
      ]}
    />
  );
}

function OpenDialog({
  agreement,
  provided,
  as,
  close,
}: {
  agreement: Agreement;
  provided: Provided;
  as: Capacity[];
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const today = todayIn(agreement.zone);
  return (
    <ActDialog
      agreementId={agreement.id}
      close={close}
      done={(answer) => void navigate(evaluationPage(agreement.id, (answer as unknown as { id: string }).id))}
      form={{
        path: '/evaluations',
        title: t('evaluations.openOne', { what: format.text(provided.rule.title) }),
        explained: t('evaluations.openExplained'),
        capacities: as,
        fields: [
          {
            name: 'from',
            label: t('evaluations.from'),
            type: 'date',
            required: true,
            initial: `${today.slice(0, 4)}-01-01`,
          },
          { name: 'to', label: t('evaluations.to'), type: 'date', required: true, initial: today },
          { name: 'note', label: t('evaluations.note'), type: 'area' },
        ],
        toFields: (values) => ({ ...values, rule: provided.rule.id }),
      }}
    />
  );
}
