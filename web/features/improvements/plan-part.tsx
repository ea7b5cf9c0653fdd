import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { Section } from '../life/section.tsx';
import { Attachments } from '../process/attachments.tsx';
import type { Improvement, Measure, Plan } from './improvement.ts';
import { scoreText } from './score.ts';
import { useMeasureKind } from './words.ts';

/** The plan that stands, with how its measures go. */
export function PlanPart({ agreement, improvement }: { agreement: Agreement; improvement: Improvement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, cause, planDue, planDaysLate, status } = improvement;
  const titles = (list: { title: { zh: string; en: string } }[]): string =>
    list.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  if (plan === null) {
    const isAwaited = status === 'classified';
    const causeIsAwaited = cause !== null && (isAwaited || status === 'raised');
    if (!isAwaited && !causeIsAwaited) return null;
    return (
      <Section title={t('improvements.plan')}>
        {cause?.text ? (
          <dl className="facts">
            <div>
              <dt>{t('improvements.cause')}</dt>
              <dd className="said">{cause.text}</dd>
            </div>
          </dl>
        ) : causeIsAwaited && cause.foundAt === null ? (
          <p className="muted none-yet">
            {cause.due
              ? t('improvements.causeDue', { by: format.due(cause.due.dueAt, cause.due.localDate) })
              : t('improvements.causeNoDay')}
          </p>
        ) : null}
        {isAwaited ? (
          <p className="muted none-yet">
            {planDue
              ? t('improvements.planDue', { by: format.due(planDue.dueAt, planDue.localDate) })
              : t('improvements.planNoDay')}
          </p>
        ) : null}
      </Section>
    );
  }
  const facts = [
    t('improvements.version', { number: plan.version }),
    plan.by ? t('improvements.by', { who: plan.by }) : '',
    planDaysLate > 0 ? t('improvements.planLate', { count: planDaysLate }) : '',
    plan.approvedBy.length > 0 ? t('improvements.approvedBy', { who: titles(plan.approvedBy) }) : '',
    plan.waitsFor.length > 0 ? t('improvements.waitsFor', { who: titles(plan.waitsFor) }) : '',
  ];
  return (
    <Section title={t('improvements.plan')}>
      <p className="muted small none-yet">{facts.filter(Boolean).join(' · ')}</p>
      {plan.points.length > 0 && status === 'classified' ? (
        <>
          <strong className="late">{t('improvements.returned')}</strong>
          <ol className="plain-list">
            {plan.points.map((point, index) => (
              <li key={index}>{point}</li>
            ))}
          </ol>
        </>
      ) : null}
      <dl className="facts" style={{ margin: '6px 0 10px' }}>
        {plan.cause ? (
          <div>
            <dt>{t('improvements.cause')}</dt>
            <dd className="said">{plan.cause}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('improvements.goal')}</dt>
          <dd>
            <Goal goal={plan.goal} />
          </dd>
        </div>
        {plan.note ? (
          <div>
            <dt>{t('improvements.note')}</dt>
            <dd className="said">{plan.note}</dd>
          </div>
        ) : null}
      </dl>
      <Attachments agreementId={agreement.id} documents={plan.documents} />
      <Measures agreement={agreement} measures={plan.measures} />
    </Section>
  );
}

function Goal({ goal }: { goal: Plan['goal'] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return goal
    ? t('improvements.goalOf', { dimension: format.text(goal.dimension.title), value: scoreText(goal.atLeast) })
    : t('improvements.noGoal');
}

function Measures({ agreement, measures }: { agreement: Agreement; measures: Measure[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const kindName = useMeasureKind(agreement);
  return (
    <Records
      label={t('improvements.measures')}
      rows={measures}
      rowKey={({ id }) => id}
      empty=""
      columns={[
        {
          key: 'what',
          title: t('improvements.measure'),
          heading: true,
          render: ({ id, what, expected, evidence }) => (
            <>
              <div className="said">
                {what ?? t('improvements.measureNumber', { number: id.replace('measure-', '') })}
              </div>
              <div style={{ fontWeight: 400 }}>
                {expected ? <div className="muted small">{t('improvements.expects', { what: expected })}</div> : null}
                {evidence?.note ? <div className="small said">{evidence.note}</div> : null}
                {evidence ? <Attachments agreementId={agreement.id} documents={evidence.documents} /> : null}
              </div>
            </>
          ),
        },
        { key: 'kind', title: t('improvements.kind'), render: ({ kind }) => kindName(kind) },
        { key: 'owner', title: t('improvements.owner'), render: ({ owner }) => format.text(owner.title) },
        { key: 'due', title: t('improvements.dueOn'), render: ({ due }) => format.date(due.localDate) },
        {
          key: 'state',
          title: t('improvements.state'),
          render: ({ completedAt, overdue, daysLate }) =>
            completedAt === null ? (
              <Tag color={overdue ? 'red' : 'blue'}>
                {t(overdue ? 'improvements.overdue' : 'improvements.underWay')}
              </Tag>
            ) : (
              <>
                <Tag color={daysLate > 0 ? 'lime' : 'green'}>{t('improvements.done')}</Tag>
                <span className={daysLate > 0 ? 'late small' : 'muted small'}>
                  {format.instant(completedAt, agreement.zone)}
                  {daysLate > 0 ? ` · ${t('improvements.daysLate', { count: daysLate })}` : ''}
                </span>
              </>
            ),
        },
      ]}
    />
  );
}

/** Plans whose effect was not reached, kept beside the one that follows. */
export function EarlierPlans({ agreement, plans }: { agreement: Agreement; plans: Plan[] }): ReactNode {
  const { t } = useTranslation();
  if (plans.length === 0) return null;
  return (
    <Section title={t('improvements.earlier')}>
      {plans.map((plan) => (
        <article key={plan.round} className="entry">
          <strong>{t('improvements.round', { number: plan.round })}</strong>
          <div className="muted small">
            {t('improvements.goal')}
            {t('common.colon')}
            <Goal goal={plan.goal} />
          </div>
          <Measures agreement={agreement} measures={plan.measures} />
        </article>
      ))}
    </Section>
  );
}
