import { Button, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { ActDialog } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';
import { Coverage } from './coverage.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { Qualified } from './qualified.tsx';
import { useSessionFields } from './session-fields.ts';
import { type Provided, type TrainingSummary, trainingPage, useTrainings } from './training.ts';
import { TrainingTags } from './training-status.tsx';

type Dialog = { of: 'session' | 'plan'; provided: Provided } | null;

/** Training that the contract speaks of: its sessions, what has been taught, and who may work. */
export function Trainings({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const thisYear = Number(todayIn(agreement.zone).slice(0, 4));
  const [filter, setFilter] = useState({ year: '', status: '' });
  const [dialog, setDialog] = useState<Dialog>(null);
  const trainings = useTrainings(agreement, filter);
  if (trainings.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!trainings.data) return <ProblemAlert error={trainings.error} retry={() => void trainings.refetch()} />;
  const { items, counts, provides, may } = trainings.data;
  const close = (): void => setDialog(null);
  return (
    <div className="stack">
      {provides.map((provided) => (
        <div key={provided.training.id} className="heading">
          <div className="grow">
            <Provides provided={provided} />
          </div>
          {may.plan.length > 0 ? (
            <div className="actions">
              <Button type="primary" onClick={() => setDialog({ of: 'session', provided })}>
                {t('trainings.planOne')}
              </Button>
              <Button onClick={() => setDialog({ of: 'plan', provided })}>{t('trainings.planYear')}</Button>
            </div>
          ) : null}
        </div>
      ))}
      {trainings.error ? <ProblemAlert error={trainings.error} retry={() => void trainings.refetch()} /> : null}
      {counts.overdue > 0 ? <div className="late">{t('trainings.overdueCount', { count: counts.overdue })}</div> : null}
      <div className="toolbar">
        <Select<string>
          aria-label={t('trainings.year')}
          value={filter.year}
          onChange={(year) => setFilter({ ...filter, year })}
          style={{ width: 130 }}
          options={[
            { value: '', label: t('trainings.anyYear') },
            ...[thisYear + 1, thisYear, thisYear - 1].map((year) => ({
              value: String(year),
              label: t('trainings.ofYear', { year }),
            })),
          ]}
        />
        <Select<string>
          aria-label={t('trainings.status')}
          value={filter.status}
          onChange={(status) => setFilter({ ...filter, status })}
          style={{ width: 160 }}
          options={[
            { value: '', label: t('trainings.anyStatus') },
            ...Object.keys(counts.status).map((value) => ({ value, label: t(`trainingStatus.${value}`) })),
          ]}
        />
      </div>
      <Sessions agreement={agreement} rows={items} />
      <Coverage agreement={agreement} />
      <Qualified agreement={agreement} />
      {dialog?.of === 'session' ? (
        <SessionDialog agreement={agreement} provided={dialog.provided} capacities={may.plan} close={close} />
      ) : null}
      {dialog?.of === 'plan' ? (
        <PlanDialog agreement={agreement} provided={dialog.provided} capacities={may.plan} close={close} />
      ) : null}
    </div>
  );
}

function Provides({ provided }: { provided: Provided }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { training, organiser, passMark, examDays, retraining, certificate, gate, clauses } = provided;
  const said = [
    t('trainings.organisedBy', { who: format.text(organiser.title) }),
    passMark === null
      ? ''
      : examDays === null
        ? t('trainings.examined', { mark: passMark })
        : t('trainings.examinedWithin', { mark: passMark, count: examDays }),
    retraining === null
      ? ''
      : retraining.days === null
        ? t('trainings.retrained')
        : t('trainings.retrainedWithin', { count: retraining.days }),
    certificate ? t('trainings.certified') : '',
    gate ? t('trainings.gated') : '',
  ];
  return (
    <p className="muted none-yet">
      <strong>{format.text(training.title)}</strong> {said.filter(Boolean).join('')}{' '}
      <span className="small">{clauses.join(', ')}</span>
    </p>
  );
}

function Sessions({ agreement, rows }: { agreement: Agreement; rows: TrainingSummary[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titles = (list: { title: { zh: string; en: string } }[]): string =>
    list.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  return (
    <Records
      label={t('trainings.sessions')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t('trainings.none')}
      columns={[
        {
          key: 'plannedOn',
          title: t('trainings.plannedOn'),
          heading: true,
          render: ({ id, plannedOn }) => <Link to={trainingPage(agreement.id, id)}>{format.date(plannedOn)}</Link>,
        },
        { key: 'topics', title: t('trainings.topics'), render: ({ topics }) => titles(topics) },
        { key: 'status', title: t('trainings.status'), render: (one) => <TrainingTags {...one} /> },
        {
          key: 'heldOn',
          title: t('trainings.heldOn'),
          render: ({ heldOn }) => heldOn.map((one) => format.date(one)).join(t('common.listSeparator')),
        },
        {
          key: 'attended',
          title: t('trainings.attended'),
          align: 'right',
          render: (one) => t('trainings.ofEnrolled', { attended: one.attended, enrolled: one.enrolled }),
        },
        { key: 'passed', title: t('trainings.passed'), align: 'right', render: ({ passed }) => String(passed) },
        {
          key: 'failed',
          title: t('trainings.failed'),
          align: 'right',
          render: ({ failed }) => (failed > 0 ? <span className="late">{failed}</span> : '0'),
        },
        {
          key: 'next',
          title: t('trainings.next'),
          render: ({ next, overdue }) =>
            next ? (
              <span className={overdue ? 'late' : ''}>
                {t(`trainingNext.${next.what}`, { by: format.date(next.localDate) })}
              </span>
            ) : (
              ''
            ),
        },
      ]}
    />
  );
}

function SessionDialog({
  agreement,
  provided,
  capacities,
  close,
}: {
  agreement: Agreement;
  provided: Provided;
  capacities: Capacity[];
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = useSessionFields(provided, todayIn(agreement.zone));
  return (
    <ActDialog
      agreementId={agreement.id}
      close={close}
      done={(answer) => void navigate(trainingPage(agreement.id, (answer as unknown as { id: string }).id))}
      form={{
        path: '/trainings',
        title: t('trainings.planOne'),
        capacities,
        fields,
        toFields: (values) => ({ ...values, training: provided.training.id }),
      }}
    />
  );
}
