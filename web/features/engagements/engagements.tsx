import { Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { applicationFields, applicationOf } from './application.ts';
import { type EngagementList, type EngagementSummary, engagementPage, useEngagements } from './engagement.ts';
import { RuleText } from './rule-text.tsx';
import { EngagementTags } from './status-tag.tsx';
import { useStep } from './step.ts';

type Rule = EngagementList['rules'][number];

/** Third parties of an agreement: what the contract says, who is involved, and how one is brought in. */
export function Engagements({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [rule, setRule] = useState<Rule | null>(null);
  const engagements = useEngagements(agreement);
  if (engagements.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!engagements.data) return <ProblemAlert error={engagements.error} retry={() => void engagements.refetch()} />;
  const { items, rules, may, counts } = engagements.data;
  return (
    <div className="stack">
      {rules.map((one) => (
        <div key={one.id} className="stack" style={{ gap: 6 }}>
          <div className="heading">
            <div className="grow">
              <strong>{format.text(one.title)}</strong> <span className="muted small">{one.clauses.join(', ')}</span>
            </div>
            {(may.apply[one.id] ?? []).length > 0 ? (
              <div className="actions">
                <Button type="primary" onClick={() => setRule(one)}>
                  {t(`engagementBegin.${beginning(one)}`)}
                </Button>
              </div>
            ) : null}
          </div>
          <RuleText rule={one} parties={engagements.data.parties} />
        </div>
      ))}
      {counts.overdue > 0 ? (
        <div className="late">{t('engagements.overdueCount', { count: counts.overdue })}</div>
      ) : null}
      <EngagementRecords rows={items} />
      {rule ? (
        <ApplyDialog agreement={agreement} list={engagements.data} rule={rule} close={() => setRule(null)} />
      ) : null}
    </div>
  );
}

function beginning({ application, advanceNotice }: Rule): 'apply' | 'invite' | 'begin' {
  return application ? 'apply' : advanceNotice ? 'invite' : 'begin';
}

/** Engagements with who must act next; of several agreements, with each. */
export function EngagementRecords<T extends EngagementSummary>({
  rows,
  agreementOf,
  empty,
}: {
  rows: T[];
  agreementOf?: (row: T) => ReactNode;
  empty?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('engagements.tab')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty ?? t('engagements.none')}
      columns={[
        {
          key: 'third',
          title: t('engagements.thirdParty'),
          heading: true,
          render: ({ agreementId, id, thirdParty, reference }) => (
            <Link to={engagementPage(agreementId, id)}>{thirdParty.name ?? reference}</Link>
          ),
        },
        ...(agreementOf ? [{ key: 'agreement', title: t('engagements.agreement'), render: agreementOf }] : []),
        { key: 'status', title: t('engagements.status'), render: (one) => <EngagementTags {...one} /> },
        { key: 'purpose', title: t('engagements.purpose'), render: ({ purpose }) => purpose ?? '' },
        { key: 'next', title: t('engagements.next'), render: (one) => <FirstStep engagement={one} /> },
        {
          key: 'due',
          title: t('engagements.due'),
          render: ({ next }) => {
            const due = next.find((one) => one.due !== null)?.due;
            return due ? format.date(due.localDate) : '';
          },
        },
        {
          key: 'endsOn',
          title: t('engagements.endsOn'),
          render: ({ endedOn, endsOn }) => ((endedOn ?? endsOn) ? format.date(endedOn ?? endsOn ?? '') : ''),
        },
      ]}
    />
  );
}

function FirstStep({ engagement }: { engagement: EngagementSummary }): ReactNode {
  const { t } = useTranslation();
  const sentence = useStep(engagement);
  const [first, ...others] = engagement.next;
  if (!first) return <span className="muted">{t('common.none')}</span>;
  return (
    <>
      <span className={first.overdue ? 'late' : ''}>{sentence(first)}</span>
      {others.length > 0 ? (
        <span className="muted small"> {t('engagements.andMore', { count: others.length })}</span>
      ) : null}
    </>
  );
}

function ApplyDialog({
  agreement,
  list,
  rule,
  close,
}: {
  agreement: Agreement;
  list: EngagementList;
  rule: Rule;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const seatedThird = list.seatedThird;
  return (
    <ActDialog
      agreementId={agreement.id}
      close={close}
      done={(answer) => void navigate(engagementPage(agreement.id, (answer as unknown as { id: string }).id))}
      form={{
        path: '/engagements',
        title: t(`engagementBegin.${beginning(rule)}`),
        explained: t(`engagementBeginExplained.${beginning(rule)}`),
        capacities: list.may.apply[rule.id] ?? [],
        fields: applicationFields(rule, { t, format, again: false, seatedThird }),
        toFields: (said) => ({ rule: rule.id, ...applicationOf(said) }),
        files: rule.application?.demands.includes('documents') ? 'must' : 'may',
      }}
    />
  );
}
