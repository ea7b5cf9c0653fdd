import { Big } from 'big.js';
import { CLOCK } from '../agreement/parties.ts';
import type { Errand } from '../process/process.ts';
import type { Figures } from '../survey/figures.ts';
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
  /** The event by workflow and sequence, or the notice by its id: it names the signal. */
  record: string;
  /** Of a clock near its breach: when it is due. */
  dueAtMs?: Instant;
}

/** An event, or a notice, as far as it can be a trigger. */
interface Recorded {
  type: string;
  sequence: number;
  occurredAtMs: Instant;
}

/** A notice as far as it can be a trigger. */
interface Sent {
  id: string;
  kind: string;
  atMs: Instant;
  facts: { about?: string; dueAtMs?: Instant };
}

/**
 * What of a step may be watched: events by their type, and the warnings of a case's clocks, of each clock once however many
 * it is sent to. A wait for the customer that ended in silence is no breach.
 */
export function triggersIn(step: {
  workflowId: string;
  events: readonly Recorded[];
  notices: readonly Sent[];
}): Trigger[] {
  const { workflowId, events, notices } = step;
  const reference = workflowId.split('/').slice(2).join('/');
  const seen = events.flatMap((event): Trigger[] => {
    const base = { record: `${workflowId} ${String(event.sequence)}`, atMs: event.occurredAtMs };
    switch (event.type) {
      case 'survey-analysed':
        return [{ ...base, indicator: 'score-drop', about: reference }];
      case 'case-opened':
        return [{ ...base, indicator: 'case-spike', about: reference }];
      case 'case-clock-breached':
        return (event as { means?: string }).means === 'silence'
          ? []
          : [{ ...base, indicator: 'clock-near-breach', about: reference, dueAtMs: event.occurredAtMs }];
      case 'obligation-overdue':
        return [{ ...base, indicator: 'overdue-duties', about: dutyOf(event) }];
      default:
        return [];
    }
  });
  const warned = notices.filter(({ kind }) => kind === 'case-warning');
  const first = warned.filter((one, index) => index === warned.findIndex((other) => isOfOneClock(one, other)));
  return [
    ...seen,
    ...first.flatMap(({ id: record, atMs, facts: { dueAtMs } }): Trigger[] =>
      dueAtMs === undefined ? [] : [{ record, atMs, about: reference, indicator: 'clock-near-breach', dueAtMs }],
    ),
  ];
}

function isOfOneClock(a: Sent, b: Sent): boolean {
  return a.atMs === b.atMs && a.facts.about === b.facts.about && a.facts.dueAtMs === b.facts.dueAtMs;
}

function dutyOf(event: object): string {
  const { obligation = '', occurrence } = event as { obligation?: string; occurrence?: string };
  return occurrence === undefined ? obligation : `${obligation}#${occurrence}`;
}

/** What stands in the record of an agreement, as far as a figure needs it. */
export interface Known {
  /** Scores of the analysed cycles of one survey, the earliest first. */
  scores: (string | null)[];
  /** When cases were opened, at least those of every window that holds the one that came in. */
  casesAtMs: Instant[];
  /** Duties that are overdue now. */
  overdue: number;
}

/**
 * Scores of a survey's cycles up to this one, in the order given. Only what was asked on its scale is comparable: a cycle of
 * another scale has none.
 */
export function scoresUpTo(
  about: string,
  cycles: readonly { reference: string; figures: Pick<Figures, 'score' | 'overall' | 'scale'> | null }[],
): Known['scores'] {
  const [survey] = about.split('#');
  const analysed = cycles.flatMap(({ reference, figures }) =>
    figures !== null && reference.split('#')[0] === survey ? [{ reference, figures }] : [],
  );
  const last = analysed.findIndex(({ reference }) => reference === about);
  const scale = analysed[last]?.figures.scale;
  return analysed.slice(0, last + 1).map(({ figures }) => {
    const isComparable = figures.scale.min === scale?.min && figures.scale.max === scale.max;
    return isComparable ? (figures.score ?? figures.overall.mean?.value ?? null) : null;
  });
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
      return String(mostWithin((windowDays ?? 1) * DAY_MS, atMs, known.casesAtMs));
    }
    case 'overdue-duties':
      return String(known.overdue);
    case 'clock-near-breach':
      return dueAtMs === undefined ? null : new Big(dueAtMs - atMs).div(HOUR_MS).round(2).toString();
  }
}

/**
 * The most cases that any window of this length counts which holds this one. Cases are recorded side by side: whichever is
 * recorded last sees them all, even if another one came in after it.
 */
function mostWithin(lengthMs: number, atMs: Instant, casesAtMs: readonly Instant[]): number {
  const ends = [atMs, ...casesAtMs.filter((one) => one > atMs && one < atMs + lengthMs)];
  const counts = ends.map((end) => casesAtMs.filter((one) => one > end - lengthMs && one <= end).length);
  return Math.max(...counts);
}

/** What a risk is told; the same record tells it once. */
export function signalTo(risk: string, trigger: Trigger, value: string): Extract<Errand, { kind: 'tell' }> {
  const { indicator, about, atMs, record } = trigger;
  const command: Signals = {
    type: 'signal',
    id: `signal ${indicator} ${record}`, // with a space: no key of a person is like it
    receivedAtMs: atMs,
    actor: CLOCK,
    indicator,
    value,
    about,
  };
  return { kind: 'tell', workflowId: risk, command };
}
