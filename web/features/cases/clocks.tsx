import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import type { Case, CaseClock } from './case.ts';
import { Countdown } from './case-tags.tsx';

const COLOUR: Record<CaseClock['state'], string> = {
  running: 'blue',
  paused: 'default',
  met: 'green',
  breached: 'red',
  ended: 'default',
};

/** Every clock of every round: when it is due, how much is left, or how it ended. */
export function Clocks({ agreement, one }: { agreement: Agreement; one: Case }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const many = one.rounds.length > 1;
  return (
    <Records
      label={t('cases.clocks')}
      rows={one.clocks}
      rowKey={({ clock, cycle, startedAt }) => `${clock} ${String(cycle)} ${startedAt}`}
      empty={t('cases.noClocks')}
      columns={[
        {
          key: 'clock',
          title: t('cases.clock'),
          heading: true,
          render: ({ clock, cycle, clauses }) => (
            <>
              {t(`caseClock.${clock}`)}{' '}
              {many ? <span className="small">{t('cases.round', { count: cycle })}</span> : null}{' '}
              <span className="muted small" style={{ fontWeight: 400 }}>
                {clauses.join(', ')}
              </span>
            </>
          ),
        },
        {
          key: 'state',
          title: t('cases.state'),
          render: ({ state }) => <Tag color={COLOUR[state]}>{t(`clockState.${state}`)}</Tag>,
        },
        {
          key: 'due',
          title: t('cases.due'),
          render: ({ dueAt, state, stoppedAt, breachedAt }) =>
            dueAt ? (
              <Countdown dueAt={dueAt} zone={agreement.zone} asOf={one.asOf} />
            ) : state === 'paused' ? (
              t('cases.standsStill')
            ) : breachedAt ? (
              <>
                <span className="late">{t('cases.ranOut', { at: format.instant(breachedAt, agreement.zone) })}</span>
                {stoppedAt ? (
                  <div className="muted small">
                    {t('cases.stopped', { at: format.instant(stoppedAt, agreement.zone) })}
                  </div>
                ) : null}
              </>
            ) : stoppedAt ? (
              t('cases.stopped', { at: format.instant(stoppedAt, agreement.zone) })
            ) : (
              ''
            ),
        },
        {
          key: 'length',
          title: t('cases.length'),
          render: ({ count, unit, pausedMinutes }) => (
            <>
              {t(`caseUnit.${unit}`, { count })}
              {pausedMinutes > 0 ? (
                <div className="muted small">
                  {t('cases.pausedFor', { hours: Math.floor(pausedMinutes / 60), minutes: pausedMinutes % 60 })}
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'who',
          title: t('cases.who'),
          render: ({ who }) => (who ? format.text(who.title) : t('cases.theCustomer')),
        },
      ]}
    />
  );
}
