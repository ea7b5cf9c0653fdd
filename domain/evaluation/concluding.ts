import type { Actor } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import { notProvided } from '../agreement/part.ts';
import { CLOCK, COORDINATOR } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { dueAfterDays } from '../deadline.ts';
import { processDecision } from '../process/fold.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { EvaluationCommand } from './command.ts';
import type { CompiledEvaluation, CompiledScheme, ConsequenceKind } from './compiled.ts';
import { gathering, isComputed } from './errands.ts';
import type { EvaluationEventBody } from './event.ts';
import { GATHERED, awaiting, corrected, evolve } from './evolve.ts';
import { resultOf } from './result.ts';
import { bandOf, weighed } from './scheme.ts';
import { type Command, type Decision, alreadyConcluded, notOnScale } from './scoring.ts';
import {
  causeOf,
  evaluatedOf,
  indicatorOf,
  notAlive,
  notBy,
  notOrganising,
  notOwn,
  notReady,
  ownResult,
  schemeOf,
} from './standing.ts';
import type { Consequence, Evaluated, EvaluationState } from './state.ts';
import { resultFacts, subjectSeats, told } from './telling.ts';

const WINDOW = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/**
 * The provisional result of one of those evaluated, with its breakdown. What people must score is scored, or left out with a
 * reason: a dimension that is missing keeps it open (S003-N-02). Recorded figures are gathered first where they have not been.
 */
export function conclude(command: Command<'conclude'>, state: EvaluationState): Decision | Rejection {
  const { actor, subject, receivedAtMs } = command;
  const { rules } = state.input;
  const refused = notAlive(state) ?? notConcluding(state, actor) ?? notReady(state);
  if (refused) return refused;
  if (rules.form === 'accountability') return notProvided('score');
  const one = evaluatedOf(state, subject);
  if ('rejected' in one) return one;
  if (one.concludedAtMs !== null) return alreadyConcluded(state);
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  const missing = missingOf(scheme, one, rules) ?? surveysAhead(state, receivedAtMs);
  if (missing) return missing;
  if (awaiting(state).some((waiting) => waiting.subject === one.subject)) return processDecision({});
  if (awaitsFigures(state, scheme, one, receivedAtMs)) {
    return processDecision<EvaluationEventBody>({
      events: [{ ...causeOf(state, command), type: 'evaluation-figures-asked', subject: one.subject }],
      errands: state.gathering ? [] : gathering(state, receivedAtMs),
    });
  }
  return concluded(state, one, scheme, command);
}

/**
 * What an activity counted is here: it becomes scores, and the conclusions that waited for it are drawn. Of whom it does not cover
 * (enrolled since, or asked for up to an earlier time) it is asked for once more.
 */
export function gathered(
  command: Extract<EvaluationCommand, { type: 'gathered' }>,
  state: EvaluationState,
): Decision | Rejection {
  const over = notAlive(state);
  if (over || !state.gathering) return processDecision({});
  const { figures, surveys, weights } = command;
  const event: EvaluationEventBody = {
    ...causeOf(state, command),
    type: 'evaluation-figures-gathered',
    figures,
    surveys,
    weights,
  };
  const fold = (folded: EvaluationState, one: EvaluationEventBody): EvaluationState =>
    evolve(folded, { ...one, sequence: 0, recordedAtMs: command.receivedAtMs });
  let after = fold(state, event);
  const decided = processDecision<EvaluationEventBody>({ events: [event] });
  for (const { subject, actor, atMs = command.receivedAtMs } of awaiting(state)) {
    const one = after.subjects.find((each) => each.subject === subject);
    const { scheme } = after;
    if (!one || scheme === null || one.concludedAtMs !== null) continue;
    // Whoever asked for the conclusion concludes.
    const cause = { ...command, actor };
    if (awaitsFigures(after, scheme, one, atMs)) {
      const again: EvaluationEventBody = { ...causeOf(state, cause), type: 'evaluation-figures-asked', subject };
      if (!after.gathering) decided.errands.push(...gathering(after, command.receivedAtMs));
      decided.events.push(again);
      after = fold(after, again);
      continue;
    }
    const then = concluded(after, one, scheme, cause);
    decided.events.push(...then.events);
    decided.schedule.push(...then.schedule);
    after = then.events.reduce(fold, after);
  }
  return decided;
}

/** The result of all that is there; of figures that nothing was recorded for, their indicator is left out. */
function concluded(
  state: EvaluationState,
  one: Evaluated,
  scheme: CompiledScheme,
  cause: { receivedAtMs: Instant; actor: Actor; id: string },
): Decision {
  const { rules } = state.input;
  const idle = weighed(scheme)
    .filter((indicator) => isComputed(indicator) && !one.tooFew.includes(indicator.id))
    .filter(({ id }) => !one.leftOut.includes(id) && one.scores.every(({ indicator }) => indicator !== id))
    .map(({ id }) => id);
  const result = resultOf(scheme, { ...one, leftOut: [...one.leftOut, ...idle] }, state);
  const until = objectionsUntil(state, cause.receivedAtMs);
  const event: EvaluationEventBody = {
    ...causeOf(state, cause),
    type: 'evaluation-concluded',
    subject: one.subject,
    ...result,
    ...(until === null ? {} : { objectionsUntil: until }),
  };
  const after = { ...one, ...result, objectionsUntil: until };
  const confirmers = rules.confirmer === null ? [] : [rules.confirmer];
  return processDecision<EvaluationEventBody>({
    events: [event],
    schedule: [
      ...told(state, 'evaluation-result', subjectSeats(state, one), {
        atMs: cause.receivedAtMs,
        by: cause.actor.seat,
        facts: resultFacts(after),
      }),
      ...told(state, 'evaluation-confirm-request', confirmers, {
        atMs: cause.receivedAtMs,
        by: cause.actor.seat,
        facts: resultFacts(after),
        clauses: rules.confirmClauses,
      }),
    ],
  });
}

/** The end of the days in which those evaluated may object, from the day of the result; null: none are agreed. */
function objectionsUntil({ input }: EvaluationState, atMs: Instant): Due | null {
  const { rules, calendar, zone } = input;
  if (rules.objectionDays === null) return null;
  const { dueAtMs, localDate } = dueAfterDays(localDateAt(zone, atMs), rules.objectionDays, WINDOW, calendar, zone);
  return { dueAtMs, localDate };
}

function notConcluding(state: EvaluationState, actor: Actor): Rejection | undefined {
  const { organiser, scorers } = state.input.rules;
  return actor.seat === COORDINATOR ? undefined : notBy(state, actor, [organiser, ...scorers]);
}

/** A year is evaluated by its surveys: not before the last of them can have been held (S001b-07). */
function surveysAhead({ input }: EvaluationState, atMs: Instant): Rejection | undefined {
  const { rules, period, zone, reference } = input;
  if (rules.surveys === null || rules.surveys.count < 2) return undefined;
  const { count } = rules.surveys;
  const lastBeginsMs = period.fromMs + Math.floor(((period.toMs - period.fromMs) * (count - 1)) / count);
  if (atMs >= lastBeginsMs) return undefined;
  return {
    rejected: 'not-open-yet',
    message: `${reference} rests on ${count} surveys: the last of them begins about ${localDateAt(zone, lastBeginsMs)}`,
    clauses: rules.clauses,
  };
}

/** What people have not scored; figures and words where both are mandatory (S001b-60, S001c-42); targets that are not judged. */
function missingOf(scheme: CompiledScheme, one: Evaluated, rules: CompiledEvaluation): Rejection | undefined {
  const clauses = rules.clauses;
  const isScored = (id: string): boolean => one.scores.some(({ indicator }) => indicator === id);
  // What has no weight is still said where words are mandatory beside figures.
  const asked = rules.bothMeasures
    ? scheme.indicators.filter(({ bonus, weight }) => !bonus && weight !== null)
    : [...weighed(scheme), ...scheme.indicators.filter(({ knockout, weight }) => knockout && Number(weight) === 0)];
  const open = asked
    .filter((indicator) => !isComputed(indicator) && !isScored(indicator.id) && !one.leftOut.includes(indicator.id))
    .map(({ id }) => id);
  if (open.length > 0) {
    return {
      rejected: 'score-missing',
      message: `${one.subject}: ${open.join(', ')} is not scored; score it, or leave it out with a reason`,
      clauses,
    };
  }
  if (rules.bothMeasures) {
    const has = (measure: string): boolean =>
      scheme.indicators.some(
        (indicator) => indicator.measure === measure && (isScored(indicator.id) || isComputed(indicator)),
      );
    if (!has('quantitative') || !has('qualitative')) {
      return {
        rejected: 'score-missing',
        message: `${one.subject}: both figures and an assessment in words are needed`,
        clauses,
      };
    }
  }
  const test = scheme.tests.find((asked) => asked.test === 'targets-met');
  if (test && (test.targets ?? 0) > 0 && one.targets === null) {
    return {
      rejected: 'score-missing',
      message: `${one.subject}: say which of the ${test.targets ?? 0} targets were met`,
      clauses: test.clauses,
    };
  }
  return undefined;
}

/** Whether recorded figures of somebody are still to be gathered, up to this instant or the end of the period. */
function awaitsFigures(
  { input }: EvaluationState,
  scheme: CompiledScheme,
  { scores, leftOut, gatheredUntilMs = null }: Evaluated,
  atMs: Instant,
): boolean {
  const isGathered = gatheredUntilMs !== null && gatheredUntilMs >= Math.min(input.period.toMs, atMs);
  const isScored = (id: string): boolean => scores.some(({ indicator, by }) => indicator === id && by !== GATHERED);
  return (
    !isGathered && weighed(scheme).some((one) => isComputed(one) && !leftOut.includes(one.id) && !isScored(one.id))
  );
}

/** Those evaluated object within their days; the reason is in Postgres. At equal instants time goes first. */
export function object(command: Command<'object'>, state: EvaluationState): Decision | Rejection {
  const { actor, indicator = null, documents, receivedAtMs } = command;
  const { rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  const one = evaluatedOf(state, command.subject);
  if ('rejected' in one) return one;
  if (rules.objectionDays === null) return notProvided('objection to an evaluation');
  if (one.concludedAtMs === null) return notConcluded(state, one);
  const others = notOwn(state, actor, one);
  if (others) return others;
  if (one.objectionsUntil === null || receivedAtMs >= one.objectionsUntil.dueAtMs || one.finalAtMs !== null) {
    return {
      rejected: 'objection-closed',
      message: `objections could be made until ${one.objectionsUntil?.localDate ?? 'then'}`,
      clauses: rules.objectionClauses,
    };
  }
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  const known = indicator === null ? null : indicatorOf(scheme, indicator);
  if (known && 'rejected' in known) return known;
  const waits = one.objections.some((o) => o.verdict === null && o.indicator === indicator);
  if (waits) return { rejected: 'already-objected', message: `${one.subject} has objected to this already` };
  const objection = `objection-${one.objections.length + 1}`;
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, rules.objectionClauses),
        type: 'evaluation-objected',
        subject: one.subject,
        objection,
        indicator,
        documents,
      },
    ],
    schedule: told(state, 'evaluation-objected', [rules.organiser, ...rules.scorers, COORDINATOR], {
      atMs: receivedAtMs,
      by: actor.seat,
      facts: { ...resultFacts(one), ...(indicator === null ? {} : { dimension: indicator }) },
      clauses: rules.objectionClauses,
    }),
  });
}

/** What becomes of an objection: whoever organises or scores says so, never those evaluated. */
export function answer(command: Command<'answer'>, state: EvaluationState): Decision | Rejection {
  const { actor, objection: id, verdict, receivedAtMs } = command;
  const { rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  const one = objectedOf(state, command.subject, id);
  if ('rejected' in one) return one;
  const refused =
    notBy(state, actor, [rules.organiser, ...rules.scorers, ...(rules.confirmer === null ? [] : [rules.confirmer])]) ??
    ownResult(state, actor, one, 'answers the objection');
  if (refused) return refused;
  const found = one.objections.find((o) => (id === undefined ? o.verdict === null : o.id === id));
  if (!found) return { rejected: 'unknown-item', message: `${one.subject}: no objection waits for an answer` };
  if (found.verdict !== null) return { rejected: 'objection-closed', message: `${found.id} was answered` };
  const event: EvaluationEventBody = {
    ...causeOf(state, command, rules.objectionClauses),
    type: 'evaluation-objection-answered',
    subject: one.subject,
    objection: found.id,
    verdict,
  };
  return processDecision<EvaluationEventBody>({
    events: [event],
    schedule: told(state, 'evaluation-objection-answered', subjectSeats(state, one), {
      atMs: receivedAtMs,
      by: actor.seat,
      facts: { ...resultFacts(one), status: verdict },
      clauses: rules.objectionClauses,
    }),
  });
}

/** Of several, the one whose objection waits where nobody is named. */
function objectedOf(
  state: EvaluationState,
  subject: string | undefined,
  objection: string | undefined,
): Evaluated | Rejection {
  if (subject !== undefined || state.subjects.length === 1) return evaluatedOf(state, subject);
  const waits = state.subjects.find((one) =>
    one.objections.some((o) => (objection === undefined ? o.verdict === null : o.id === objection)),
  );
  return waits ?? evaluatedOf(state, subject);
}

/**
 * Another value before the result is final, or one of what had been left out: by whoever organises, scores or confirms, or the
 * coordinator; never by whoever scored it (or left it out), nor by those evaluated. An objection to it that was waiting is upheld
 * by this.
 */
export function correct(command: Command<'correct'>, state: EvaluationState): Decision | Rejection {
  const { actor, indicator: id, value, documents, receivedAtMs } = command;
  const { rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  const one = evaluatedOf(state, command.subject);
  if ('rejected' in one) return one;
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  const indicator = indicatorOf(scheme, id);
  if ('rejected' in indicator) return indicator;
  if (one.concludedAtMs === null) return notConcluded(state, one);
  if (one.finalAtMs !== null) {
    return { rejected: 'objection-closed', message: `${one.subject}: the result is final`, clauses: rules.clauses };
  }
  const refused =
    ownResult(state, actor, one, 'corrects it') ?? notCorrecting(state, actor) ?? notOnScale(value, indicator);
  if (refused) return refused;
  const clauses = rules.objectionClauses.length > 0 ? rules.objectionClauses : rules.clauses;
  const before = one.scores.find((score) => score.indicator === id);
  if ((before?.by ?? one.leftOutBy?.[id]) === actor.personId) {
    const what = before ? 'scored' : 'left out';
    return {
      rejected: 'second-person',
      message: `${id} was ${what} by the same person: somebody else corrects it`,
      clauses,
    };
  }
  if (before?.value === value) return { rejected: 'nothing-changes', message: `${id} is ${value} already` };
  const upheld = one.objections
    .filter((o) => o.verdict === null && (o.indicator === id || o.indicator === null))
    .map((o): EvaluationEventBody => ({
      ...causeOf(state, command, clauses),
      type: 'evaluation-objection-answered',
      subject: one.subject,
      objection: o.id,
      verdict: 'uphold',
    }));
  const change = { indicator: id, value, documents, actor, occurredAtMs: receivedAtMs };
  const result = resultOf(scheme, corrected(one, change), state);
  const event: EvaluationEventBody = {
    ...causeOf(state, command, clauses),
    type: 'evaluation-score-corrected',
    subject: one.subject,
    indicator: id,
    from: before?.value ?? null,
    value,
    documents,
    ...result,
  };
  return processDecision<EvaluationEventBody>({
    events: [...upheld, event],
    schedule: told(state, 'evaluation-corrected', [...subjectSeats(state, one), rules.organiser, ...rules.scorers], {
      atMs: receivedAtMs,
      by: actor.seat,
      facts: { ...resultFacts({ ...one, ...result }), dimension: id },
      clauses,
    }),
  });
}

function notCorrecting(state: EvaluationState, actor: Actor): Rejection | undefined {
  const { organiser, scorers, confirmer } = state.input.rules;
  if (actor.seat === COORDINATOR && actor.onBehalfOf === undefined) return undefined;
  return notBy(state, actor, [organiser, ...scorers, ...(confirmer === null ? [] : [confirmer])]);
}

/** A second person confirms what others scored and corrected (S002-27, S001c-43). */
export function confirm(command: Command<'confirm'>, state: EvaluationState): Decision | Rejection {
  const { actor } = command;
  const { rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  if (rules.confirmer === null) return notProvided('confirmation of a result');
  const one = evaluatedOf(state, command.subject);
  if ('rejected' in one) return one;
  if (one.concludedAtMs === null) return notConcluded(state, one);
  const refused = notBy(state, actor, [rules.confirmer]) ?? ownResult(state, actor, one, 'confirms it');
  if (refused) return refused;
  if (one.confirmedBy !== null) {
    return { rejected: 'already-approved', message: `${one.subject}: the result is confirmed` };
  }
  const made = one.scores.flatMap(({ by, corrected: change }) => [by, change?.by]);
  if (made.includes(actor.personId)) {
    return {
      rejected: 'second-person',
      message: `${one.subject}: whoever scored or corrected does not confirm it`,
      clauses: rules.confirmClauses,
    };
  }
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command, rules.confirmClauses), type: 'evaluation-confirmed', subject: one.subject }],
  });
}

export function notConcluded({ input }: EvaluationState, { subject }: Evaluated): Rejection {
  return { rejected: 'not-concluded', message: `${input.reference}: ${subject} has no result yet` };
}

/** Whether nothing keeps a result from being final: the window is over, every objection answered, and confirmed where asked. */
export function isSettled(one: Evaluated, { confirmer }: CompiledEvaluation, atMs: Instant): boolean {
  if (one.concludedAtMs === null || one.finalAtMs !== null) return false;
  const isOpen = one.objectionsUntil !== null && atMs < one.objectionsUntil.dueAtMs;
  const waits = one.objections.some(({ settled }) => !settled);
  return !isOpen && !waits && (confirmer === null || one.confirmedBy !== null);
}

/** Results that have become final by this instant, with what is proposed for each. */
export function finalised(state: EvaluationState, atMs: Instant): EvaluationEventBody[] {
  const { input, subjects } = state;
  return subjects
    .filter((one) => isSettled(one, input.rules, atMs))
    .map((one) => ({
      ...causeOf(state, { receivedAtMs: atMs, actor: CLOCK, id: '' }),
      type: 'evaluation-finalised',
      subject: one.subject,
      consequences: proposed(state, one),
    }));
}

/** What bands, tests and the contract propose; nothing of it happens by itself (S003-E-10, S002-28). */
export function proposed({ input, scheme }: EvaluationState, one: Evaluated): Consequence[] {
  const { rules } = input;
  const band = one.total === null || scheme === null ? undefined : bandOf(one.total, scheme.bands);
  const failed = one.tests.some(({ test, passed }) => test === 'pass-mark' && passed === false);
  const listed: { kind: ConsequenceKind; from: string; amount: string | null }[] = [
    ...(band?.consequence ? [{ kind: band.consequence, from: band.id, amount: band.amount }] : []),
    // What caps the total may be penalised, whatever the band says (S003-E-09).
    ...(one.cappedBy != null && band?.consequence !== 'deduction'
      ? [{ kind: 'deduction' as const, from: one.cappedBy, amount: null }]
      : []),
    ...(one.bonus !== null && Number(one.bonus) > 0 ? [{ kind: 'reward' as const, from: 'bonus', amount: null }] : []),
    ...(failed ? [{ kind: 'improvement-plan' as const, from: 'pass-mark', amount: null }] : []),
    ...rules.proposes.map(({ consequence }) => ({ kind: consequence, from: 'contract', amount: null })),
    ...rules.followUps.map(({ consequence }) => ({ kind: consequence, from: 'follow-up', amount: null })),
  ];
  const unique = listed.filter(
    (item, index) => listed.findIndex(({ kind, from }) => kind === item.kind && from === item.from) === index,
  );
  return unique.map(({ kind, from, amount }, index) => ({
    ...{ id: `consequence-${index + 1}`, kind, from, amount },
    ...{ verdict: null, decidedBy: null, decidedAtMs: null, workflowId: null },
  }));
}

/** Final results are opened to those whom the contract names (S001b-61). */
export function publish(command: Command<'publish'>, state: EvaluationState): Decision | Rejection {
  const { input, subjects, publishedAtMs } = state;
  const { rules } = input;
  const refused = notAlive(state) ?? notOrganising(state, command.actor);
  if (refused) return refused;
  if (rules.publishTo.length === 0) return notProvided('publication of an evaluation');
  if (publishedAtMs !== null) return { rejected: 'already-published', message: `${input.reference} is published` };
  const open = subjects.filter(({ finalAtMs }) => finalAtMs === null).map(({ subject }) => subject);
  if (subjects.length === 0 || open.length > 0) {
    return {
      rejected: 'not-final',
      message: `${input.reference}: ${open.join(', ') || 'nobody'} has no final result yet`,
      clauses: rules.publishClauses,
    };
  }
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command, rules.publishClauses), type: 'evaluation-published' }],
    schedule: told(state, 'evaluation-published', rules.publishTo, {
      atMs: command.receivedAtMs,
      by: command.actor.seat,
      clauses: rules.publishClauses,
    }),
  });
}
