import { Big } from 'big.js';
import { notProvided } from '../agreement/part.ts';
import { answersFor } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { EvaluationPersonCommand } from './command.ts';
import type { CompiledIndicator } from './compiled.ts';
import { acknowledgementHandedIn, gathering, isComputed } from './errands.ts';
import type { EvaluationEventBody } from './event.ts';
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
import type { Evaluated, EvaluationState } from './state.ts';
import { subjectSeats, told } from './telling.ts';

export type Command<T extends EvaluationPersonCommand['type']> = Extract<EvaluationPersonCommand, { type: T }>;
export type Decision = ProcessDecision<EvaluationEventBody>;

/** As many people as anybody appraises at once. */
const MOST_SUBJECTS = 200;

/** Somebody more is evaluated in this period; whoever is evaluated already is not counted twice. */
export function enrol(command: Command<'enrol'>, state: EvaluationState): Decision | Rejection {
  const { input, subjects } = state;
  const { rules } = input;
  const { subject, item, lateMinutes, personId } = command;
  const refused = notAlive(state) ?? notOrganising(state, command.actor);
  if (refused) return refused;
  if (rules.subjects.length > 0) {
    return {
      rejected: 'not-provided',
      message: `${input.reference} evaluates ${rules.subjects.join(', ')} and nobody else`,
    };
  }
  const name = item === undefined ? subject : `${subject}/${item}`;
  if (subjects.some((one) => one.subject === name)) {
    return { rejected: 'name-taken', message: `${input.reference} evaluates ${name} already` };
  }
  if (rules.form === 'accountability' && (item === undefined || lateMinutes === undefined || lateMinutes <= 0)) {
    return {
      rejected: 'evidence-missing',
      message: 'a late response is listed with the case and how late it was (item, lateMinutes)',
      clauses: rules.clauses,
    };
  }
  if (subjects.length >= MOST_SUBJECTS) {
    return { rejected: 'too-many', message: `at most ${MOST_SUBJECTS} are evaluated at once` };
  }
  const listed = item === undefined ? {} : { item, lateMinutes: lateMinutes ?? 0 };
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command),
        type: 'evaluation-subject-enrolled',
        subject: name,
        ...(personId === undefined ? {} : { personId }),
        ...listed,
      },
    ],
    schedule:
      item === undefined
        ? []
        : told(state, 'evaluation-explanation-request', [...subjectSeats(state, { subject }), rules.decider], {
            atMs: command.receivedAtMs,
            by: command.actor.seat,
            facts: { about: name },
          }),
  });
}

/** The seats that must take note of the scheme do so, each of the version in force (S003-E-11). */
export function acknowledge(command: Command<'acknowledge'>, state: EvaluationState): Decision | Rejection {
  const { input, acknowledgedBy } = state;
  const { rules } = input;
  const { actor, documents, version } = command;
  const over = notAlive(state);
  if (over) return over;
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  if (rules.acknowledgers.length === 0) return notProvided('acknowledgement of a scheme');
  if (version !== undefined && version !== scheme.version) {
    return { rejected: 'scheme-not-acknowledged', message: `scheme ${scheme.version} is in force, not ${version}` };
  }
  const own = rules.acknowledgers.filter((seat) => answersFor(input, actor, seat));
  if (own.length === 0) return notBy(state, actor, rules.acknowledgers) ?? notProvided('acknowledgement of a scheme');
  const fresh = own.filter(
    (seat) => !acknowledgedBy.some((one) => one.seat === seat && one.version === scheme.version),
  );
  return processDecision<EvaluationEventBody>({
    events: fresh.map((seat) => ({
      ...causeOf(state, command, rules.acknowledgeClauses),
      type: 'evaluation-scheme-acknowledged',
      seat,
      version: scheme.version,
      documents,
    })),
    errands: fresh.flatMap((seat) => acknowledgementHandedIn(state, seat, command)),
  });
}

/** Figures are asked for before the period's end, or once more. */
export function gather(command: Command<'gather'>, state: EvaluationState): Decision | Rejection {
  const refused = notAlive(state) ?? notOrganising(state, command.actor) ?? notReady(state);
  if (refused) return refused;
  if (state.subjects.every(({ concludedAtMs }) => concludedAtMs !== null)) return alreadyConcluded(state);
  if (state.gathering) return processDecision({});
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-figures-asked' }],
    errands: gathering(state, command.receivedAtMs),
  });
}

/** A score within its scale, with its record (S003-E-11): by whom the contract lets score, and never by those evaluated. */
export function score(command: Command<'score'>, state: EvaluationState): Decision | Rejection {
  const { value, evidence, documents, hasRecord } = command;
  const at = openScore(command, state);
  if ('rejected' in at) return at;
  const { one, indicator } = at;
  const wrong = notOnScale(value, indicator);
  if (wrong) return wrong;
  const known = evidence.filter((kind) => indicator.evidence.length === 0 || indicator.evidence.includes(kind));
  if (documents.length === 0 && !hasRecord && known.length === 0) {
    const kinds = indicator.evidence.length > 0 ? ` (${indicator.evidence.join(', ')})` : '';
    return {
      rejected: 'evidence-missing',
      message: `${indicator.id} is scored with a record${kinds}`,
      clauses: indicator.clauses,
    };
  }
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, indicator.clauses),
        type: 'evaluation-scored',
        subject: one.subject,
        indicator: indicator.id,
        value,
        evidence: known,
        documents,
      },
    ],
  });
}

/** Nothing happened that it could measure: the others share its weight, and nobody is scored zero for it. */
export function leaveOut(command: Command<'leave-out'>, state: EvaluationState): Decision | Rejection {
  const at = openScore(command, state);
  if ('rejected' in at) return at;
  const { one, indicator } = at;
  if (one.leftOut.includes(indicator.id)) return processDecision({});
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, indicator.clauses),
        type: 'evaluation-indicator-left-out',
        subject: one.subject,
        indicator: indicator.id,
      },
    ],
  });
}

/** How those evaluated see it themselves: the first of the fixed states (S001c-43). It scores nothing. */
export function selfAssess(command: Command<'self-assess'>, state: EvaluationState): Decision | Rejection {
  const { input } = state;
  const { indicator = null, value = null, subject, actor } = command;
  const refused = notAlive(state) ?? (input.rules.selfAssessment ? notReady(state) : notProvided('self-assessment'));
  if (refused) return refused;
  const one = evaluatedOf(state, subject);
  if ('rejected' in one) return one;
  const others = notOwn(state, actor, one);
  if (others) return others;
  if (one.concludedAtMs !== null) return alreadyConcluded(state);
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  const rule = indicator === null ? null : indicatorOf(scheme, indicator);
  if (rule && 'rejected' in rule) return rule;
  const wrong = rule && value !== null ? notOnScale(value, rule) : undefined;
  if (wrong) return wrong;
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-self-assessed', subject: one.subject, indicator, value }],
  });
}

/** Each target of performance is found met or missed (S003-N-07). */
export function judgeTargets(command: Command<'judge-targets'>, state: EvaluationState): Decision | Rejection {
  const { met, missed, documents } = command;
  const at = openSubject(command, state);
  if ('rejected' in at) return at;
  const test = state.scheme?.tests.find((one) => one.test === 'targets-met');
  if (!test) return notProvided('targets of performance');
  const numbers = [...met, ...missed];
  const expected = test.targets ?? 0;
  const isEach = numbers.length === expected && new Set(numbers).size === expected;
  if (!isEach || numbers.some((number) => number < 1 || number > expected)) {
    return {
      rejected: 'score-missing',
      message: `there are ${expected} targets: say of each one, by number, whether it was met`,
      clauses: test.clauses,
    };
  }
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, test.clauses),
        type: 'evaluation-targets-judged',
        subject: at.subject,
        met,
        missed,
        documents,
      },
    ],
  });
}

/** A third party's assessment counts as one more test where it was brought in (S003-N-09). */
export function takeThirdParty(command: Command<'third-party'>, state: EvaluationState): Decision | Rejection {
  const at = openSubject(command, state);
  if ('rejected' in at) return at;
  const test = state.scheme?.tests.find((one) => one.test === 'third-party');
  if (!test) return notProvided('assessment by a third party');
  if (command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'an assessment is taken in with its file', clauses: test.clauses };
  }
  const { passed, documents } = command;
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, test.clauses),
        type: 'evaluation-third-party-taken',
        subject: at.subject,
        passed,
        documents,
      },
    ],
  });
}

/** Whoever scores may, of somebody else who is not concluded yet. */
function openSubject(
  { actor, subject }: Pick<Command<'score'>, 'actor' | 'subject'>,
  state: EvaluationState,
): Evaluated | Rejection {
  const refused = notAlive(state) ?? notBy(state, actor, state.input.rules.scorers) ?? notReady(state);
  if (refused) return refused;
  const one = evaluatedOf(state, subject);
  if ('rejected' in one) return one;
  const own = ownResult(state, actor, one, 'scores');
  if (own) return own;
  if (one.concludedAtMs !== null) return alreadyConcluded(state);
  if (one.stage !== 'self') return one;
  return {
    rejected: 'score-missing',
    message: `${one.subject} assesses itself first`,
    clauses: state.input.rules.clauses,
  };
}

function openScore(
  command: Pick<Command<'score'>, 'actor' | 'subject' | 'indicator'>,
  state: EvaluationState,
): { one: Evaluated; indicator: CompiledIndicator } | Rejection {
  const one = openSubject(command, state);
  if ('rejected' in one) return one;
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  const indicator = indicatorOf(scheme, command.indicator);
  if ('rejected' in indicator) return indicator;
  // A year's figures are those of its surveys, and nobody's own (S001b-07).
  if (state.input.rules.surveys !== null && isComputed(indicator)) {
    return {
      rejected: 'not-provided',
      message: `${indicator.id} is computed from the surveys of the period: nobody enters it`,
      clauses: state.input.rules.clauses,
    };
  }
  return { one, indicator };
}

/** Why a value is none of this indicator. */
export function notOnScale(
  value: string,
  { id, scale }: { id: string; scale: { min: string; max: string } },
): Rejection | undefined {
  if (/^-?\d{1,9}(?:\.\d{1,6})?$/.test(value) && new Big(value).gte(scale.min) && new Big(value).lte(scale.max)) {
    return undefined;
  }
  return {
    rejected: 'score-invalid',
    message: `${id} is scored from ${scale.min} to ${scale.max}, not ${JSON.stringify(value)}`,
  };
}

export function alreadyConcluded({ input }: EvaluationState): Rejection {
  return {
    rejected: 'already-concluded',
    message: `${input.reference} has its result: a score is corrected with a reason, by a second person`,
    clauses: input.rules.clauses,
  };
}
