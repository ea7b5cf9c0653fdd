import { App, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { agreementPath } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { ActDialog, type ActForm } from '../process/act-dialog.tsx';
import { useRegisterForm } from './forms.ts';
import { Matrix } from './matrix.tsx';
import { type RiskList, type RiskRules, riskPage, useRisks } from './risk.ts';
import { LevelTag, RiskTags } from './risk-tags.tsx';

/** The register of risks of an agreement: the highest first, and where they stand on the scale. */
export function Risks({ agreement }: { agreement: Agreement }): ReactNode {
  const risks = useRisks(agreement);
  if (risks.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!risks.data) return <ProblemAlert error={risks.error} retry={() => void risks.refetch()} />;
  const { rules } = risks.data;
  return (
    <div className="stack">
      {risks.error ? <ProblemAlert error={risks.error} retry={() => void risks.refetch()} /> : null}
      {rules ? <Register agreement={agreement} list={risks.data} rules={rules} /> : null}
      <RiskRecords agreement={agreement} list={risks.data} />
    </div>
  );
}

function Register({ agreement, list, rules }: { agreement: Agreement; list: RiskList; rules: RiskRules }): ReactNode {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const form: ActForm = useRegisterForm(rules, list.seats, list.may.register);
  const report = (kind: 'pdf' | 'xlsx'): string =>
    `/api${agreementPath(agreement.id)}/risk-report.${kind}?language=${i18n.language === 'en' ? 'en' : 'zh'}`;
  return (
    <>
      <div className="heading">
        <p className="muted none-yet grow">
          {t('risks.keptBy', { who: format.text(rules.keeper.title) })}
          {rules.planLevel === null ? '' : t('risks.planRule', { level: t(`riskLevel.${rules.planLevel}`) })}{' '}
          <span className="small">{rules.clauses.join(', ')}</span>
        </p>
        <div className="actions">
          {list.may.register.length > 0 ? (
            <Button type="primary" onClick={() => setOpen(true)}>
              {t('risks.register')}
            </Button>
          ) : null}
          <Button href={report('pdf')}>{t('risks.reportPdf')}</Button>
          <Button href={report('xlsx')}>{t('risks.reportXlsx')}</Button>
        </div>
      </div>
      {list.counts.overdue > 0 ? (
        <div className="late">{t('risks.overdueCount', { count: list.counts.overdue })}</div>
      ) : null}
      {list.breaches.map(({ party, count, open: unsettled }) => (
        <div key={party.seat} className="muted">
          {t('risks.breaches', { who: format.text(party.title), count, open: unsettled })}
        </div>
      ))}
      <Matrix rules={rules} items={list.items} />
      {open ? (
        <ActDialog
          agreementId={agreement.id}
          form={form}
          close={() => setOpen(false)}
          done={(_, what) => void message.success(t('pending.applied', { what }))}
        />
      ) : null}
    </>
  );
}

function RiskRecords({ agreement, list }: { agreement: Agreement; list: RiskList }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('risks.tab')}
      rows={list.items}
      rowKey={({ id }) => id}
      empty={t('risks.none')}
      columns={[
        {
          key: 'title',
          title: t('risks.name'),
          heading: true,
          render: ({ id, title, reference }) => <Link to={riskPage(agreement.id, id)}>{title ?? reference}</Link>,
        },
        {
          key: 'level',
          title: t('risks.level'),
          render: ({ level, probability, impact }) => (
            <>
              <LevelTag level={level} /> {probability} × {impact}
            </>
          ),
        },
        { key: 'status', title: t('risks.status'), render: (one) => <RiskTags {...one} /> },
        { key: 'owner', title: t('risks.owner'), render: ({ owner }) => format.text(owner.title) },
        {
          key: 'measures',
          title: t('risks.measures'),
          render: ({ measures, responseDue }) =>
            responseDue
              ? t('risks.measuresBy', { on: format.date(responseDue.localDate) })
              : t('risks.measuresOf', { done: measures.done, all: measures.open + measures.done }),
        },
        {
          key: 'review',
          title: t('risks.nextReview'),
          render: ({ reviewDue }) => (reviewDue ? format.date(reviewDue.localDate) : ''),
        },
      ]}
    />
  );
}
