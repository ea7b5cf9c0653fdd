import { Big } from 'big.js';
import { CLOCK } from '../agreement/parties.ts';
import type { Errand } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { Signals, Threshold } from './command.ts';
import type { RiskIndicator } from './compiled.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Something that was just recorded and that a risk may watch. */
export interface Trigger {
  indicator: Exclude<RiskIndicator, 'observed'>;
  /** What shows it: a cycle, a case, a duty. */
  about: string;
  atMs: Instant;
  /** Of the workflow that recorded it: with its sequence it names the signal. */
  workflowId: string;
  sequence: number;
  /** Of a clock near its breach: when it is due. */
  dueAtMs?: Instant;
}

/** An event, or a notice, as far as it can be a trigger. */
interface Recorded {
  type: string;
  sequence: number;
  occurredAtMs: Instant;
}

/** What of a step may be watched: events by their type, and the warnings of a case's clock. */
export function triggersIn(step: {
  workflowId: string;
  events: readonly Recorded[];
  notices: readonly { kind: string; rungs?: string[]; atMs: Instant; facts: { dueAtMs?: Instant } }[];
}): Trigger[] {
  const { workflowId, events, notices } = step;
  const reference = workflowId.split('/').slice(2).join('/');
  const seen = events.flatMap((event): Trigger[] => {
    const base = { workflowId, sequence: event.sequence, atMs: event.occurredAtMs };
    switch (event.type) {
      case 'survey-analysed':
        return [{ ...base, indicator: 'score-drop', about: reference }];
      case 'case-opened':
        return [{ ...base, indicator: 'case-spike', about: reference }];
      case 'case-clock-breached':
        return [{ ...base, indicator: 'clock-near-breach', about: reference, dueAtMs: event.occurredAtMs }];
      case 'obligation-overdue':
        return [{ ...base, indicator: 'overdue-duties', about: dutyOf(event) }];
      default:
        return [];
    }
  });
  const last = events.at(-1);
  const warned = workflowId.startsWith('case/')
    ? notices.filter(({ atMs, facts }) => facts.dueAtMs !== undefined && facts.dueAtMs > atMs)
    : [];
  return [
    ...seen,
    ...warned.slice(0, 1).map(({ atMs, facts }): Trigger => ({
      ...{ workflowId, sequence: last?.sequence ?? 0, atMs, about: reference },
      ...{ indicator: 'clock-near-breach', dueAtMs: facts.dueAtMs ?? atMs },
    })),
  ];
}

function dutyOf(event: object): string {
  const { obligation = '', occurrence } = event as { obligation?: string; occurrence?: string };
  return occurrence === undefined ? obligation : `${obligation}#${occurrence}`;
}

/** What stands in the record of an agreement, as far as a figure needs it. */
export interface Known {
  /** Scores of the analysed cycles of one survey, the earliest first. */
  scores: (string | null)[];
  /** When cases were opened. */
  casesAtMs: Instant[];
  /** Duties that are overdue now. */
  overdue: number;
}

/**
 * The figure of a trigger, in its indicator's unit; null: there is none yet. From 4.3300 to 3.9100 the score dropped by 0.42;
 * a rise is a drop below zero.
 */
export function figureOf(
  { indicator, atMs, dueAtMs }: Trigger,
  { windowDays }: Threshold,
  known: Known,
): string | null {
  switch (indicator) {
    case 'score-drop': {
      const [before, now] = known.scores.slice(-2);
      if (before === undefined || now === undefined || before === null || now === null) return null;
      return new Big(before).minus(now).toString();
    }
    case 'case-spike': {
      const from = atMs - (windowDays ?? 1) * DAY_MS;
      return String(known.casesAtMs.filter((one) => one > from && one <= atMs).length);
    }
    case 'overdue-duties':
      return String(known.overdue);
    case 'clock-near-breach':
      return dueAtMs === undefined ? null : new Big(dueAtMs - atMs).div(HOUR_MS).round(2).toString();
  }
}

/** What a risk is told; the same record tells it once. */
export function signalTo(risk: string, trigger: Trigger, value: string): Extract<Errand, { kind: 'tell' }> {
  const { indicator, about, atMs, workflowId, sequence } = trigger;
  const command: Signals = {
    type: 'signal',
    id: `signal ${indicator} ${workflowId} ${String(sequence)}`, // with a space: no key of a person is like it
    receivedAtMs: atMs,
    actor: CLOCK,
    indicator,
    value,
    about,
  };
  return { kind: 'tell', workflowId: risk, command };
}
