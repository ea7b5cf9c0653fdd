import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Agreement } from '../../wire.ts';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { Section } from '../life/section.tsx';
import { Attachments } from '../process/attachments.tsx';
import { Happened } from '../process/happened.tsx';
import { ProcessHead, ProcessPage } from '../process/process-page.tsx';
import { Acts } from './acts.tsx';
import { EffectChart } from './effect-chart.tsx';
import { type Improvement, improvementPage, useImprovement } from './improvement.ts';
import { EarlierPlans, PlanPart } from './plan-part.tsx';
import { scoreText } from './score.ts';
import { standsAs } from './standing.ts';
import { ImprovementTags } from './status-tag.tsx';
import { useCycleName, useFindingName, useHappened } from './words.ts';

/** One finding, from where it came from to its proven effect. */
export function ImprovementPage(): ReactNode {
  const { id = '', improvement: improvementId = '' } = useParams();
  const { t } = useTranslation();
  const improvement = useImprovement(id, improvementId);
  return (
    <ProcessPage agreementId={id} tab="improvements" back={t('improvements.toBoard')} process={improvement}>
      {(agreement, improvement) => (
        <ImprovementDesk key={improvementId} agreement={agreement} improvement={improvement} />
      )}
    </ProcessPage>
  );
}

interface Props {
  agreement: Agreement;
  improvement: Improvement;
}

function ImprovementDesk({ agreement, improvement }: Props): ReactNode {
  const { t } = useTranslation();
  const commands = usePendingCommands(agreement.id);
  const title = useFindingName()(improvement);
  const happened = useHappened();
  return (
    <>
      <ProcessHead title={title} of={agreement} tags={<ImprovementTags {...improvement} />} />
      <Standing agreement={agreement} improvement={improvement} />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      <Acts agreement={agreement} improvement={improvement} done={commands.done} />
      <section className="panel stack">
        <Finding agreement={agreement} improvement={improvement} />
        <PlanPart agreement={agreement} improvement={improvement} />
        <Checks agreement={agreement} improvement={improvement} />
        <Effects agreement={agreement} improvement={improvement} />
        <Answered agreement={agreement} improvement={improvement} />
        <EarlierPlans agreement={agreement} plans={improvement.earlier} />
        <Happened
          agreement={agreement}
          events={improvement.events}
          title={t('improvements.happened')}
          sentence={happened}
        />
      </section>
    </>
  );
}

/** Where it stands, in one sentence, and what is due next. */
function Standing({ improvement }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, department, provides, next, overdue, mergedInto, plan } = improvement;
  const who = format.text((department ?? provides.planner).title);
  const approvers = (plan?.waitsFor ?? []).map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  const left = (plan?.measures ?? []).filter(({ completedAt }) => completedAt === null).length;
  return (
    <Alert
      showIcon
      type={overdue ? 'error' : status === 'closed' ? 'success' : 'info'}
      title={
        <strong>
          {t(`improvementStands.${standsAs(improvement)}`, {
            who,
            approvers,
            left,
            goal: plan?.goal
              ? t('improvements.goalOf', {
                  dimension: format.text(plan.goal.dimension.title),
                  value: scoreText(plan.goal.atLeast),
                })
              : '',
            into: mergedInto?.reference ?? '',
          })}
        </strong>
      }
      description={
        next ? (
          <span className={overdue ? 'late small' : 'small'}>
            {t('improvements.nextDue', {
              what: t(`improvementDue.${next.what}`),
              by: format.due(next.dueAt, next.localDate),
            })}
          </span>
        ) : undefined
      }
    />
  );
}

/** Where it came from, and how its priority follows. */
function Finding({ agreement, improvement }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const cycle = useCycleName(agreement);
  const { finding, source, about, dimension, category, department, score, priority, details, clauses } = improvement;
  const { frequency, severity, customerWeight, measured, raisedBy } = finding;
  const facts: [string, ReactNode][] = [
    [
      t('improvements.source'),
      [t(`findingSource.${source}`), about === null ? '' : source === 'survey' ? cycle(about) : about]
        .filter(Boolean)
        .join(' · '),
    ],
    ...(dimension ? [[t('improvements.dimension'), format.text(dimension.title)] as [string, string]] : []),
    ...(measured === null ? [] : [[t('improvements.measured'), scoreText(measured)] as [string, string]]),
    [t('improvements.raisedAt'), format.instant(improvement.raisedAt, agreement.zone)],
    ...(category === null ? [] : [[t('improvements.category'), category] as [string, string]]),
    ...(department ? [[t('improvements.department'), format.text(department.title)] as [string, string]] : []),
    [
      t('improvements.raisedBy'),
      raisedBy.length === 0
        ? t('improvements.nobody')
        : raisedBy.map(({ name, customerId }) => name ?? customerId.slice(0, 8)).join(t('common.listSeparator')),
    ],
  ];
  return (
    <Section title={t('improvements.finding')} clauses={clauses}>
      {details ? (
        <p className="said" style={{ marginBottom: 8 }}>
          {details}
        </p>
      ) : null}
      <Facts facts={facts} />
      <p className="none-yet" style={{ marginTop: 8 }}>
        {t(score === null ? 'improvements.reckonedYet' : 'improvements.reckoned', {
          frequency,
          severity: String(severity) + t('common.brackets', { inside: t(`findingSeverity.${String(severity)}`) }),
          weight: customerWeight,
          score: score ?? frequency * severity * customerWeight,
          priority: priority ? t(`findingPriority.${priority}`) : '',
        })}
      </p>
      <p className="muted small none-yet">{t('improvements.rule')}</p>
      {improvement.absorbed.length > 0 ? (
        <p className="none-yet">
          {t('improvements.absorbed')}
          {t('common.colon')}
          <References agreement={agreement} list={improvement.absorbed} />
        </p>
      ) : null}
      {improvement.mergedInto ? (
        <p className="none-yet">
          {t('improvements.mergeInto')}
          {t('common.colon')}
          <References agreement={agreement} list={[improvement.mergedInto]} />
        </p>
      ) : null}
    </Section>
  );
}

function References({ agreement, list }: { agreement: Agreement; list: Improvement['absorbed'] }): ReactNode {
  return list.map(({ id, reference }) => (
    <span key={reference} style={{ marginInlineEnd: 10 }}>
      {id === null ? reference : <Link to={improvementPage(agreement.id, id)}>{reference}</Link>}
    </span>
  ));
}

/** Looks at how the measures go. */
function Checks({ agreement, improvement }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { checks, checkDue, provides } = improvement;
  if (checks.length === 0 && provides.checks === null) return null;
  return (
    <Section title={t('improvements.checks')}>
      {provides.checks ? (
        <p className="muted small none-yet">
          {t(provides.checks.days === null ? 'improvements.checkedBy' : 'improvements.checkedEvery', {
            who: format.text(provides.checks.by.title),
            days: provides.checks.days ?? 0,
          })}
          {checkDue
            ? ` · ${t('improvements.nextDue', { what: t('improvementDue.check'), by: format.due(checkDue.dueAt, checkDue.localDate) })}`
            : ''}
        </p>
      ) : null}
      {checks.length === 0 ? <p className="muted none-yet">{t('improvements.noChecks')}</p> : null}
      {checks.map((check) => (
        <div key={check.at} className="step">
          <strong className={check.verdict === 'behind' ? 'late' : ''}>{t(`checkVerdict.${check.verdict}`)}</strong>{' '}
          <span className="muted small">
            {[format.instant(check.at, agreement.zone), check.by].filter(Boolean).join(' · ')}
          </span>
          {check.note ? <p className="said">{check.note}</p> : null}
          <Attachments agreementId={agreement.id} documents={check.documents} />
        </div>
      ))}
    </Section>
  );
}

/** What the next cycles measured, or somebody verified by evidence. */
function Effects({ agreement, improvement }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const cycle = useCycleName(agreement);
  const { effects, finding, plan, status } = improvement;
  if (effects.length === 0 && status !== 'implemented') return null;
  return (
    <Section title={t('improvements.effects')}>
      {finding.measured === null ? null : (
        <p className="muted small none-yet">
          {t('improvements.before', { value: scoreText(finding.measured) })}
          {plan?.goal ? ` · ${t('improvements.goalValue', { value: scoreText(plan.goal.atLeast) })}` : ''}
        </p>
      )}
      <EffectChart agreement={agreement} improvement={improvement} />
      {effects.length === 0 ? <p className="muted none-yet">{t('improvements.noEffects')}</p> : null}
      {effects.map((effect) => (
        <div key={effect.at} className="step">
          <strong className={effect.verdict === 'ineffective' ? 'late' : ''}>
            {t(`effectVerdict.${effect.verdict}`)}
          </strong>{' '}
          {effect.cycle ? cycle(effect.cycle) : t('improvements.byEvidence')}
          {effect.value === null
            ? ''
            : ` · ${t('improvements.measuredValue', { value: scoreText(effect.value) })}`}{' '}
          <span className="muted small">{format.instant(effect.at, agreement.zone)}</span>
          {effect.note ? <p className="said">{effect.note}</p> : null}
        </div>
      ))}
    </Section>
  );
}

/** Whether those who raised it know, and staff do. */
function Answered({ agreement, improvement }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { answer, finding, provides, publishedAt, publication } = improvement;
  if (!provides.answers && !provides.publishes && answer.answeredAt === null && publishedAt === null) return null;
  const isFinal = publishedAt !== null || answer.answeredAt !== null;
  if (!isFinal && answer.due === null && finding.raisedBy.length === 0) return null;
  return (
    <Section title={t('improvements.answers')}>
      {answer.due && answer.answeredAt === null ? (
        <p className={answer.overdue ? 'late none-yet' : 'muted none-yet'}>
          {t('improvements.nextDue', {
            what: t('improvementDue.answer'),
            by: format.due(answer.due.dueAt, answer.due.localDate),
          })}
        </p>
      ) : null}
      {finding.raisedBy.length > 0 ? (
        <ul className="plain-list">
          {finding.raisedBy.map(({ customerId, name, answered, satisfied }) => (
            <li key={customerId}>
              {name ?? customerId.slice(0, 8)}
              {t('common.colon')}
              {t(answered ? 'improvements.answered' : 'improvements.notAnswered')}
              {satisfied === null ? '' : `${t('common.then')}${t(`customerVerdict.${String(satisfied)}`)}`}
            </li>
          ))}
        </ul>
      ) : null}
      {answer.answeredAt ? (
        <>
          <p className="muted small none-yet">
            {t('improvements.answeredAt', { at: format.instant(answer.answeredAt, agreement.zone) })}
            {answer.verdictDue && finding.raisedBy.some(({ satisfied }) => satisfied === null)
              ? ` · ${t('improvements.verdictUntil', { by: format.due(answer.verdictDue.dueAt, answer.verdictDue.localDate) })}`
              : ''}
          </p>
          {answer.text ? <p className="said">{answer.text}</p> : null}
        </>
      ) : null}
      {publishedAt ? (
        <>
          <p className="muted small none-yet">
            {t('improvements.publishedAt', { at: format.instant(publishedAt, agreement.zone) })}
          </p>
          {publication ? <p className="said">{publication}</p> : null}
        </>
      ) : null}
    </Section>
  );
}
