import type { Actor, Measured } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import { expiryMs } from '../agreement/ending.ts';
import type { EventBody, GoalJudged, GoalMeasured } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { CLOCK, COORDINATOR, hasCoordinator, partySeats } from '../agreement/parties.ts';
import type { Part } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { isPaused } from '../obligations/deliverable-state.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { type CompiledGoal, isRelative, isSurveyed } from './compiled.ts';
import { type GoalFigure, measures } from './figure.ts';
import { type Judgement, judge } from './judgement.ts';
import { type JudgedGoal, NO_GOALS } from './state.ts';

/** So many figures, and judgements of one goal, are carried from step to step; the record has them all. */
const KEPT = 100;

/** A time at which a goal is judged. */
interface Occasion {
  goal: CompiledGoal;
  of: string | null;
  asOfMs: Instant;
  localDate: LocalDate;
  sinceMs: Instant | null;
}

/** What a cycle of a survey has measured: the agreement keeps what its goals need, and judges those that each cycle is held to. */
export function measured(command: Measured, state: AgreementState): Decision {
  const { receivedAtMs, actor, id: commandId } = command;
  const goals = state.agreement.goals ?? [];
  const base = { occurredAtMs: receivedAtMs, actor, commandId };
  const known = command.figures.filter((figure) => goals.some((goal) => measures(goal, figure)));
  const events = known.map((figure): GoalMeasured => {
    const clauses = goals.filter((goal) => measures(goal, figure)).flatMap((goal) => goal.clauses);
    return { ...base, type: 'goal-measured', clauses: [...new Set(clauses)], figure };
  });
  const held = known.flatMap((figure) =>
    goals
      .filter((goal) => goal.judged.at === 'cycle' && measures(goal, figure) && !isJudged(state, goal, figure.source))
      .map((goal) => {
        const occasion = cycleOccasion(state, goal, figure);
        return judgedEvent(occasion, judge(goal, { baseline: baselineOf(state, goal), figures: [figure] }), base);
      }),
  );
  return decision({ events: [...events, ...held], schedule: held.flatMap((event) => told(state, event)) });
}

/** Goals that are judged because their date has come, those of a term at its end whether or not another one follows. */
export const GOALS: Part = {
  moments(state) {
    return pending(state).map(({ asOfMs }) => ({ atMs: asOfMs, consequence: true }));
  },
  dueEvents(state, atMs) {
    const events: GoalJudged[] = [];
    let after = state;
    for (const occasion of pending(state).filter(({ asOfMs }) => asOfMs <= atMs)) {
      const since = { ...occasion, sinceMs: sinceOf(after, occasion) };
      const base = { occurredAtMs: occasion.asOfMs, actor: CLOCK };
      const event = judgedEvent(since, judgementOf(after, since), base);
      events.push(event);
      after = evolveGoals(after, event);
    }
    return { events, schedule: events.flatMap((event) => told(state, event)) };
  },
};

/**
 * What came to light after a goal's date about the time before it: a figure, or the baseline that was confirmed since. The
 * goal is judged anew then, for the same date; a verdict that would be the same says nothing new.
 *
 * @param state as it is with `events`
 */
export function judgedAnew(
  state: AgreementState,
  events: readonly EventBody[],
  base: { occurredAtMs: Instant; actor: Actor; commandId?: string },
): Pick<Decision, 'events' | 'schedule'> {
  const isNews = events.some(({ type }) => type === 'baseline-locked' || type === 'goal-measured');
  if (!isNews) return { events: [], schedule: [] };
  const again = goalsOf(state).judged.flatMap((before): GoalJudged[] => {
    const goal = state.agreement.goals?.find(({ id }) => id === before.goal);
    if (!goal || events.some((event) => event.type === 'goal-judged' && isSameTime(event, before))) return [];
    const occasion = { goal, ...timeOf(before) };
    const now = judgementOf(state, occasion);
    return isSameJudgement(now, before) ? [] : [{ ...judgedEvent(occasion, now, base), again: true }];
  });
  return { events: again, schedule: again.flatMap((event) => told(state, event)) };
}

export function evolveGoals(state: AgreementState, event: GoalMeasured | GoalJudged): AgreementState {
  const goals = goalsOf(state);
  const { figures, judged } = goals;
  if (event.type === 'goal-measured') {
    const { figure } = event;
    const others = figures.filter(({ source, measure }) => source !== figure.source || measure !== figure.measure);
    return { ...state, goals: { ...goals, figures: [...others, figure].slice(-KEPT) } };
  }
  const { goal, of, asOfMs, localDate, sinceMs, verdict, why, target, baseline, needed, measured: value, data } = event;
  const entry: JudgedGoal = {
    ...{ goal, of, asOfMs, localDate, sinceMs, verdict },
    ...(why === undefined ? {} : { why }),
    ...{ target, baseline, needed, measured: value, data },
  };
  const isKnown = judged.some((one) => isSameTime(one, entry));
  const all = isKnown ? judged.map((one) => (isSameTime(one, entry) ? entry : one)) : [...judged, entry];
  const oldest =
    all.filter((one) => one.goal === goal).length > KEPT ? all.find((one) => one.goal === goal) : undefined;
  return { ...state, goals: { ...goals, judged: all.filter((one) => one !== oldest) } };
}

/** Goals that an amendment brings are judged from then on. */
export function evolveNewGoals(before: AgreementState, after: AgreementState, atMs: Instant): AgreementState {
  const known = before.agreement.goals ?? [];
  const fresh = (after.agreement.goals ?? []).filter(({ id }) => !known.some((goal) => goal.id === id));
  if (fresh.length === 0) return after;
  const goals = goalsOf(after);
  const since = { ...goals.since, ...Object.fromEntries(fresh.map(({ id }) => [id, atMs])) };
  return { ...after, goals: { ...goals, since } };
}

/** How a goal stands at this moment, by what is known: no verdict that is recorded. */
export function standing(state: AgreementState, goal: CompiledGoal): Judgement {
  const last = lastOf(state, goal);
  const recurs = goal.judged.at === 'due' && last !== undefined && last.of !== null;
  const sinceMs = recurs ? last.asOfMs : null;
  return judgementOf(state, { goal, of: null, asOfMs: Infinity, localDate: '', sinceMs });
}

/** The next date at which it is judged, as far as one is known; undefined: none is ahead. */
export function nextOccasion(
  state: AgreementState,
  goal: CompiledGoal,
): Pick<Occasion, 'asOfMs' | 'localDate'> | undefined {
  return pending(state).find((occasion) => occasion.goal.id === goal.id);
}

/** The figure that it is measured against: as the terms state it, or as all have confirmed it, of this goal or of another by the same term. */
export function baselineOf({ agreement, baselines }: AgreementState, goal: CompiledGoal): string | null {
  if (!isRelative(goal)) return null;
  if (goal.baseline !== null) return goal.baseline;
  const rules = agreement.life?.baselines ?? [];
  const term = rules.find((rule) => rule.goal === goal.id)?.term;
  const same = rules.filter((rule) => rule.term === term).map((rule) => rule.goal);
  const locked = baselines.filter((one) => one.locked && same.includes(one.goal));
  return (locked.find((one) => one.goal === goal.id) ?? locked[0])?.value ?? null;
}

function goalsOf(state: AgreementState): NonNullable<AgreementState['goals']> {
  return state.goals ?? NO_GOALS;
}

/** Times that have not been judged yet, in their order; what a cycle measures is judged as it comes. */
function pending(state: AgreementState): Occasion[] {
  const { agreement } = state;
  if (!isInForce(state) || !agreement.goals) return [];
  // At one instant the goals of twelve months come before those of the end (ambiguities S000 1.3).
  const isLast = ({ goal }: Occasion): number => Number(goal.judged.at === 'expiry');
  return agreement.goals
    .flatMap((goal) => ahead(state, goal))
    .sort((a, b) => a.asOfMs - b.asOfMs || isLast(a) - isLast(b));
}

/** Without those from before the goal was agreed, and those that were judged, be it so long ago that they are not kept any more. */
function ahead(state: AgreementState, goal: CompiledGoal): Occasion[] {
  const { judged, since } = goalsOf(state);
  const kept = judged.filter((one) => one.goal === goal.id);
  const known = new Set(kept.map(({ of }) => of));
  const oldestMs = kept.length < KEPT ? undefined : kept[0]?.asOfMs;
  const fromMs = Math.max(since[goal.id] ?? -Infinity, oldestMs ?? -Infinity);
  return occasionsOf(state, goal).filter(({ of, asOfMs }) => asOfMs > fromMs && !known.has(of));
}

function occasionsOf(state: AgreementState, goal: CompiledGoal): Occasion[] {
  const { judged } = goal;
  if (judged.at === 'cycle') return [];
  if (judged.at === 'expiry') {
    const asOfMs = expiryMs(state);
    const of = state.expiresOn;
    return asOfMs === undefined || of === null ? [] : [{ goal, of, asOfMs, localDate: of, sinceMs: null }];
  }
  return state.obligations.flatMap((one): Occasion[] => {
    const { id, occurrence, originalDue, status } = one;
    if (id !== judged.obligation || originalDue === null || status === 'cancelled' || isPaused(one)) return [];
    return [{ goal, of: occurrence, asOfMs: originalDue.dueAtMs, localDate: originalDue.localDate, sinceMs: null }];
  });
}

function cycleOccasion({ agreement }: AgreementState, goal: CompiledGoal, { source, atMs }: GoalFigure): Occasion {
  // The close is the first instant after the last day, where it ran to its end.
  return { goal, of: source, asOfMs: atMs, localDate: localDateAt(agreement.zone, atMs - 1), sinceMs: null };
}

/** Of what recurs, figures of the time before belong to that. */
function sinceOf(state: AgreementState, { goal, of, asOfMs }: Occasion): Instant | null {
  if (goal.judged.at !== 'due' || of === null) return null;
  const before = goalsOf(state).judged.filter((one) => one.goal === goal.id && one.asOfMs < asOfMs);
  return before.reduce<Instant | null>((last, one) => (last === null || one.asOfMs > last ? one.asOfMs : last), null);
}

function judgementOf(state: AgreementState, { goal, of, asOfMs, sinceMs }: Occasion): Judgement {
  const figures = goalsOf(state).figures.filter(
    ({ atMs, source }) =>
      atMs <= asOfMs &&
      (sinceMs === null || atMs > sinceMs) &&
      (goal.judged.at !== 'cycle' || of === null || source === of),
  );
  return judge(goal, { baseline: baselineOf(state, goal), figures });
}

function isJudged(state: AgreementState, { id }: CompiledGoal, of: string | null): boolean {
  return goalsOf(state).judged.some((one) => one.goal === id && one.of === of);
}

function lastOf(state: AgreementState, { id }: CompiledGoal): JudgedGoal | undefined {
  return goalsOf(state).judged.findLast(({ goal }) => goal === id);
}

function isSameTime(a: Pick<JudgedGoal, 'goal' | 'of'>, b: Pick<JudgedGoal, 'goal' | 'of'>): boolean {
  return a.goal === b.goal && a.of === b.of;
}

function timeOf({ of, asOfMs, localDate, sinceMs }: JudgedGoal): Omit<Occasion, 'goal'> {
  return { of, asOfMs, localDate, sinceMs };
}

function isSameJudgement(a: Judgement, b: Judgement): boolean {
  return (
    a.verdict === b.verdict &&
    a.why === b.why &&
    a.needed === b.needed &&
    a.measured === b.measured &&
    a.data?.source === b.data?.source
  );
}

function judgedEvent(
  { goal, of, asOfMs, localDate, sinceMs }: Occasion,
  judgement: Judgement,
  base: { occurredAtMs: Instant; actor: Actor; commandId?: string },
): GoalJudged {
  const { id, clauses, measure, how, by, scale } = goal;
  return {
    ...base,
    type: 'goal-judged',
    clauses,
    ...{ goal: id, of, asOfMs, localDate, sinceMs, measure, how, by, scale },
    ...judgement,
  };
}

/**
 * Both parties and the coordinator are told of a verdict, and that none could be given at a date that comes once. What recurs
 * without a verdict the coordinator alone is told, and of a figure that no survey measures nobody: there is nothing to do.
 */
function told({ agreement, inForceAtMs }: AgreementState, event: GoalJudged): NoticeDraft[] {
  const { occurredAtMs, goal, of, localDate, clauses, measure, how, by, scale } = event;
  if (inForceAtMs === null || occurredAtMs < inForceAtMs) return [];
  const coordinator = hasCoordinator(agreement) ? [COORDINATOR] : [];
  const rule = agreement.goals?.find(({ id }) => id === goal);
  const isQuiet = event.verdict === 'no-verdict' && of !== null && rule?.judged.at !== 'expiry';
  const { verdict, why, target, baseline, needed, measured: value, data } = event;
  const judgement = { verdict, ...(why === undefined ? {} : { why }), target, baseline, needed, measured: value, data };
  const tell = teller(agreement, occurredAtMs, clauses);
  if (isQuiet && why === 'no-data' && !isSurveyed(event)) return [];
  return (isQuiet ? coordinator : [...partySeats(agreement), ...coordinator]).map((seat) =>
    tell('goal-judged', seat, {
      about: goal,
      localDate,
      verdict,
      judged: { of, measure, how, by, scale, ...judgement },
    }),
  );
}
