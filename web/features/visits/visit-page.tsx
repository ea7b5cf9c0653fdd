import { Alert } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { TierTag } from '../customers/tier-tag.tsx';
import { improvementPage } from '../improvements/improvement.ts';
import { useSeverities } from '../improvements/words.ts';
import { Section } from '../life/section.tsx';
import { ActDialog, type ActForm } from '../process/act-dialog.tsx';
import { Attachments } from '../process/attachments.tsx';
import { Happened } from '../process/happened.tsx';
import { ActButtons, ProcessHead, ProcessPage } from '../process/process-page.tsx';
import { VISIT_ACTS, type Visit, type VisitAct, useVisit } from './visit.ts';
import { VisitTags } from './visit-status.tsx';

/** One visit or call-back: planned, held, reported, and what follows from it. */
export function VisitPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', visit: visitId = '' } = useParams();
  const visit = useVisit(id, visitId);
  return (
    <ProcessPage agreementId={id} tab="visits" back={t('visits.toList')} process={visit}>
      {(agreement, visit) => <VisitDesk key={visitId} agreement={agreement} visit={visit} />}
    </ProcessPage>
  );
}

interface Props {
  agreement: Agreement;
  visit: Visit;
}

function VisitDesk({ agreement, visit }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const commands = usePendingCommands(agreement.id);
  const [act, setAct] = useState<VisitAct | null>(null);
  const forms = useForms(agreement, visit);
  const happened = useHappened();
  const title = t('visits.titleOf', {
    kind: t(`visitKind.${visit.kind}`),
    who: visit.customer.name ?? visit.reference,
  });
  const possible = VISIT_ACTS.filter((one) => visit.can.includes(one) && forms[one] !== undefined);
  const form = act === null ? undefined : forms[act];
  const { report } = visit;
  const stands = visit.status === 'held' ? (visit.reportDue ? 'heldBy' : 'held') : visit.status;
  const facts: [string, ReactNode][] = [
    [
      t('visits.customer'),
      visit.customer.name === null ? (
        visit.reference
      ) : (
        <Link to={`/customers/${visit.customer.customerId}`}>{visit.customer.name}</Link>
      ),
    ],
    [t('visits.plannedOn'), format.date(visit.plannedOn)],
    ...(visit.heldOn ? [[t('visits.heldOn'), format.date(visit.heldOn)] as [string, string]] : []),
    [t('visits.leader'), format.text(visit.leader.title)],
    ...(visit.departments.length > 0
      ? [
          [
            t('visits.departments'),
            visit.departments.map((one) => format.text(one.title)).join(t('common.listSeparator')),
          ] as [string, string],
        ]
      : []),
    ...(visit.planYear === null
      ? []
      : [[t('visits.inPlan'), t('visits.ofYear', { year: visit.planYear })] as [string, string]]),
    ...(visit.obligation ? [[t('visits.countsFor'), format.text(visit.obligation.title)] as [string, string]] : []),
    ...(visit.heldOn
      ? [[t('visits.counts'), t(visit.comprehensive ? 'visits.asSurvey' : 'visits.notAsSurvey')] as [string, string]]
      : []),
    ...(visit.note ? [[t('visits.note'), visit.note] as [string, string]] : []),
    ...(visit.reason ? [[t('visits.reason'), visit.reason] as [string, string]] : []),
  ];
  return (
    <>
      <ProcessHead
        title={title}
        of={agreement}
        tags={
          <>
            <TierTag tier={visit.customer.tier} />
            <VisitTags {...visit} />
          </>
        }
      />
      <Alert
        showIcon
        type={visit.overdue ? 'error' : visit.status === 'reported' ? 'success' : 'info'}
        title={
          <strong>
            {t(`visitStands.${stands}`, {
              who: format.text(visit.leader.title),
              on: format.date(visit.plannedOn),
              by: visit.reportDue ? format.due(visit.reportDue.dueAt, visit.reportDue.localDate) : '',
            })}
          </strong>
        }
      />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      <ActButtons
        acts={possible}
        label={(one) => t(`visitAct.${one}`)}
        isGrave={(one) => one === 'cancel'}
        open={setAct}
      />
      <section className="panel stack">
        <Section title={t(`visitKind.${visit.kind}`)} clauses={visit.clauses}>
          <Facts facts={facts} />
        </Section>
        {report ? (
          <Section title={t('visits.report')}>
            <div className="muted small">
              {[
                format.instant(report.reportedAt, agreement.zone),
                report.by,
                report.daysLate > 0 ? t('visits.daysLate', { count: report.daysLate }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
            {report.outcome ? <p className="said">{report.outcome}</p> : null}
            <Attachments agreementId={agreement.id} documents={report.documents} />
          </Section>
        ) : null}
        {visit.improvements.length > 0 ? (
          <Section title={t('visits.findings')}>
            <ul className="plain-list">
              {visit.improvements.map(({ id, reference, title: what }) => (
                <li key={reference}>
                  {id === null ? (
                    (what ?? reference)
                  ) : (
                    <Link to={improvementPage(agreement.id, id)}>{what ?? reference}</Link>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <Happened agreement={agreement} events={visit.events} title={t('visits.happened')} sentence={happened} />
      </section>
      {form ? (
        <ActDialog key={act} agreementId={agreement.id} form={form} close={() => setAct(null)} done={commands.done} />
      ) : null}
    </>
  );
}

/** What each act asks for. */
function useForms(agreement: Agreement, visit: Visit): Partial<Record<VisitAct, ActForm>> {
  const { t } = useTranslation();
  const format = useFormat();
  const severities = useSeverities();
  const today = todayIn(agreement.zone);
  const isVisit = visit.kind === 'visit';
  const reason = { name: 'reason', label: t('visits.reason'), type: 'area' as const, required: true };
  const form = (act: VisitAct, specifics: Omit<ActForm, 'path' | 'title' | 'capacities'>): ActForm => ({
    path: `/visits/${encodeURIComponent(visit.id)}/${act}`,
    title: t(`visitAct.${act}`),
    capacities: visit.as[act] ?? [],
    ...specifics,
  });
  return {
    hold: form('hold', {
      fields: [
        { name: 'heldOn', label: t('visits.heldOn'), type: 'date', required: true, initial: today },
        {
          name: 'comprehensive',
          label: t('visits.comprehensive'),
          type: 'flag',
          initial: isVisit,
          help: t('visits.comprehensiveHelp'),
        },
      ],
    }),
    report: form('report', {
      explained: t(isVisit ? 'visits.reportExplained' : 'visits.outcomeExplained'),
      fields: [{ name: 'outcome', label: t('visits.outcome'), type: 'area', required: !isVisit, max: 20_000 }],
      files: isVisit ? 'must' : 'may',
    }),
    reschedule: form('reschedule', {
      fields: [
        { name: 'plannedOn', label: t('visits.plannedOn'), type: 'date', required: true, initial: visit.plannedOn },
        reason,
      ],
    }),
    cancel: form('cancel', { fields: [reason], danger: true }),
    ...(visit.mayRaise
      ? {
          'follow-up': form('follow-up', {
            explained: t('visits.followUpExplained'),
            fields: [
              { name: 'title', label: t('visits.findingTitle'), type: 'text', required: true },
              { name: 'details', label: t('visits.findingDetails'), type: 'area', max: 20_000 },
              ...(visit.dimensions.length === 0
                ? []
                : [
                    {
                      name: 'dimension',
                      label: t('visits.dimension'),
                      type: 'select' as const,
                      options: visit.dimensions.map((one) => ({ value: one.id, label: format.text(one.title) })),
                    },
                  ]),
              {
                name: 'severity',
                label: t('visits.severity'),
                type: 'select',
                required: true,
                initial: '3',
                options: severities.map(({ value, label }) => ({ value: String(value), label })),
              },
            ],
            toFields: ({ severity, ...said }) => ({ ...said, severity: Number(severity) }),
          }),
        }
      : {}),
  };
}

/** What happened to a visit, as a sentence. */
function useHappened(): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ type, data }) => {
    const { plannedOn, heldOn } = data;
    const due = (data.reportDue ?? data.due) as { localDate?: string } | undefined;
    const day = [plannedOn, heldOn].find((one) => typeof one === 'string');
    return t(`visitEvent.${type}`, {
      on: typeof day === 'string' ? format.date(day) : '',
      by: due?.localDate ? format.date(due.localDate) : '',
    });
  };
}
