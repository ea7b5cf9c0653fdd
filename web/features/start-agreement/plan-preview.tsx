import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Popover, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import type { DraftBody, Plan, Template } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { occurrenceText, useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { StepsPopover } from '../../app/steps-popover.tsx';
import { useRungText } from '../agreement/notices.tsx';
import { PlanMoney } from './plan-money.tsx';
import { PlanTimeline } from './plan-timeline.tsx';

type Line = Plan['obligations'][number];

/** The lines by obligation, in the order of what comes first; of a recurring one the first, unless it is unfolded. */
function rowsOf(
  { obligations }: Plan,
  unfolded: readonly string[],
): (Line & { isMore: boolean; occurrences: number })[] {
  return [...new Set(obligations.map(({ id }) => id))].flatMap((id) => {
    const lines = obligations.filter((line) => line.id === id);
    return (unfolded.includes(id) ? lines : lines.slice(0, 1)).map((line, index) => ({
      ...line,
      isMore: index > 0,
      occurrences: index === 0 ? lines.length : 0,
    }));
  });
}

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
  const [unfolded, setUnfolded] = useState<string[]>([]);
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
  const waitsFor = (after: string | undefined): string => {
    if (after === undefined || after === 'signing' || after === 'effect') return t('obligations.dueAfterSigning');
    const found = template.obligations.find((one) => one.id === after);
    const event = t(`eventName.${after}`, { defaultValue: after });
    return t('waitsFor.after', { point: found ? t('plan.duty', { what: format.text(found.title) }) : event });
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
          {plan.data.open.length > 0 ? (
            <Alert
              type="warning"
              showIcon
              title={t('wizard.switchedOff', { count: plan.data.open.length })}
              description={
                <details open={plan.data.open.length <= 6}>
                  <summary>{t('wizard.whichOff')}</summary>
                  <ul className="plain-list open-terms">
                    {plan.data.open.map(({ term, clauses, affects }) => (
                      <li key={term}>
                        {termLabel(term)} <ClauseLinks clauses={clauses} />
                        {affects.length > 0
                          ? ` ${t('terms.affects', { what: affects.map(title).join(t('common.listSeparator')) })}`
                          : ''}
                      </li>
                    ))}
                  </ul>
                </details>
              }
            />
          ) : null}
          <h2 className="none-yet">{t('wizard.asTimeline')}</h2>
          <PlanTimeline plan={plan.data} from={trialDate} />
          <h2 className="none-yet">{t('wizard.asList')}</h2>
          <Records
            label={t('plan.title')}
            rows={rowsOf(plan.data, unfolded)}
            rowKey={({ id, occurrence }) => `${id}#${occurrence ?? ''}`}
            empty={t('obligations.none')}
            columns={[
              {
                key: 'what',
                title: t('obligations.obligation'),
                heading: true,
                render: ({ id, title: what, occurrence, clauses, isMore, occurrences }) =>
                  isMore && occurrence ? (
                    <div className="occurrence">
                      {occurrenceText(occurrence, (key, values) => t(key, values ?? {}), format.language)}
                    </div>
                  ) : (
                    <>
                      <div>{titled(what, occurrence)}</div>
                      <div className="muted small" style={{ fontWeight: 400 }}>
                        <ClauseLinks clauses={clauses} />{' '}
                        {occurrences > 1 ? (
                          <Button
                            type="link"
                            size="small"
                            className="inline-link"
                            aria-expanded={unfolded.includes(id)}
                            onClick={() =>
                              setUnfolded(
                                unfolded.includes(id) ? unfolded.filter((one) => one !== id) : [...unfolded, id],
                              )
                            }
                          >
                            {unfolded.includes(id)
                              ? t('obligations.fold')
                              : t('obligations.unfold', { count: occurrences })}
                          </Button>
                        ) : null}
                      </div>
                    </>
                  ),
              },
              {
                key: 'due',
                title: t('obligations.due'),
                render: ({ dueAt, localDate, explanation, after }) =>
                  dueAt && localDate ? (
                    <>
                      {format.due(dueAt, localDate)} <StepsPopover steps={explanation} />
                    </>
                  ) : (
                    <>
                      <span className="muted">{waitsFor(after)}</span> <StepsPopover steps={explanation} />
                    </>
                  ),
              },
              { key: 'who', title: t('obligations.responsible'), render: ({ responsible }) => role(responsible) },
              {
                key: 'money',
                title: t('wizard.money'),
                render: ({ id, isMore }) =>
                  isMore ? null : <PlanMoney of={plan.data.money.find(({ obligation }) => obligation === id)} />,
              },
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
