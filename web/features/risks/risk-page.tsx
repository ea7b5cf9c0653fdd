import { Alert } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { Section } from '../life/section.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { Attachments } from '../process/attachments.tsx';
import { Happened } from '../process/happened.tsx';
import { ActButtons, ProcessHead, ProcessPage } from '../process/process-page.tsx';
import { useRiskForms } from './forms.ts';
import { RISK_ACTS, type Risk, type RiskAct, type Seat, useRisk } from './risk.ts';
import { LevelTag, RiskTags } from './risk-tags.tsx';

/** One risk: how it is rated, what is done about it, what it warned of, and what happened when it came true. */
export function RiskPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', risk: riskId = '' } = useParams();
  const risk = useRisk(id, riskId);
  return (
    <ProcessPage agreementId={id} tab="risks" back={t('risks.toList')} process={risk}>
      {(agreement, risk) => <RiskDesk key={riskId} agreement={agreement} risk={risk} />}
    </ProcessPage>
  );
}

interface Props {
  agreement: Agreement;
  risk: Risk;
}

function RiskDesk({ agreement, risk }: Props): ReactNode {
  const { t } = useTranslation();
  const commands = usePendingCommands(agreement.id);
  const [act, setAct] = useState<RiskAct | null>(null);
  const forms = useRiskForms(risk);
  const happened = useHappened();
  const title = risk.title ?? risk.reference;
  const form = act === null ? undefined : forms[act];
  return (
    <>
      <ProcessHead
        title={title}
        of={agreement}
        tags={
          <>
            <LevelTag level={risk.level} />
            <RiskTags {...risk} />
          </>
        }
      />
      <Standing agreement={agreement} risk={risk} />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      <ActButtons
        acts={RISK_ACTS.filter((one) => forms[one] !== undefined)}
        label={(one) => t(`riskAct.${one}`)}
        isGrave={(one) => one === 'occur'}
        open={setAct}
      />
      <section className="panel stack">
        <About risk={risk} />
        <Measures agreement={agreement} risk={risk} />
        <Emergency agreement={agreement} risk={risk} />
        <Ratings agreement={agreement} risk={risk} />
        <Happened agreement={agreement} events={risk.events} title={t('risks.happened')} sentence={happened} />
      </section>
      {form ? (
        <ActDialog key={act} agreementId={agreement.id} form={form} close={() => setAct(null)} done={commands.done} />
      ) : null}
    </>
  );
}

/** What is urgent: it came true, it warns, or something is late. */
function Standing({ agreement, risk }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { warning, occurrence, status } = risk;
  return (
    <>
      {status === 'occurred' && occurrence ? (
        <Alert
          showIcon
          type="error"
          title={t('risks.occurredAt', {
            at: format.instant(occurrence.occurredAt, agreement.zone),
            done: occurrence.steps.filter(({ doneAt }) => doneAt !== null).length,
            all: occurrence.steps.length,
          })}
        />
      ) : null}
      {warning ? (
        <Alert
          showIcon
          type="error"
          title={t(warning.overdue ? 'risks.warningLate' : 'risks.warningOpen', {
            what: t(`riskIndicator.${warning.indicator}`),
            value: warning.value,
            at: format.instant(warning.raisedAt, agreement.zone),
            who: names(warning.waiting),
          })}
        />
      ) : null}
      {risk.overdue && !warning?.overdue ? <Alert showIcon type="warning" title={t('risks.somethingLate')} /> : null}
    </>
  );
}

function About({ risk }: { risk: Risk }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { threshold, reviewDue, responseDue, measureReviewDue } = risk;
  const by = (label: string, due: Risk['reviewDue']): [string, string][] =>
    due ? [[label, format.due(due.dueAt, due.localDate)]] : [];
  const facts: [string, string][] = [
    [t('risks.rating'), `${risk.probability} × ${risk.impact}`],
    [t('risks.owner'), format.text(risk.owner.title)],
    ...(risk.departments.length > 0 ? [[t('risks.departments'), names(risk.departments)] as [string, string]] : []),
    ...(threshold
      ? [
          [
            t('risks.indicator'),
            t('risks.thresholdOf', {
              what: t(`riskIndicator.${threshold.indicator}`),
              how: t(`riskOperator.${threshold.operator}`),
              value: threshold.value,
            }),
          ] as [string, string],
        ]
      : []),
    ...by(t('risks.measuresDue'), responseDue),
    ...by(t('risks.nextReview'), reviewDue),
    ...by(t('risks.nextMeasureReview'), measureReviewDue),
    [t('risks.warnings'), String(risk.warnings)],
  ];
  return (
    <Section title={t('risks.risk')} clauses={risk.rules?.clauses ?? []}>
      {risk.details ? <p className="said">{risk.details}</p> : null}
      <Facts facts={facts} />
    </Section>
  );
}

function Measures({ agreement, risk }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (risk.plans.length === 0) return null;
  return (
    <Section title={t('risks.measures')}>
      <ul className="plain-list">
        {risk.plans.map((plan) => (
          <li key={plan.measure}>
            <strong className="break">{plan.what ?? plan.measure}</strong>
            <div className="muted small">
              {[
                t(`riskMeasure.${plan.status}`),
                ...(plan.version > 1 ? [t('risks.version', { version: plan.version })] : []),
                ...(plan.lowers ? [t(`riskLowers.${plan.lowers}`)] : []),
                ...(plan.residual
                  ? [
                      t('risks.remains', {
                        level: t(`riskLevel.${plan.residual.level}`),
                        rating: `${plan.residual.probability} × ${plan.residual.impact}`,
                      }),
                    ]
                  : []),
                format.text(plan.owner.title),
                ...(plan.due ? [t('risks.by', { on: format.date(plan.due.localDate) })] : []),
                ...(plan.effective ? [t('risks.effective')] : []),
              ].join(' · ')}
            </div>
            <Attachments agreementId={agreement.id} documents={plan.documents} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The checklist, and, once it ran, its log. */
function Emergency({ agreement, risk }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { emergency, occurrence } = risk;
  const steps = occurrence?.steps ?? emergency?.steps.map((step) => ({ ...step, doneAt: null, by: null })) ?? [];
  if (steps.length === 0) return null;
  return (
    <Section title={t(occurrence ? 'risks.log' : 'risks.emergency')}>
      <ol>
        {steps.map(({ step, what, seat, doneAt, by }) => (
          <li key={step}>
            <span className="break">{what ?? step}</span>{' '}
            <span className="muted small">
              {[
                format.text(seat.title),
                ...(doneAt ? [t('risks.doneAt', { at: format.instant(doneAt, agreement.zone) })] : []),
                ...(by ? [by] : []),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ol>
      {emergency && emergency.listed.length > 0 ? (
        <div className="muted small">{t('risks.alsoTold', { who: names(emergency.listed) })}</div>
      ) : null}
    </Section>
  );
}

function Ratings({ agreement, risk }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (risk.ratings.length < 2) return null;
  return (
    <Section title={t('risks.ratings')}>
      <ul className="plain-list">
        {risk.ratings.map(({ version, level, probability, impact, at, by, reason }) => (
          <li key={version}>
            {t('risks.version', { version })} <LevelTag level={level} /> {probability} × {impact}{' '}
            <span className="muted small">
              {[format.instant(at, agreement.zone), ...(by ? [by] : []), ...(reason ? [reason] : [])].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function useNames(): (seats: readonly Seat[]) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (seats) => seats.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
}

/** What happened to a risk, as a sentence. */
function useHappened(): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ type, data }) => {
    const { level, probability, impact, value, due } = data as {
      level?: string;
      probability?: number;
      impact?: number;
      value?: string;
      due?: { localDate?: string } | null;
    };
    return t(`riskEvent.${type}`, {
      level: level === undefined ? '' : t(`riskLevel.${level}`),
      rating: probability === undefined ? '' : `${probability} × ${impact ?? 0}`,
      value: value ?? '',
      on: due?.localDate ? format.date(due.localDate) : '',
    });
  };
}
