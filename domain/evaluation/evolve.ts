import type { EvaluationEvent } from './event.ts';
import type { Actor, DocumentRef } from '../agreement/command.ts';
import type { Instant } from '../time.ts';
import type { Concluding, Evaluated, EvaluationState, EvaluationStatus, Score } from './state.ts';
import { weighedBy } from './scheme.ts';
import { unacknowledged } from './standing.ts';

/** Somebody before anything was scored. */
export function newlyEvaluated(subject: string, selfAssessment: boolean): Evaluated {
  return {
    subject,
    personId: null,
    stage: selfAssessment ? 'self' : 'manager',
    scores: [],
    leftOut: [],
    leftOutBy: {},
    gatheredUntilMs: null,
    tooFew: [],
    selfAssessed: [],
    selfAssessedAtMs: null,
    targets: null,
    thirdParty: null,
    total: null,
    cappedBy: null,
    bonus: null,
    breakdown: [],
    band: null,
    tests: [],
    verdict: null,
    concludedAtMs: null,
    objectionsUntil: null,
    objections: [],
    confirmedBy: null,
    finalAtMs: null,
    consequences: [],
    late: null,
    explainedAtMs: null,
  };
}

export function evolve(state: EvaluationState, event: EvaluationEvent): EvaluationState {
  const after = folded(state, event);
  return { ...after, status: statusOf(after, event) };
}

function folded(state: EvaluationState, event: EvaluationEvent): EvaluationState {
  const { selfAssessment } = state.input.rules;
  switch (event.type) {
    case 'evaluation-started':
      return { ...state, subjects: event.subjects.map((one) => newlyEvaluated(one, selfAssessment)) };
    case 'evaluation-scheme-missing':
      return { ...state, schemeMissing: true };
    case 'evaluation-scheme-set':
      return { ...state, scheme: event.scheme, schemeMissing: event.scheme === null };
    case 'evaluation-subject-enrolled': {
      const { subject, item, lateMinutes, personId = null } = event;
      const late = item === undefined ? null : { item, minutes: lateMinutes ?? 0 };
      return {
        ...state,
        subjects: [...state.subjects, { ...newlyEvaluated(subject, selfAssessment), late, personId }],
      };
    }
    case 'evaluation-scheme-acknowledged': {
      const { seat, version, occurredAtMs: atMs, actor } = event;
      return {
        ...state,
        acknowledgedBy: [...state.acknowledgedBy, { seat, version, atMs, personId: actor.personId }],
      };
    }
    case 'evaluation-figures-asked': {
      const { subject, actor, commandId = '', occurredAtMs: atMs } = event;
      const concluding = subject === undefined ? awaiting(state) : without(state, subject);
      const asked = {
        untilMs: Math.min(state.input.period.toMs, atMs),
        subjects: state.subjects.map((one) => one.subject),
      };
      return {
        ...state,
        gathering: true,
        asked: state.gathering ? (state.asked ?? null) : asked,
        concluding: subject === undefined ? concluding : [...concluding, { subject, actor, commandId, atMs }],
      };
    }
    case 'evaluation-figures-gathered':
      return withFigures(state, event);
    case 'evaluation-completed':
      return { ...state, completedAtMs: event.occurredAtMs };
    case 'evaluation-published':
      return { ...state, publishedAtMs: event.occurredAtMs, publishedBy: event.actor };
    case 'evaluation-previous-known': {
      const { figures: previous, weights } = event;
      return { ...state, previous, scheme: weighedBy(state.scheme, weights) };
    }
    case 'evaluation-agreement-ended':
      return { ...state, agreementEnded: true };
    case 'evaluation-due-moved':
      return { ...state, due: event.due, overdue: false };
    case 'evaluation-overdue':
      return { ...state, overdue: true };
    case 'evaluation-duty-done':
      return { ...state, dutyDone: true };
    case 'evaluation-ended':
      return state;
    case 'evaluation-concluded':
      return { ...ofOne(state, event), concluding: without(state, event.subject), concludedBy: event.actor };
    case 'evaluation-finalised':
    case 'evaluation-consequence-decided': {
      const after = ofOne(state, event);
      return { ...after, decided: state.decided || isDecided(after) };
    }
    default:
      return ofOne(state, event);
  }
}

/** Every result is final, and everything that was proposed of any is decided. */
function isDecided({ subjects }: EvaluationState): boolean {
  const all = subjects.flatMap(({ consequences }) => consequences);
  return (
    all.length > 0 &&
    all.every(({ verdict }) => verdict !== null) &&
    subjects.every(({ finalAtMs }) => finalAtMs !== null)
  );
}

/** Conclusions that wait for figures, in the order in which they were asked for. */
export function awaiting({ concluding }: Pick<EvaluationState, 'concluding'>): Concluding[] {
  return [concluding ?? []].flat();
}

function without(state: EvaluationState, subject: string): Concluding[] {
  return awaiting(state).filter((one) => one.subject !== subject);
}

type OfOne = Extract<EvaluationEvent, { subject: string }>;

function ofOne(state: EvaluationState, event: OfOne): EvaluationState {
  return {
    ...state,
    subjects: state.subjects.map((one) => (one.subject === event.subject ? evolveOne(one, event, state) : one)),
  };
}

function evolveOne(one: Evaluated, event: OfOne, { input }: EvaluationState): Evaluated {
  switch (event.type) {
    case 'evaluation-scored': {
      const { indicator, value, evidence, documents, actor, occurredAtMs: atMs } = event;
      const score: Score = {
        ...{ indicator, value, evidence, documents, atMs, by: actor.personId, seat: actor.seat },
        ...{ sources: [], count: null, corrected: null },
      };
      return {
        ...one,
        scores: replaced(one.scores, score),
        leftOut: one.leftOut.filter((id) => id !== indicator),
        tooFew: one.tooFew.filter((id) => id !== indicator),
      };
    }
    case 'evaluation-indicator-left-out':
      return {
        ...one,
        scores: one.scores.filter(({ indicator }) => indicator !== event.indicator),
        leftOut: [...one.leftOut.filter((id) => id !== event.indicator), event.indicator],
        leftOutBy: { ...one.leftOutBy, [event.indicator]: event.actor.personId },
        tooFew: one.tooFew.filter((id) => id !== event.indicator),
      };
    case 'evaluation-self-assessed': {
      const { indicator, value, occurredAtMs: selfAssessedAtMs } = event;
      const others = one.selfAssessed.filter((said) => said.indicator !== indicator);
      const stage = one.stage === 'self' ? ('manager' as const) : one.stage;
      return { ...one, stage, selfAssessed: [...others, { indicator, value }], selfAssessedAtMs };
    }
    case 'evaluation-targets-judged':
      return { ...one, targets: { met: event.met, missed: event.missed } };
    case 'evaluation-third-party-taken':
      return { ...one, thirdParty: event.passed };
    case 'evaluation-concluded': {
      const { occurredAtMs: concludedAtMs, objectionsUntil } = event;
      const until = objectionsUntil ?? null;
      const stage = until === null && input.rules.confirmer !== null ? 'review' : 'provisional';
      return { ...one, ...resultIn(event), stage, concludedAtMs, objectionsUntil: until };
    }
    case 'evaluation-objected': {
      const { objection: id, indicator, occurredAtMs: atMs, actor } = event;
      const objection = { id, indicator, atMs, by: actor.seat, verdict: null, answeredBy: null, settled: false };
      return { ...one, objections: [...one.objections, objection] };
    }
    case 'evaluation-objection-answered': {
      const { objection, verdict, actor } = event;
      const answered = { verdict, answeredBy: actor.seat, settled: verdict === 'reject' };
      return { ...one, objections: one.objections.map((o) => (o.id === objection ? { ...o, ...answered } : o)) };
    }
    case 'evaluation-score-corrected': {
      const { indicator } = event;
      const objections = one.objections.map((o) =>
        o.verdict === 'uphold' && (o.indicator === null || o.indicator === indicator) ? { ...o, settled: true } : o,
      );
      // What was confirmed was another result.
      return { ...corrected(one, event), ...resultIn(event), objections, confirmedBy: null };
    }
    case 'evaluation-confirmed':
      return { ...one, confirmedBy: event.actor.personId };
    case 'evaluation-finalised':
      return { ...one, stage: 'final', finalAtMs: event.occurredAtMs, consequences: event.consequences };
    case 'evaluation-consequence-proposed':
      return { ...one, consequences: [...one.consequences, event.consequence] };
    case 'evaluation-consequence-decided': {
      const { consequence, verdict, amount, workflowId, occurredAtMs: decidedAtMs, actor } = event;
      const decided = { verdict, amount, workflowId, decidedAtMs, decidedBy: actor.seat };
      return { ...one, consequences: one.consequences.map((c) => (c.id === consequence ? { ...c, ...decided } : c)) };
    }
    case 'evaluation-explained':
      return { ...one, explainedAtMs: event.occurredAtMs };
    case 'evaluation-subject-enrolled':
      return one;
  }
}

function resultIn(event: Extract<OfOne, { type: 'evaluation-concluded' | 'evaluation-score-corrected' }>) {
  const { total, cappedBy = null, bonus, breakdown, leftOut, tooFew, band, tests, verdict } = event;
  return { total, cappedBy, bonus, breakdown, leftOut, tooFew, band, tests, verdict };
}

/** Scores with another value of one of them; of what had been left out, with one more. */
export function corrected<One extends Pick<Evaluated, 'scores' | 'leftOut' | 'tooFew'>>(
  one: One,
  change: { indicator: string; value: string; documents: DocumentRef[]; actor: Actor; occurredAtMs: Instant },
): One {
  const { indicator, value, documents, actor, occurredAtMs: atMs } = change;
  const before = one.scores.find((score) => score.indicator === indicator);
  const by = { by: actor.personId, atMs };
  const added: Score = {
    ...{ indicator, value, evidence: [], documents, ...by, seat: actor.seat, sources: [], count: null },
    corrected: { from: null, ...by },
  };
  const changed = (score: Score): Score =>
    score.indicator === indicator
      ? { ...score, value, documents: [...score.documents, ...documents], corrected: { from: score.value, ...by } }
      : score;
  return {
    ...one,
    scores: before ? one.scores.map(changed) : [...one.scores, added],
    leftOut: one.leftOut.filter((id) => id !== indicator),
    tooFew: one.tooFew.filter((id) => id !== indicator),
  };
}

function replaced(scores: readonly Score[], score: Score): Score[] {
  return [...scores.filter(({ indicator }) => indicator !== score.indicator), score];
}

/** Recorded figures become scores of those that are not concluded; what people scored stays theirs. */
function withFigures(
  state: EvaluationState,
  event: Extract<EvaluationEvent, { type: 'evaluation-figures-gathered' }>,
): EvaluationState {
  const { figures, surveys, weights, occurredAtMs: atMs } = event;
  const { untilMs, subjects: asked } = state.asked ?? {
    untilMs: Math.min(state.input.period.toMs, atMs),
    subjects: state.subjects.map(({ subject }) => subject),
  };
  const subjects = state.subjects.map((one) => {
    if (one.concludedAtMs !== null || !asked.includes(one.subject)) return one;
    const own = figures.filter(
      ({ subject, indicator }) => (subject === null || subject === one.subject) && !one.leftOut.includes(indicator),
    );
    const free = own.filter(({ indicator }) =>
      one.scores.every((score) => score.indicator !== indicator || score.by === GATHERED),
    );
    const scores = free.flatMap(({ indicator, value, count, sources }): Score[] =>
      value === null
        ? []
        : [
            {
              ...{ indicator, value, evidence: ['record'], documents: [], by: GATHERED, seat: GATHERED, atMs },
              ...{ sources, count, corrected: null },
            },
          ],
    );
    const ids = free.map(({ indicator }) => indicator);
    return {
      ...one,
      scores: [...one.scores.filter(({ indicator }) => !ids.includes(indicator)), ...scores],
      tooFew: free.filter(({ value, count }) => value === null && count > 0).map(({ indicator }) => indicator),
      gatheredUntilMs: untilMs,
    };
  });
  return { ...state, gathering: false, asked: null, gatheredAtMs: atMs, surveys, nextWeights: weights, subjects };
}

/** In place of a person: the recorded figures themselves. */
export const GATHERED = 'gathered';

function statusOf(state: EvaluationState, event: EvaluationEvent): EvaluationStatus {
  if (event.type === 'evaluation-ended') return 'ended';
  if (state.status === 'ended') return 'ended';
  if (state.completedAtMs !== null) return 'complete';
  if (state.publishedAtMs !== null) return 'published';
  const { subjects, input } = state;
  const isListed = input.rules.form === 'accountability';
  if (subjects.length > 0 && subjects.every(({ finalAtMs }) => finalAtMs !== null)) return 'final';
  if (subjects.length > 0 && subjects.every(({ concludedAtMs }) => concludedAtMs !== null)) return 'provisional';
  if (!isListed && (state.scheme === null || subjects.length === 0)) return 'preparing';
  if (!isListed && unacknowledged(state).length > 0) return 'acknowledging';
  return 'scoring';
}
