import { Big } from 'big.js';
import type { Figures } from '../survey/figures.ts';
import type { Instant } from '../time.ts';
import type { GatheredFigure } from './command.ts';
import type { CompiledEvaluation, CompiledIndicator } from './compiled.ts';

/** A cycle whose answers are counted. */
export interface MeasuredCycle {
  workflowId: string;
  obligation: string;
  closedAtMs: Instant;
  figures: Pick<Figures, 'scale' | 'score' | 'overall' | 'dimensions' | 'groups' | 'answered' | 'importance'>;
}

/** A duty that fell due. */
export interface DueDuty {
  /** `id`, `id#occurrence` */
  reference: string;
  /** Seat that owes it. */
  responsible: string;
  dueAtMs: Instant;
  inTime: boolean;
}

/** A case whose clocks are over, with what they said. */
export interface JudgedCase {
  workflowId: string;
  /** Seat, or opaque id of the member of staff, that answered for it. */
  responsible: string | null;
  /** It counts in the period in which it came in. */
  openedAtMs: Instant;
  /** Answered, and solved, within its limits; null: it has no such limit. */
  respondedInTime: boolean | null;
  resolvedInTime: boolean | null;
}

/** An indicator whose figure is asked for. */
export interface AskedIndicator extends Pick<CompiledIndicator, 'id' | 'scale' | 'dimension'> {
  source: 'survey' | 'case' | 'deliverable';
  /** Percent; missing or null: it gets no weight for the next period. */
  weight?: string | null;
}

/** Which figures are asked for: errand `gather`. */
export interface AskedFigures extends Pick<CompiledEvaluation, 'minimumSample' | 'surveys'> {
  period: { fromMs: Instant; toMs: Instant };
  indicators: readonly AskedIndicator[];
  /** Seats, ids of staff, or `agreement`. */
  subjects: readonly string[];
}

/** What is on record of an agreement when figures are gathered. */
export interface OnRecord {
  cycles: readonly MeasuredCycle[];
  duties: readonly DueDuty[];
  cases: readonly JudgedCase[];
  parties: readonly string[];
  /** Of seats that are evaluated: the group of a survey that are their own customers (S003-S-28). */
  groupOf: Record<string, string>;
  /** Of seats: their party, and whom an evaluation calls whoever fills them. */
  heldBy: Record<string, string[]>;
}

interface Counted {
  /** Share of the scale, from 0 to 1. */
  share: Big | null;
  count: number;
  sources: string[];
}

const NOTHING: Counted = { share: null, count: 0, sources: [] };
/** All that the parties do under their agreement, when no side of it is evaluated. */
const WHOLE = 'agreement';

/**
 * The figures of a period, each on its indicator's scale, from what is on record: of surveys the mean of the cycles that
 * closed in it, cycles counting alike; of duties and cases the share that was in time: of cases answered, solved, or both. What nothing was recorded of, or too
 * little, has no value: it is not scored zero (S003-E-11). Costs, innovation, risks and compliance have no formula in any
 * contract: they are scored by people, with records.
 */
export function gatheredFigures(
  { period, indicators, subjects, minimumSample, surveys }: AskedFigures,
  onRecord: OnRecord,
): { figures: GatheredFigure[]; surveys: string[]; weights: Record<string, string> | null } {
  const within = (atMs: Instant): boolean => atMs >= period.fromMs && atMs < period.toMs;
  const cycles = onRecord.cycles.filter(
    (one) => within(one.closedAtMs) && (surveys === null || one.obligation === surveys.obligation),
  );
  const duties = onRecord.duties.filter(({ dueAtMs }) => within(dueAtMs));
  const cases = onRecord.cases.filter(({ openedAtMs }) => within(openedAtMs));
  const isOf = (who: string, responsible: string | null): boolean =>
    who === WHOLE ||
    (responsible !== null && (responsible === who || (onRecord.heldBy[responsible] ?? []).includes(who)));

  const counted = (indicator: AskedIndicator, who: string): Counted => {
    switch (indicator.source) {
      case 'survey': {
        // Customers speak of a provider as a whole; of a department its own customers do.
        const isWhole = who === WHOLE || onRecord.parties.includes(who);
        return isWhole ? surveyed(cycles, indicator, null) : ofGroup(cycles, indicator, onRecord.groupOf[who]);
      }
      case 'deliverable':
        return inTime(
          duties.filter(({ responsible }) => isOf(who, responsible)),
          ({ reference }) => reference,
        );
      case 'case':
        return inTime(
          cases
            .filter(({ responsible }) => isOf(who, responsible))
            .flatMap(({ workflowId, ...one }) => {
              const kept = keptOf(one, indicator.dimension);
              return kept === null ? [] : [{ workflowId, inTime: kept }];
            }),
          ({ workflowId }) => workflowId,
        );
    }
  };
  return {
    figures: indicators.flatMap((indicator) =>
      subjects.map((subject): GatheredFigure => {
        const { share, count, sources } = counted(indicator, subject);
        const isEnough = count > 0 && (minimumSample === null || count >= minimumSample);
        const value = share === null || !isEnough ? null : onScale(share, indicator);
        return { subject, indicator: indicator.id, value, count, sources };
      }),
    ),
    surveys: cycles.map(({ workflowId }) => workflowId),
    weights: nextWeights(indicators, cycles.at(-1)?.figures.importance ?? null),
  };
}

/**
 * Percents of the next period's indicators by what customers hold important (S001b-05): those that are asked about share what
 * they have together, half up to two decimals, the last one taking the rest. Null unless each of them was rated.
 */
function nextWeights(
  indicators: readonly AskedIndicator[],
  importance: Record<string, string> | null,
): Record<string, string> | null {
  const asked = indicators.flatMap(({ id, source, dimension, weight }) =>
    source === 'survey' && dimension !== undefined && weight != null ? [{ id, dimension, weight }] : [],
  );
  if (importance === null || asked.length < 2) return null;
  const rated = asked.map(({ dimension }) =>
    Object.hasOwn(importance, dimension) ? importance[dimension] : undefined,
  );
  if (rated.includes(undefined)) return null;
  const sum = rated.reduce((total, one) => total.plus(one ?? 0), new Big(0));
  if (sum.eq(0)) return null;
  const whole = asked.reduce((total, { weight }) => total.plus(weight), new Big(0));
  let rest = whole;
  const next = asked.map(({ id }, index): [string, string] => {
    const share = new Big(rated[index] ?? 0).times(whole).div(sum).round(2, Big.roundHalfUp);
    const own = index === asked.length - 1 ? rest : share;
    rest = rest.minus(own);
    return [id, own.toFixed()];
  });
  return Object.fromEntries(next);
}

/** The mean of the cycles that say anything of it. */
function surveyed(cycles: readonly MeasuredCycle[], { dimension }: AskedIndicator, group: string | null): Counted {
  const said = cycles.flatMap(({ workflowId, figures: { scale, score, overall, dimensions, groups, answered } }) => {
    const measures =
      group !== null
        ? groups.find(({ by, key }) => by === 'department' && key === group)?.measures
        : dimension === undefined
          ? undefined
          : dimensions.find(({ id }) => id === dimension)?.measures;
    const isWhole = group === null && dimension === undefined;
    const value = isWhole ? (score ?? overall.mean?.value ?? null) : (measures?.mean?.value ?? null);
    const n = isWhole ? answered : (measures?.n ?? 0);
    return value === null ? [] : [{ workflowId, n, share: new Big(value).minus(scale.min).div(scale.max - scale.min) }];
  });
  if (said.length === 0) return NOTHING;
  return {
    share: said.reduce((sum, { share }) => sum.plus(share), new Big(0)).div(said.length),
    count: said.reduce((sum, { n }) => sum + n, 0),
    sources: said.map(({ workflowId }) => workflowId),
  };
}

/** A department's own customers are a group of the survey; of nobody's customers nothing is known. */
function ofGroup(cycles: readonly MeasuredCycle[], indicator: AskedIndicator, group: string | undefined): Counted {
  return group === undefined ? NOTHING : surveyed(cycles, indicator, group);
}

/** Of one clock, or of all that a case has; null: it has none of them. */
function keptOf(
  { respondedInTime, resolvedInTime }: Omit<JudgedCase, 'workflowId'>,
  clock: string | undefined,
): boolean | null {
  const asked =
    clock === 'response'
      ? [respondedInTime]
      : clock === 'resolution'
        ? [resolvedInTime]
        : [respondedInTime, resolvedInTime];
  const kept = asked.filter((one) => one !== null);
  return kept.length === 0 ? null : !kept.includes(false);
}

function inTime<T extends { inTime: boolean }>(list: readonly T[], name: (one: T) => string): Counted {
  if (list.length === 0) return NOTHING;
  return {
    share: new Big(list.filter((one) => one.inTime).length).div(list.length),
    count: list.length,
    sources: list.map(name),
  };
}

/** A share on the indicator's scale, half up to four decimals, without zeros at the end. */
function onScale(share: Big, { scale: { min, max } }: AskedIndicator): string {
  return share.times(new Big(max).minus(min)).plus(min).round(4, Big.roundHalfUp).toFixed();
}
