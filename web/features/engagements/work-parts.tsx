import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { Section } from '../life/section.tsx';
import type { Engagement } from './engagement.ts';
import { Facts, Files, type PartProps, useNames } from './part.tsx';

const isNone = (buttons: ReactNode): boolean => Array.isArray(buttons) && buttons.length === 0;

/** What stands before access and work; tasks; involvement that was found without an agreement. */
export function WorkPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { undertaken, access, workStartedOn, tasks, breaches, rules, signedOn } = engagement;
  const buttons = actions('work');
  if (signedOn === null && breaches.length === 0 && isNone(buttons)) return null;
  return (
    <Section
      title={t('engagements.work')}
      clauses={[...(rules.undertaking?.clauses ?? []), ...(rules.siteRules?.clauses ?? [])]}
      actions={buttons}
    >
      <Facts
        facts={[
          ...undertaken.map(({ what }): [string, ReactNode] => [
            t(`engagementUndertaking.${what}`),
            t('engagements.undertaken'),
          ]),
          [t('engagements.access'), signedOn === null ? '' : t(`engagementAccess.${access}`)],
          [t('engagements.workStartedOn'), workStartedOn ? format.date(workStartedOn) : ''],
        ]}
      />
      <Files engagement={engagement} documents={undertaken.flatMap(({ documents }) => documents)} />
      {tasks.length > 0 ? (
        <Records
          label={t('engagements.tasks')}
          rows={tasks}
          rowKey={({ task }) => task}
          empty={null}
          columns={[
            { key: 'title', title: t('engagements.task'), heading: true, render: ({ title, task }) => title ?? task },
            { key: 'details', title: t('engagements.details'), render: ({ details }) => details ?? '' },
            { key: 'scope', title: t('engagements.scope'), render: ({ scope }) => format.text(scope.title) },
            { key: 'on', title: t('engagements.on'), render: ({ on }) => format.date(on) },
          ]}
        />
      ) : null}
      {breaches.map(({ foundOn, by, details, documents }, index) => (
        <div key={index}>
          <p className="late">
            {t('engagements.breachFound', { on: format.date(foundOn), who: format.text(by.title) })}
          </p>
          {details ? <p className="said">{details}</p> : null}
          <Files engagement={engagement} documents={documents} />
        </div>
      ))}
    </Section>
  );
}

const COLOUR = { pending: 'blue', overdue: 'red', 'handed-in': 'gold', rejected: 'red', accepted: 'green' };

/** What is handed in, and who has accepted it. */
export function MilestonesPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { milestones, rules } = engagement;
  if (!rules.acceptance || milestones.length === 0) return null;
  return (
    <Section title={t('engagements.milestones')} clauses={rules.acceptance.clauses} actions={actions('milestones')}>
      <Records
        label={t('engagements.milestones')}
        rows={milestones}
        rowKey={({ milestone }) => milestone}
        empty={null}
        columns={[
          {
            key: 'what',
            title: t('engagements.milestone'),
            heading: true,
            render: (one) => (
              <>
                {one.what ?? one.milestone}
                {one.standard ? (
                  <div className="muted small">{t('engagements.byStandard', { standard: one.standard })}</div>
                ) : null}
              </>
            ),
          },
          {
            key: 'status',
            title: t('engagements.status'),
            render: ({ status, daysLate, attributable }) => (
              <>
                <Tag color={COLOUR[status]}>{t(`milestoneStatus.${status}`)}</Tag>
                {daysLate > 0 ? (
                  <span className="late small">{t('engagements.daysLate', { count: daysLate })}</span>
                ) : null}
                {attributable ? null : <div className="muted small">{t('engagements.notAttributable')}</div>}
              </>
            ),
          },
          { key: 'due', title: t('engagements.due'), render: ({ dueOn }) => (dueOn ? format.date(dueOn) : '') },
          {
            key: 'handedIn',
            title: t('engagements.handedIn'),
            render: (one) => <HandedIn engagement={engagement} {...one} />,
          },
          { key: 'acceptance', title: t('engagements.acceptance'), render: (one) => <Acceptance {...one} /> },
        ]}
      />
    </Section>
  );
}

type OneMilestone = Engagement['milestones'][number];

function HandedIn({ engagement, handedInAt, note, documents }: OneMilestone & { engagement: Engagement }): ReactNode {
  const format = useFormat();
  if (!handedInAt) return null;
  return (
    <>
      {format.instant(handedInAt, engagement.agreement.zone)}
      {note ? <p className="said">{note}</p> : null}
      <Files engagement={engagement} documents={documents} />
    </>
  );
}

function Acceptance({
  acceptedBy,
  waitsFor,
  acceptBy,
  acceptedOn,
  points,
  effect,
  effectDue,
}: OneMilestone): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const lines = [
    acceptedOn ? t('engagements.acceptedOn', { on: format.date(acceptedOn) }) : '',
    acceptedBy.length > 0 && !acceptedOn ? t('engagements.acceptedAlready', { who: names(acceptedBy) }) : '',
    waitsFor.length > 0 ? t('engagements.waitsFor', { who: names(waitsFor) }) : '',
    waitsFor.length > 0 && acceptBy ? t('engagements.dueBy', { by: format.date(acceptBy.localDate) }) : '',
    ...effect.map(({ by, verdict }) => `${format.text(by.title)}: ${t(`engagementEffect.${verdict}`)}`),
    effectDue && effect.length === 0 ? t('engagements.effectBy', { by: format.date(effectDue.localDate) }) : '',
  ];
  return (
    <>
      {lines.filter(Boolean).map((line) => (
        <div key={line}>{line}</div>
      ))}
      {points.length > 0 ? (
        <ol className="plain-list">
          {points.map((point, index) => (
            <li key={index}>{point}</li>
          ))}
        </ol>
      ) : null}
    </>
  );
}

type Entry = Engagement['reports'][number]['entries'][number];

function Entries({ entries, engagement }: { entries: Entry[]; engagement: Engagement }): ReactNode {
  const format = useFormat();
  return entries.map(({ by, at, details, documents }, index) => (
    <div key={index}>
      <div className="muted small">
        {format.text(by.title)} · {format.instant(at, engagement.agreement.zone)}
      </div>
      {details ? <p className="said">{details}</p> : null}
      <Files engagement={engagement} documents={documents} />
    </div>
  ));
}

/** Supervision: each of those who supervise makes its own entry. */
export function SupervisionPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const names = useNames();
  const { reports, rules } = engagement;
  const buttons = actions('supervision');
  if (!rules.supervision || (reports.length === 0 && isNone(buttons))) return null;
  return (
    <Section title={t('engagements.supervision')} clauses={rules.supervision.clauses} actions={buttons}>
      {reports.length === 0 ? <p className="muted none-yet">{t('engagements.noReports')}</p> : null}
      {reports.map(({ report, title, complete, waitsFor, entries }) => (
        <div key={report} className="stack" style={{ gap: 6 }}>
          <h3>
            {title ?? report}{' '}
            {complete ? (
              <Tag color="green">{t('engagements.complete')}</Tag>
            ) : (
              <Tag color="gold">{t('engagements.entryOf', { who: names(waitsFor) })}</Tag>
            )}
          </h3>
          <Entries entries={entries} engagement={engagement} />
        </div>
      ))}
    </Section>
  );
}

/** What the third party asked for, and what it was answered. */
export function SupportPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { support, rules } = engagement;
  const buttons = actions('support');
  if (!rules.support || (support.length === 0 && isNone(buttons))) return null;
  return (
    <Section title={t('engagements.support')} clauses={rules.support.clauses} actions={buttons}>
      {support.length === 0 ? <p className="muted none-yet">{t('engagements.noSupport')}</p> : null}
      {support.map(({ request, title, details, of, waitsFor, askedOn, due, overdue, answeredOn, answers }) => (
        <div key={request} className="stack" style={{ gap: 6 }}>
          <h3>
            {title ?? request}{' '}
            {answeredOn ? (
              <Tag color="green">{t('engagements.answered')}</Tag>
            ) : (
              <Tag color={overdue ? 'red' : 'gold'}>{t('engagements.answerOf', { who: names(waitsFor) })}</Tag>
            )}
          </h3>
          <div className="muted small">
            {[
              t('engagements.askedOnOf', { on: format.date(askedOn), who: names(of) }),
              due ? t('engagements.dueBy', { by: format.date(due.localDate) }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {details ? <p className="said">{details}</p> : null}
          {overdue ? <p className="late">{t('engagements.supportOverdue')}</p> : null}
          <Entries entries={answers} engagement={engagement} />
        </div>
      ))}
    </Section>
  );
}
