import { Skeleton } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, INK, SHADES } from '../../app/chart.tsx';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Progress } from './insight.ts';
import { useProgress } from './insight-queries.ts';
import { percentText, rateOf } from './numbers.ts';
import { daysOf, running } from './response.ts';
import type { Survey } from './survey.ts';

/** How answers come in: by day, against the minimum that is agreed, with what was sent and what is still to be. */
export function ResponseProgress({
  agreementId,
  survey,
  zone,
}: {
  agreementId: string;
  survey: Survey;
  zone: string;
}): ReactNode {
  const progress = useProgress(agreementId, survey);
  if (progress.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (!progress.data) return <ProblemAlert error={progress.error} retry={() => void progress.refetch()} />;
  return (
    <div className="stack">
      {progress.error ? <ProblemAlert error={progress.error} retry={() => void progress.refetch()} /> : null}
      <Clock progress={progress.data} zone={zone} />
      <Curve progress={progress.data} />
      <Standing progress={progress.data} />
      {progress.data.tiers.length > 1 ? <Tiers progress={progress.data} /> : null}
    </div>
  );
}

/** What is left of the time, and which mails went out and will. */
function Clock({ progress, zone }: { progress: Progress; zone: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { daysLeft, closesOn, closedOn, waves, nextReminder } = progress;
  const reminders = waves.filter(({ wave, sent }) => wave > 0 && sent > 0);
  return (
    <ul className="plain-list">
      {closedOn !== null ? (
        <li>{t('response.closedOn', { on: format.date(closedOn) })}</li>
      ) : daysLeft !== null && closesOn !== null ? (
        <li>
          <strong>{t('response.daysLeft', { count: daysLeft })}</strong>{' '}
          <span className="muted">{t('response.closesOn', { on: format.date(closesOn) })}</span>
        </li>
      ) : null}
      {waves
        .filter(({ wave, sent }) => wave === 0 && sent > 0)
        .map(({ at, sent }) => (
          <li key={at}>{t('response.invited', { at: format.instant(at, zone), count: sent })}</li>
        ))}
      {reminders.map(({ at, sent, wave }) => (
        <li key={at}>{t('response.reminded', { wave, at: format.instant(at, zone), count: sent })}</li>
      ))}
      {nextReminder !== null ? (
        <li>{t('response.nextReminder', { at: format.instant(nextReminder, zone) })}</li>
      ) : closedOn === null && closesOn !== null ? (
        <li className="muted">{t('response.noReminder')}</li>
      ) : null}
    </ul>
  );
}

function Curve({ progress }: { progress: Progress }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { minimumSample, wantedRatePercent, drawn, waves } = progress;
  const days = useMemo(() => daysOf(progress), [progress]);
  const sums = useMemo(() => running(progress, days), [progress, days]);
  const wanted =
    wantedRatePercent === null || drawn === null || drawn === 0
      ? null
      : Math.ceil((drawn * Number(wantedRatePercent)) / 100);
  const option = useMemo(() => {
    const lines = [
      ...(minimumSample === null
        ? []
        : [
            {
              yAxis: minimumSample,
              name: t('response.minimum', { count: minimumSample }),
              lineStyle: { color: INK.red, type: 'dashed' as const },
            },
          ]),
      ...(wanted === null
        ? []
        : [
            {
              yAxis: wanted,
              name: t('response.wanted', { count: wanted }),
              lineStyle: { color: SHADES[1], type: 'dashed' as const },
            },
          ]),
      ...waves
        .filter(({ wave, sent }) => wave > 0 && sent > 0)
        .map(({ at, wave }) => ({
          xAxis: days.indexOf(at.slice(0, 10)),
          name: t('response.reminderLine', { wave }),
          lineStyle: { color: INK.soft, type: 'dotted' as const },
        })),
    ];
    const most = Math.max(minimumSample ?? 0, wanted ?? 0, sums.at(-1) ?? 0, ...sums.map((one) => one ?? 0), 1);
    return {
      grid: { left: 44, right: 20, top: 24, bottom: 32 },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'category',
        data: days.map((on) => on.slice(5)),
        axisLabel: { color: INK.text, hideOverlap: true },
      },
      yAxis: { type: 'value', minInterval: 1, max: Math.ceil(most * 1.15), axisLabel: { color: INK.text } },
      series: [
        {
          type: 'line',
          name: t('response.sum'),
          data: sums,
          step: 'end',
          symbolSize: 6,
          color: SHADES[0],
          areaStyle: { opacity: 0.12 },
          markLine: {
            symbol: 'none',
            data: lines,
            label: { formatter: '{b}', position: 'insideEndTop', color: INK.text },
          },
        },
      ],
    };
  }, [days, sums, minimumSample, wanted, waves, t]);
  if (days.length === 0) return null;
  const total = progress.days.reduce((sum, { answered }) => sum + answered, 0);
  return (
    <>
      <Chart label={t('response.chart', { count: total })} option={option} height={220} />
      <details>
        <summary>{t('response.table')}</summary>
        <Records
          label={t('response.table')}
          rows={progress.days}
          rowKey={({ on }) => on}
          empty={t('response.noAnswer')}
          columns={[
            { key: 'on', title: t('response.day'), heading: true, render: ({ on }) => format.date(on) },
            {
              key: 'answered',
              title: t('surveys.answered'),
              align: 'right',
              render: ({ answered }) => String(answered),
            },
            {
              key: 'sum',
              title: t('response.sum'),
              align: 'right',
              render: ({ on }) => String(sums[days.indexOf(on)] ?? ''),
            },
            { key: 'late', title: t('surveys.late'), align: 'right', render: ({ late }) => String(late) },
          ]}
        />
      </details>
    </>
  );
}

const STANDINGS = ['answered', 'sent', 'waiting', 'bounced', 'unreachable', 'optedOut', 'merged'] as const;

/** What became of those who were drawn, each once. */
function Standing({ progress: { standing, drawn } }: { progress: Progress }): ReactNode {
  const { t } = useTranslation();
  if (drawn === null || drawn === 0) return null;
  const shown = STANDINGS.filter((one) => standing[one] > 0);
  return (
    <div>
      <h3>{t('response.standing', { count: drawn })}</h3>
      <ul className="standing">
        {shown.map((one) => (
          <li key={one}>
            <span>{t(`responseStanding.${one}`)}</span>
            <span className="amount">{standing[one]}</span>
            <span className="figure-bar" aria-hidden>
              <span
                className={`figure-fill ${one}`}
                style={{ display: 'block', width: `${String((standing[one] / drawn) * 100)}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      <p className="muted small none-yet">{t('response.openedUnknown')}</p>
    </div>
  );
}

function Tiers({ progress: { tiers } }: { progress: Progress }): ReactNode {
  const { t } = useTranslation();
  return (
    <Records
      label={t('response.byTier')}
      rows={tiers}
      rowKey={({ tier }) => tier}
      empty={null}
      columns={[
        { key: 'tier', title: t('response.byTier'), heading: true, render: ({ tier }) => t(`surveyTier.${tier}`) },
        { key: 'drawn', title: t('surveys.drawn'), align: 'right', render: (one) => String(one.drawn) },
        { key: 'reached', title: t('surveys.reached'), align: 'right', render: (one) => String(one.reached) },
        {
          key: 'answered',
          title: t('surveys.answered'),
          align: 'right',
          render: ({ answered }) => (answered === null ? t('surveys.suppressed') : String(answered)),
        },
        {
          key: 'rate',
          title: t('surveys.responseRate'),
          align: 'right',
          render: ({ answered, drawn }) => {
            const rate = answered === null ? null : rateOf({ answered, drawn });
            return rate === null ? '' : percentText(rate);
          },
        },
      ]}
    />
  );
}
