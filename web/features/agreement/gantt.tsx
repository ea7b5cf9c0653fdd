import { Button, Segmented, Skeleton } from 'antd';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { moneyText } from '../../app/moment.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement, Schedule, Span } from '../../wire.ts';
import { useSchedule } from './agreement-queries.ts';
import { type Window, ZOOMS, type Zoom, dateOf, dayOf, ticksOf, windowAround } from './gantt-scale.ts';
import { sectionPath } from './sections.ts';
import { useWho } from './who.ts';

/** As wide as there is room, not below this: then it is scrolled. */
const LEAST_WIDTH = 640;
const ROW = 26;
const BAR = 12;
const HEAD = 36;

/** A line of the chart: a duty with all its occurrences, or one of them. */
interface Row {
  key: string;
  duty: string;
  label: string;
  spans: Span[];
  isOccurrence: boolean;
}

const keyOf = ({ id, occurrence }: Pick<Span, 'id' | 'occurrence'>): string => `${id}#${occurrence ?? ''}`;

/** All obligations in time: bars from their opening to their last day, what was late, what stood still, what is to come. */
export function Gantt({ agreement }: { agreement: Agreement }): ReactNode {
  const schedule = useSchedule(agreement.id);
  if (schedule.isPending) return <Skeleton active />;
  if (schedule.error) return <ProblemAlert error={schedule.error} retry={() => void schedule.refetch()} />;
  return <GanttChart agreement={agreement} schedule={schedule.data} />;
}

function GanttChart({ agreement, schedule }: { agreement: Agreement; schedule: Schedule }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const { address, narrow } = useAddressFilters({ replace: true });
  const [open, setOpen] = useState<string[]>([]);
  const [picked, setPicked] = useState<string | null>(null);
  const today = dayOf(schedule.asOf);
  const all = useMemo(() => extentOf(schedule), [schedule]);
  const zoom = ZOOMS.find((one) => one === address.get('zoom')) ?? (all.to - all.from > 500 ? 'year' : 'all');
  const at = address.get('at');
  const centre =
    at !== null && /^\d{4}-\d{2}-\d{2}$/.test(at) ? dayOf(at) : Math.min(Math.max(today, all.from), all.to);
  const window = windowAround(zoom, centre, all);
  const titleOf = (span: Pick<Span, 'id' | 'occurrence'>): string => {
    const duty = agreement.duties.find(({ id }) => id === span.id);
    return titled(duty?.title ?? { zh: span.id, en: span.id }, span.occurrence);
  };
  const rows = rowsOf(agreement, schedule, open, titleOf);
  const shown = schedule.spans.filter((span) => isWithin(span, window, today));
  const selected = schedule.spans.find((span) => keyOf(span) === picked);
  const step = (by: number): void => {
    const next = windowAround(zoom, by > 0 ? window.to + 1 : window.from - 1, all);
    narrow('at', dateOf(next.from));
  };
  return (
    <div className="stack">
      <div className="toolbar">
        <Segmented<Zoom>
          aria-label={t('gantt.zoom')}
          value={zoom}
          onChange={(chosen) => narrow('zoom', chosen)}
          options={ZOOMS.map((value) => ({ value, label: t(`ganttZoom.${value}`) }))}
        />
        {zoom === 'all' ? null : (
          <div className="actions">
            <Button onClick={() => step(-1)} disabled={window.from <= all.from} aria-label={t('gantt.earlier')}>
              ←
            </Button>
            <span className="gantt-window">
              {t('gantt.window', { from: format.date(dateOf(window.from)), until: format.date(dateOf(window.to - 1)) })}
            </span>
            <Button onClick={() => step(1)} disabled={window.to >= all.to} aria-label={t('gantt.later')}>
              →
            </Button>
            <Button onClick={() => narrow('at')}>{t('gantt.toToday')}</Button>
          </div>
        )}
      </div>
      <Legend />
      <Chart
        rows={rows}
        window={window}
        schedule={schedule}
        picked={picked}
        pick={setPicked}
        open={open}
        toggle={(duty) => setOpen(open.includes(duty) ? open.filter((one) => one !== duty) : [...open, duty])}
        describe={(span) => spanWords(span)}
      />
      {selected ? <Details agreement={agreement} span={selected} title={titleOf(selected)} /> : null}
      <details className="why">
        <summary>{t('gantt.asTable')}</summary>
        <SpanTable agreement={agreement} spans={shown} titleOf={titleOf} />
      </details>
    </div>
  );

  /** A bar in words. */
  function spanWords(span: Span): string {
    return [
      titleOf(span),
      t(`spanStatus.${span.status}`),
      span.from && span.dueOn ? t('gantt.fromTo', { from: format.date(span.from), due: format.date(span.dueOn) }) : '',
      span.doneOn ? t('gantt.doneOn', { on: format.date(span.doneOn) }) : '',
      span.daysLate > 0 ? t('gantt.daysLate', { count: span.daysLate }) : '',
    ]
      .filter(Boolean)
      .join(t('common.then'));
  }
}

/** From the first opening to the last due date, with a margin. */
function extentOf({ spans, asOf }: Schedule): Window {
  const days = spans.flatMap(({ from, dueOn, doneOn }) => [from, dueOn, doneOn].flatMap((one) => one ?? [])).map(dayOf);
  const known = [...days, dayOf(asOf)];
  const from = known.reduce((least, one) => Math.min(least, one));
  const to = known.reduce((most, one) => Math.max(most, one));
  const margin = Math.max(7, Math.round((to - from) * 0.03));
  return { from: from - margin, to: to + margin };
}

/** Until when a bar reaches: its last day, the day on which it was done late, or today while it is late. */
function endOf(span: Span, today: number): number {
  const due = span.dueOn === null ? today : dayOf(span.dueOn);
  if (span.doneOn !== null) return Math.max(due, dayOf(span.doneOn));
  return span.status === 'overdue' ? Math.max(due, today) : due;
}

function isWithin(span: Span, { from, to }: Window, today: number): boolean {
  if (span.dueOn === null) return false;
  return dayOf(span.from ?? span.dueOn) < to && endOf(span, today) >= from;
}

function rowsOf(
  agreement: Agreement,
  { spans }: Schedule,
  open: readonly string[],
  titleOf: (span: Pick<Span, 'id' | 'occurrence'>) => string,
): Row[] {
  const ids = [...new Set([...agreement.duties.map(({ id }) => id), ...spans.map(({ id }) => id)])];
  return ids.flatMap((id): Row[] => {
    const own = spans.filter((span) => span.id === id && span.dueOn !== null);
    if (own.length === 0) return [];
    const whole = { key: id, duty: id, label: titleOf({ id }), spans: own, isOccurrence: false };
    if (!open.includes(id)) return [whole];
    const each = own.map((span) => ({
      key: keyOf(span),
      duty: id,
      label: titleOf(span),
      spans: [span],
      isOccurrence: true,
    }));
    return [whole, ...each];
  });
}

function Legend(): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="gantt-legend" aria-label={t('gantt.legend')}>
      {['open', 'done', 'late', 'review', 'planned', 'paused'].map((shade) => (
        <li key={shade}>
          <span className={`gantt-swatch gantt-${shade}`} /> {t(`ganttShade.${shade}`)}
        </li>
      ))}
      {['handedIn', 'rejected', 'accepted', 'penalty', 'paid'].map((mark) => (
        <li key={mark}>
          <span aria-hidden="true">{SIGNS[mark]}</span> {t(`ganttMark.${mark}`)}
        </li>
      ))}
    </ul>
  );
}

const SIGNS: Record<string, string> = { handedIn: '▲', rejected: '✕', accepted: '✓', penalty: '◆', paid: '●' };
const MARK: Record<Span['marks'][number]['what'], string> = {
  'handed-in': 'handedIn',
  rejected: 'rejected',
  accepted: 'accepted',
  penalty: 'penalty',
  paid: 'paid',
};

interface ChartProps {
  rows: readonly Row[];
  window: Window;
  schedule: Schedule;
  picked: string | null;
  pick: (key: string) => void;
  open: readonly string[];
  toggle: (duty: string) => void;
  describe: (span: Span) => string;
}

/** The bars. One of them is in the order of Tab; arrows lead to the others, Enter opens one. */
function Chart({ rows, window, schedule, picked, pick, open, toggle, describe }: ChartProps): ReactNode {
  const { t, i18n } = useTranslation();
  const hatch = useId();
  const drawing = useRef<SVGSVGElement>(null);
  const today = dayOf(schedule.asOf);
  const [width, setWidth] = useState(LEAST_WIDTH);
  const room = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!room.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(entry?.contentRect.width ?? 0, LEAST_WIDTH)));
    observer.observe(room.current);
    return () => observer.disconnect();
  }, []);
  const scale = width / (window.to - window.from);
  const x = (day: number): number => (day - window.from) * scale;
  const height = HEAD + rows.length * ROW;
  const drawn = rows.map((row) => row.spans.filter((span) => isWithin(span, window, today)));
  const firstKey = drawn.flatMap((spans, index) => spans.map((span) => `${index} ${keyOf(span)}`))[0];
  const [at, setAt] = useState<string | null>(null);
  const isThere = drawn.some((spans, index) => spans.some((span) => `${index} ${keyOf(span)}` === at));
  const reachable = isThere ? at : firstKey;

  /** Focus goes along a row by the left and right arrows, to the nearest bar of another row by those up and down. */
  const move = (event: KeyboardEvent, row: number, column: number): void => {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const across = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const here = drawn[row]?.[column];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (here) pick(keyOf(here));
      return;
    }
    let goal: string | undefined;
    if (along !== undefined) {
      const next = drawn[row]?.[column + along];
      goal = next && `${row} ${keyOf(next)}`;
    } else if (across !== undefined && here) {
      for (let other = row + across; drawn[other] !== undefined && goal === undefined; other += across) {
        const distance = (span: Span): number => Math.abs(dayOf(span.dueOn ?? '') - dayOf(here.dueOn ?? ''));
        const nearest = drawn[other]?.toSorted((a, b) => distance(a) - distance(b))[0];
        goal = nearest && `${other} ${keyOf(nearest)}`;
      }
    }
    if (goal === undefined) return;
    event.preventDefault();
    setAt(goal);
    drawing.current?.querySelector<SVGGElement>(`[data-bar="${CSS.escape(goal)}"]`)?.focus();
  };

  const all = schedule.suspensions.filter(({ obligations }) => obligations.length === 0);
  const some = schedule.suspensions.filter(({ obligations }) => obligations.length > 0);
  const paused = (from: string, until: string | null): { x: number; width: number } => {
    const left = Math.max(x(dayOf(from)), 0);
    const right = Math.min(x(until === null ? Math.max(today + 1, dayOf(from) + 1) : dayOf(until)), width);
    return { x: left, width: Math.max(right - left, 0) };
  };
  return (
    <div className="gantt">
      <ul className="gantt-labels" style={{ paddingTop: HEAD }}>
        {rows.map((row) => (
          <li key={row.key} className={row.isOccurrence ? 'gantt-occurrence' : ''} style={{ height: ROW }}>
            {!row.isOccurrence && row.spans.length > 1 ? (
              <button
                type="button"
                className="plain-button"
                aria-expanded={open.includes(row.duty)}
                title={row.label}
                onClick={() => toggle(row.duty)}
              >
                {open.includes(row.duty) ? '▾' : '▸'} {row.label} ({row.spans.length})
              </button>
            ) : (
              <span title={row.label}>{row.label}</span>
            )}
          </li>
        ))}
      </ul>
      <div className="gantt-scroll" ref={room}>
        <svg
          ref={drawing}
          viewBox={`0 0 ${String(width)} ${String(height)}`}
          width={width}
          height={height}
          role="group"
          aria-label={t('gantt.label')}
        >
          <defs>
            <pattern id={hatch} width="6" height="6" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
              <rect width="2" height="6" fill="#8a6d3b" opacity="0.45" />
            </pattern>
          </defs>
          <g aria-hidden="true">
            {ticksOf(window).map(({ day, year, month }) => (
              <g key={day}>
                <line
                  x1={x(day)}
                  x2={x(day)}
                  y1={HEAD - 6}
                  y2={height}
                  className={month === 1 ? 'gantt-year' : 'gantt-tick'}
                />
                <text x={x(day) + 3} y={HEAD - 10} className="gantt-text">
                  {month === 1 || day - window.from < 32
                    ? monthText(year, month, i18n.language)
                    : monthText(undefined, month, i18n.language)}
                </text>
              </g>
            ))}
            {rows.map((row, index) => (
              <line
                key={row.key}
                x1={0}
                x2={width}
                y1={HEAD + (index + 1) * ROW}
                y2={HEAD + (index + 1) * ROW}
                className="gantt-tick"
              />
            ))}
            {all.map(({ number, from, until }) => (
              <rect key={number} {...paused(from, until)} y={HEAD} height={height - HEAD} fill={`url(#${hatch})`} />
            ))}
          </g>
          {rows.map((row, index) => (
            <g key={row.key} transform={`translate(0 ${String(HEAD + index * ROW)})`}>
              {some
                .filter(({ obligations }) => obligations.some((one) => one === row.duty || one === row.key))
                .map(({ number, from, until }) => (
                  <rect key={number} {...paused(from, until)} height={ROW} fill={`url(#${hatch})`} aria-hidden="true" />
                ))}
              {drawn[index]?.map((span, column) => {
                const name = `${index} ${keyOf(span)}`;
                return (
                  <g
                    key={name}
                    data-bar={name}
                    role="button"
                    tabIndex={name === reachable ? 0 : -1}
                    aria-label={describe(span)}
                    aria-pressed={picked === keyOf(span)}
                    className="gantt-bar"
                    onClick={() => pick(keyOf(span))}
                    onFocus={() => setAt(name)}
                    onKeyDown={(event) => move(event, index, column)}
                  >
                    <title>{describe(span)}</title>
                    <Bar span={span} x={x} today={today} />
                  </g>
                );
              })}
            </g>
          ))}
          {today >= window.from && today < window.to ? (
            <g aria-hidden="true">
              <line x1={x(today)} x2={x(today)} y1={HEAD - 4} y2={height} className="gantt-today" />
              <text x={Math.min(x(today) + 3, width - 40)} y={11} className="gantt-text gantt-today-text">
                {t('gantt.today')}
              </text>
            </g>
          ) : null}
        </svg>
      </div>
    </div>
  );
}

function monthText(year: number | undefined, month: number, language: string): string {
  if (language === 'en') {
    const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(
      Date.UTC(2000, month - 1, 1),
    );
    return year === undefined ? name : `${name} ${String(year)}`;
  }
  return year === undefined ? `${String(month)}月` : `${String(year)}年${String(month)}月`;
}

/** A bar from its opening to its last day, what is late in red after it, the review, and the marks. */
function Bar({ span, x, today }: { span: Span; x: (day: number) => number; today: number }): ReactNode {
  const due = dayOf(span.dueOn ?? '');
  const from = Math.min(dayOf(span.from ?? span.dueOn ?? ''), due);
  const end = endOf(span, today);
  const isDone = span.doneOn !== null;
  const shade =
    span.status === 'planned'
      ? 'planned'
      : ['waived', 'cancelled'].includes(span.status)
        ? 'gone'
        : isDone
          ? 'done'
          : 'open';
  const top = (ROW - BAR) / 2;
  const right = isDone && span.doneOn !== null ? Math.min(due, dayOf(span.doneOn)) : due;
  const wide = (a: number, b: number): number => Math.max(x(b) - x(a), 3);
  return (
    <>
      <rect x={x(from)} width={wide(from, due + 1)} y={0} height={ROW} fill="transparent" />
      {isDone && right < due ? (
        <rect x={x(from)} width={wide(from, due + 1)} y={top + BAR / 2 - 1} height={2} className="gantt-rest" />
      ) : null}
      <rect x={x(from)} width={wide(from, right + 1)} y={top} height={BAR} rx={3} className={`gantt-${shade}`} />
      {span.daysLate > 0 && end > due ? (
        <rect x={x(due + 1)} width={wide(due + 1, end + 1)} y={top} height={BAR} rx={2} className="gantt-late" />
      ) : null}
      {span.review ? (
        <rect
          x={x(dayOf(span.review.from))}
          width={wide(dayOf(span.review.from), dayOf(span.review.until) + 1)}
          y={top + BAR - 4}
          height={4}
          className="gantt-review"
        />
      ) : null}
      <line x1={x(due + 1)} x2={x(due + 1)} y1={top - 2} y2={top + BAR + 2} className="gantt-due" />
      {span.marks.map(({ what, at }, index) => (
        <text
          key={`${what} ${at} ${String(index)}`}
          x={x(dayOf(at)) + 1}
          y={top + BAR - 2}
          className={`gantt-mark gantt-mark-${what}`}
        >
          {SIGNS[MARK[what]]}
        </text>
      ))}
    </>
  );
}

/** What is known of the bar that was chosen. */
function Details({ agreement, span, title }: { agreement: Agreement; span: Span; title: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const who = useWho(agreement);
  const duty = agreement.duties.find(({ id }) => id === span.id);
  const moved = span.firstDueOn !== null && span.firstDueOn !== span.dueOn;
  return (
    <section className="gantt-details" aria-live="polite">
      <div className="heading">
        <h3 className="grow">{title}</h3>
        <ClauseLinks clauses={duty?.clauses} />
      </div>
      <p className="none-yet">
        {[
          t(`spanStatus.${span.status}`),
          duty ? who(duty.responsible) : '',
          span.from && span.dueOn
            ? t('gantt.fromTo', { from: format.date(span.from), due: format.date(span.dueOn) })
            : '',
          moved && span.firstDueOn ? t('gantt.firstDue', { on: format.date(span.firstDueOn) }) : '',
          span.doneOn ? t('gantt.doneOn', { on: format.date(span.doneOn) }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
        {span.daysLate > 0 ? <span className="late"> {t('gantt.daysLate', { count: span.daysLate })}</span> : null}
      </p>
      {span.marks.length > 0 ? (
        <ul className="plain-list">
          {span.marks.map(({ what, at, amount, currency }, index) => (
            <li key={`${what} ${at} ${String(index)}`}>
              {format.instant(at, agreement.zone)} {t(`ganttMark.${MARK[what]}`)}{' '}
              {amount && currency ? <span className="amount">{moneyText(amount, currency)}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="toolbar">
        <Link to={sectionPath('obligations', { obligation: span.id })}>{t('gantt.toObligation')}</Link>
        <Link to={sectionPath('history', { obligation: span.id })}>{t('agreementPage.allHistory')}</Link>
      </div>
    </section>
  );
}

/** The same as the bars, as a table. */
function SpanTable({
  agreement,
  spans,
  titleOf,
}: {
  agreement: Agreement;
  spans: Span[];
  titleOf: (span: Span) => string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const who = useWho(agreement);
  const date = (on: string | null): string => (on === null ? '' : format.date(on));
  return (
    <Records<Span>
      label={t('gantt.asTable')}
      rows={spans}
      rowKey={keyOf}
      empty={t('gantt.none')}
      columns={[
        { key: 'what', title: t('obligations.obligation'), heading: true, render: titleOf },
        {
          key: 'who',
          title: t('obligations.responsible'),
          render: ({ id, occurrence }) => {
            const one = agreement.obligations.find((each) => each.id === id && each.occurrence === occurrence);
            const seat = one?.responsible ?? agreement.duties.find((duty) => duty.id === id)?.responsible;
            return seat === undefined ? '' : who(seat);
          },
        },
        { key: 'from', title: t('gantt.opens'), render: ({ from }) => date(from) },
        { key: 'due', title: t('obligations.due'), render: ({ dueOn }) => date(dueOn) },
        { key: 'status', title: t('obligations.status'), render: ({ status }) => t(`spanStatus.${status}`) },
        { key: 'done', title: t('gantt.done'), render: ({ doneOn }) => date(doneOn) },
        {
          key: 'late',
          title: t('obligations.daysLate'),
          render: ({ daysLate }) => (daysLate > 0 ? t('obligations.days', { count: daysLate }) : ''),
        },
      ]}
    />
  );
}
