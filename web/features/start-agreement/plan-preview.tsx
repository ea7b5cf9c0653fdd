import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Popover, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import type { DraftBody, Plan, Template } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { StepsPopover } from '../../app/steps-popover.tsx';
import { useRungText } from '../agreement/notices.tsx';

/** What would fall due when, were it signed on the date to try. Changes nothing. */
export function PlanPreview({
  template,
  body,
  trialDate,
  tryDate,
}: {
  template: Template;
  body: DraftBody;
  trialDate: string;
  tryDate: (date: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const rung = useRungText();
  const titled = useTitled();
  const asked = { ...body, signedOn: trialDate };
  const plan = useQuery({
    queryKey: ['plan', asked],
    queryFn: ({ signal }) => request<Plan>('/plan', { method: 'POST', body: asked, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const title = (id: string): string => {
    const found = template.obligations.find((one) => one.id === id);
    return found ? format.text(found.title) : id;
  };
  const termLabel = (name: string): string => {
    const found = template.terms.find((one) => one.name === name);
    return found ? format.text(found.label) : name;
  };
  return (
    <div className="stack">
      <div className="toolbar">
        <label htmlFor="trial-date">{t('plan.trialDate')}</label>
        <Input
          id="trial-date"
          type="date"
          value={trialDate}
          onChange={(event) => {
            if (event.target.value !== '') tryDate(event.target.value);
          }}
          style={{ width: 160 }}
        />
        <span className="muted small">{t('plan.trialOnly')}</span>
      </div>
      {plan.isPending ? <Skeleton active /> : null}
      <ProblemAlert error={plan.error} retry={() => void plan.refetch()} />
      {plan.data && !plan.error ? (
        <>
          <Records
            label={t('plan.title')}
            rows={plan.data.obligations}
            rowKey={({ id, occurrence }) => `${id}#${occurrence ?? ''}`}
            empty={t('obligations.none')}
            columns={[
              {
                key: 'what',
                title: t('obligations.obligation'),
                heading: true,
                render: ({ title: what, occurrence, clauses }) => (
                  <>
                    <div>{titled(what, occurrence)}</div>
                    <div className="muted small" style={{ fontWeight: 400 }}>
                      {clauses.join(', ')}
                    </div>
                  </>
                ),
              },
              {
                key: 'due',
                title: t('obligations.due'),
                render: ({ dueAt, localDate, explanation }) =>
                  dueAt && localDate ? (
                    <>
                      {format.due(dueAt, localDate)} <StepsPopover steps={explanation} />
                    </>
                  ) : (
                    <span className="muted">{explanation.map(format.text).join(t('common.then'))}</span>
                  ),
              },
              { key: 'who', title: t('obligations.responsible'), render: ({ responsible }) => role(responsible) },
              {
                key: 'reminders',
                title: t('plan.reminders'),
                render: ({ reminders }) =>
                  reminders.length === 0 ? (
                    <span className="muted">{t('common.none')}</span>
                  ) : (
                    <Popover
                      trigger="click"
                      title={t('plan.reminders')}
                      content={
                        <ul className="plain-list">
                          {reminders.map(({ at, to, rung: step }) => (
                            <li key={`${at} ${to} ${step}`}>
                              {format.instant(at, plan.data.zone)} · {rung(step)} → {role(to)}
                            </li>
                          ))}
                        </ul>
                      }
                    >
                      <Button type="link" size="small" className="inline-link">
                        {t('plan.reminderCount', { count: reminders.length })}
                      </Button>
                    </Popover>
                  ),
              },
            ]}
          />
          {plan.data.open.length > 0 ? (
            <Alert
              type="warning"
              showIcon
              title={t('plan.open')}
              description={
                <ul className="plain-list">
                  {plan.data.open.map(({ term, clauses, affects }) => (
                    <li key={term}>
                      {termLabel(term)} <span className="muted small">{clauses.join(', ')}</span>
                      {affects.length > 0
                        ? ` ${t('terms.affects', { what: affects.map(title).join(t('common.listSeparator')) })}`
                        : ''}
                    </li>
                  ))}
                </ul>
              }
            />
          ) : null}
          <p className="muted small" style={{ margin: 0 }}>
            {t('terms.calendar', {
              id: plan.data.calendar.id,
              version: plan.data.calendar.version,
              provisionalFrom: format.date(plan.data.calendar.provisionalFrom),
              zone: `${format.zone(plan.data.zone)} (${plan.data.zone})`,
            })}
          </p>
        </>
      ) : null}
    </div>
  );
}
