import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addDays } from '../local-date.ts';
import { processDecision } from '../process/fold.ts';
import type { LocalDate } from '../time.ts';
import { improvementStarted } from '../survey/finding.ts';
import { localDateAt } from '../zone.ts';
import { reportImported } from './closing.ts';
import type { EngagementEventBody } from './event.ts';
import { lookedAt } from './evolve.ts';
import {
  type Command,
  type Decision,
  byParty,
  byThird,
  causeOf,
  dayOf,
  dueIn,
  gate,
  isInForce,
  isLost,
  nextName,
  refuse,
  seatsNamed,
  speakerAmong,
  unproven,
} from './standing.ts';
import type { EngagementState, Milestone } from './state.ts';
import { asking, everybody, news, partiesOf } from './telling.ts';

/** The third party undertakes secrecy, or acknowledges the rules of the site: what stands before access (S001c-76). */
export function undertake(command: Command<'undertake'>, state: EngagementState): Decision | Rejection {
  const { input, undertaken } = state;
  const { what, actor, documents } = command;
  const rule = what === 'secrecy' ? input.rules.undertaking : input.rules.siteRules;
  if (rule === null) return notProvided(what === 'secrecy' ? 'undertaking of secrecy' : 'rules of the site');
  const { clauses } = rule;
  if (!byThird(state, actor)) return refuse('not-responsible', 'said by the third party itself', clauses);
  if (documents.length === 0) return refuse('evidence-missing', 'an undertaking is given in writing', clauses);
  if (undertaken.includes(what)) return refuse('already-approved', `${what} is undertaken`, clauses);
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-undertaken', what, documents }],
  });
}

export function access(command: Command<'access'>, state: EngagementState): Decision | Rejection {
  const { input, undertaken } = state;
  const { step, actor, receivedAtMs } = command;
  const { agreement, undertaking, siteRules } = input.rules;
  if (!byParty(state, actor))
    return refuse('not-responsible', 'access is given and taken by the parties', agreement.clauses);
  if (step === 'withdraw') {
    if (state.access !== 'granted') return refuse('gate-closed', 'it has no access', agreement.clauses);
  } else {
    const closed = gate(state, dayOf(input, command));
    if (closed) return closed;
    if (undertaking && !undertaken.includes('secrecy')) {
      return refuse('gate-closed', 'no access before the undertaking of secrecy', undertaking.clauses);
    }
    if (siteRules && !undertaken.includes('site-rules')) {
      return refuse('gate-closed', 'no access before the rules of the site are acknowledged', siteRules.clauses);
    }
    if (state.access === 'granted') return refuse('already-approved', 'it has access', agreement.clauses);
  }
  const type = step === 'grant' ? 'engagement-access-granted' : 'engagement-access-withdrawn';
  const { clauses } = agreement;
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type }],
    schedule: news(state, type, { atMs: receivedAtMs, own: actor.seat, clauses, seats: [input.thirdSeat] }),
  });
}

/** Nothing begins before the agreement is signed and, where notice was to be given, its days have run (S001a-66, S001c-71). */
export function startWork(command: Command<'start-work'>, state: EngagementState): Decision | Rejection {
  const { input, workStartedOn } = state;
  const { actor, receivedAtMs } = command;
  const { clauses } = input.rules.agreement;
  if (!byThird(state, actor) && !byParty(state, actor)) {
    return refuse('not-responsible', 'said by the third party or by one of the parties', clauses);
  }
  const on = dayOf(input, command);
  const closed = gate(state, on);
  if (closed) return closed;
  if (workStartedOn !== null) return refuse('nothing-changes', `work began on ${workStartedOn}`, clauses);
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-work-started', on }],
    schedule: news(state, 'engagement-work-started', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: partiesOf(state),
      facts: { on },
    }),
  });
}

/** Involvement found without a signed agreement is a breach, whoever allowed it (S001a-66). */
export function reportInvolvement(
  command: Command<'report-involvement'>,
  state: EngagementState,
): Decision | Rejection {
  const { input, startsOn } = state;
  const { foundOn, documents, actor, receivedAtMs } = command;
  const { clauses } = input.rules.agreement;
  if (!byParty(state, actor)) return refuse('not-responsible', 'recorded by one of the parties', clauses);
  if (documents.length === 0) return refuse('evidence-missing', 'what was found is shown by a document', clauses);
  const today = dayOf(input, command);
  if (foundOn > today) return refuse('date-out-of-range', `it was found by ${today}`, clauses);
  if (startsOn !== null && foundOn >= startsOn) {
    return refuse('not-breached', `from ${startsOn} on it may be involved`, clauses);
  }
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-breach-recorded', foundOn, by: actor.seat, documents }],
    schedule: news(state, 'engagement-breach-recorded', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: [...partiesOf(state), 'coordinator'],
      facts: { on: foundOn },
    }),
  });
}

/** A task within the scope that was agreed; outside of it there is another application to make (S001a-42, S001b-72). */
export function assign(command: Command<'assign'>, state: EngagementState): Decision | Rejection {
  const { input, tasks } = state;
  const { scope, actor, receivedAtMs } = command;
  const { taskClauses: clauses } = input.rules;
  const names = tasks.map((one) => one.task);
  const task = command.task ?? nextName('task', names);
  if (!byParty(state, actor)) return refuse('not-responsible', 'assigned by one of the parties', clauses);
  const on = dayOf(input, command);
  const closed = gate(state, on);
  if (closed) return closed;
  const agreed = state.draft?.scope ?? [];
  if (!agreed.includes(scope)) {
    const message = `${scope} is outside the scope (${agreed.join(', ') || 'none'}): apply for another engagement`;
    return refuse('out-of-scope', message, clauses);
  }
  if (names.includes(task)) return refuse('name-taken', `there is a task ${task}`, clauses);
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-task-assigned', task, scope, on }],
    schedule: news(state, 'engagement-task-assigned', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: [input.thirdSeat],
      facts: { about: task },
    }),
  });
}

/**
 * Late days that are the third party's: those from the day after the due date to the hand-in, without those on which it waited
 * for support that was not given in time (S001a-52), those on which an earlier hand-in was looked at, and those on which the
 * agreement was suspended.
 */
export function daysLateOf(
  { support, standstills = [] }: Pick<EngagementState, 'support'> & { standstills?: EngagementState['standstills'] },
  { reviewed }: Pick<Milestone, 'reviewed'>,
  dueOn: LocalDate,
  on: LocalDate,
): number {
  let days = 0;
  for (let day = addDays(dueOn, 1); day <= on; day = addDays(day, 1)) {
    if (isLost(standstills, day)) continue;
    const isExcused = support.some(
      ({ overdueSince, answeredOn }) =>
        overdueSince !== null && day > overdueSince && (answeredOn === null || day <= answeredOn),
    );
    if (!isExcused && !reviewed.some(({ from, until }) => day > from && day <= until)) days += 1;
  }
  return days;
}

/** The third party hands in a milestone; again, where it was returned, or as long as nobody has accepted it. */
export function deliver(command: Command<'deliver'>, state: EngagementState): Decision | Rejection {
  const { input, milestones } = state;
  const { milestone, documents, actor, receivedAtMs } = command;
  const rule = input.rules.acceptance;
  if (rule === null) return notProvided('milestones and their acceptance');
  const { clauses } = rule;
  if (!byThird(state, actor)) return refuse('not-responsible', 'handed in by the third party', clauses);
  const on = dayOf(input, command);
  const closed = gate(state, on);
  if (closed) return closed;
  const known = milestones.find((one) => one.milestone === milestone);
  if (!known) return refuse('unknown-item', `no milestone ${milestone} is agreed`, clauses);
  if (known.status === 'accepted') return refuse('already-fulfilled', `${milestone} is accepted`, clauses);
  if (documents.length === 0) return refuse('evidence-missing', 'what is handed in is a document', clauses);
  const reviewed = lookedAt(known, on, input.zone);
  const daysLate = known.due === null ? 0 : daysLateOf(state, { reviewed }, known.due.localDate, on);
  const acceptBy = dueIn(input, on, rule.days);
  const facts = { about: milestone, ...(acceptBy ? { dueAtMs: acceptBy.dueAtMs, localDate: acceptBy.localDate } : {}) };
  return processDecision<EngagementEventBody>({
    events: [
      {
        ...causeOf(command, clauses),
        type: 'engagement-milestone-handed-in',
        milestone,
        daysLate,
        acceptBy,
        documents,
      },
    ],
    schedule: asking(state, 'accept', seatsNamed(state, rule.by), { atMs: receivedAtMs, clauses, facts }),
  });
}

/** Everyone whom the rule names accepts it; one who returns it, with points, ends the round (S001a-48, S001a-59). */
export function judgeDelivery(command: Command<'judge-delivery'>, state: EngagementState): Decision | Rejection {
  const { input, milestones } = state;
  const { milestone, verdict, pointCount, actor, receivedAtMs } = command;
  const { acceptance: rule, effectReview, kind } = input.rules;
  if (rule === null) return notProvided('milestones and their acceptance');
  const { clauses } = rule;
  const by = speakerAmong(state, rule.by, actor);
  if (by === undefined)
    return refuse('not-responsible', `accepted by ${seatsNamed(state, rule.by).join(' and ')}`, clauses);
  const known = milestones.find((one) => one.milestone === milestone);
  if (!known) return refuse('unknown-item', `no milestone ${milestone} is agreed`, clauses);
  if (known.status === 'accepted') return refuse('already-fulfilled', `${milestone} is accepted`, clauses);
  // What was handed in before the end can be accepted after it; a commission has its report, or has ended.
  if (!isInForce(state) && (kind === 'commission' || state.startsOn === null)) {
    return refuse('engagement-ended', `${input.reference} is ${state.status}`, clauses);
  }
  if (known.status !== 'handed-in') return refuse('not-submitted', `${milestone} was not handed in`, clauses);
  const cause = causeOf(command, clauses);
  const telling = {
    atMs: receivedAtMs,
    own: actor.seat,
    clauses,
    seats: everybody(state),
    facts: { about: milestone },
  };
  if (verdict === 'reject') {
    if (pointCount === 0) return refuse('points-missing', 'say what is to be put right', clauses);
    return processDecision<EngagementEventBody>({
      events: [{ ...cause, type: 'engagement-milestone-rejected', milestone, by, pointCount }],
      schedule: news(state, 'engagement-milestone-rejected', telling),
    });
  }
  if (known.acceptedBy.includes(by)) return refuse('already-approved', `${by} has accepted ${milestone}`, clauses);
  const complete = seatsNamed(state, rule.by).every((seat) => seat === by || known.acceptedBy.includes(seat));
  const effectDue = complete && effectReview ? dueIn(input, dayOf(input, command), effectReview.days) : null;
  const accepted: EngagementEventBody = {
    ...cause,
    type: 'engagement-milestone-accepted',
    milestone,
    by,
    complete,
    effectDue,
  };
  const told = complete ? news(state, 'engagement-milestone-accepted', telling) : [];
  if (!complete || kind !== 'commission') {
    return processDecision<EngagementEventBody>({ events: [accepted], schedule: told });
  }
  const imported = reportImported(state, milestone, cause, dayOf(input, command));
  return processDecision<EngagementEventBody>({ events: [accepted, ...imported], schedule: told });
}

/**
 * A shortcoming that the report of a commission found becomes a finding, which is put right like any other (S003-N-09). It is said
 * once the report is there, and before it is accepted: with that the commission has ended.
 */
export function followUp(command: Command<'follow-up'>, state: EngagementState): Decision | Rejection {
  const { input, milestones, findings } = state;
  const { acceptance, kind, clauses } = input.rules;
  const { actor, dimension, severity, receivedAtMs } = command;
  if (kind !== 'commission') return notProvided('shortcomings that a commission found');
  if (!byParty(state, actor) && speakerAmong(state, acceptance?.by ?? [], actor) === undefined) {
    return refuse('not-responsible', 'said by one of the parties', clauses);
  }
  if (!isInForce(state)) return refuse('gate-closed', `${input.reference} is ${state.status}`, clauses);
  if (milestones.every(({ handedInAtMs }) => handedInAtMs === null)) {
    return refuse('not-submitted', 'nothing was found yet: its report is not there', clauses);
  }
  const names = findings.map((one) => one.finding);
  const finding = command.finding ?? nextName('finding', names);
  if (names.includes(finding)) return refuse('name-taken', `there is a finding ${finding}`, clauses);
  const started = improvementStarted({ ...input, improvement: input.improvement ?? null }, finding, {
    finding: {
      source: 'check',
      about: input.reference,
      dimension,
      frequency: 1,
      severity,
      customerWeight: 1,
      measured: null,
      raisedBy: [],
    },
    clauses: [...new Set([...clauses, ...(input.improvement?.clauses ?? [])])],
    raisedAtMs: receivedAtMs,
    actor,
    suspendedFrom: command.suspendedFrom,
  });
  if (started === null) return notProvided('improvement of what a commission finds');
  const { workflowId } = started;
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-finding-raised', finding, dimension, workflowId }],
    errands: [started],
  });
}

/** What the use of it has brought; a poor effect is the third party's to put right, and can support a claim (S001a-49). */
export function reviewEffect(command: Command<'review-effect'>, state: EngagementState): Decision | Rejection {
  const { milestone, verdict, actor, receivedAtMs } = command;
  const rule = state.input.rules.effectReview;
  if (rule === null) return notProvided('review of the effect');
  const { clauses } = rule;
  const by = speakerAmong(state, rule.by, actor);
  if (by === undefined) return refuse('not-responsible', `reviewed by ${rule.by.join(' and ')}`, clauses);
  const known = state.milestones.find((one) => one.milestone === milestone);
  if (!known) return refuse('unknown-item', `no milestone ${milestone} is agreed`, clauses);
  if (known.status !== 'accepted') return refuse('gate-closed', `${milestone} is not accepted yet`, clauses);
  if (known.effect.some((one) => one.by === by)) {
    return refuse('already-approved', `${by} has reviewed the effect of ${milestone}`, clauses);
  }
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-effect-reviewed', milestone, by, verdict }],
    schedule: news(state, 'engagement-effect-reviewed', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: everybody(state),
      facts: { about: milestone, verdict },
    }),
  });
}

/** An entry in a supervision report; it is complete with the entries of all whom the rule names (S001a-59). */
export function supervise(command: Command<'supervise'>, state: EngagementState): Decision | Rejection {
  const { documents, actor, receivedAtMs } = command;
  const names = state.reports.map((one) => one.report);
  const report = command.report ?? nextName('report', names);
  const rule = state.input.rules.supervision;
  if (rule === null) return notProvided('supervision of the third party');
  const { clauses } = rule;
  const by = speakerAmong(state, rule.by, actor);
  if (by === undefined) return refuse('not-responsible', `supervised by ${rule.by.join(' and ')}`, clauses);
  const closed = gate(state, dayOf(state.input, command));
  if (closed) return closed;
  const known = state.reports.find((one) => one.report === report);
  if (known?.by.includes(by)) return refuse('already-fulfilled', `${by} has made its entry in ${report}`, clauses);
  const complete = rule.by.every((seat) => seat === by || known?.by.includes(seat));
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-supervised', report, by, complete, documents }],
    schedule: news(state, 'engagement-supervised', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: complete ? [] : rule.by,
      facts: { about: report },
    }),
  });
}

/** The third party asks for support or data (S001a-52, S001b-81). */
export function askSupport(command: Command<'ask-support'>, state: EngagementState): Decision | Rejection {
  const { input, support } = state;
  const { of, actor, receivedAtMs } = command;
  const names = support.map((one) => one.request);
  const request = command.request ?? nextName('request', names);
  const rule = input.rules.support;
  if (rule === null) return notProvided('request for support');
  const { clauses } = rule;
  if (!byThird(state, actor)) return refuse('not-responsible', 'asked for by the third party', clauses);
  const on = dayOf(input, command);
  const closed = gate(state, on);
  if (closed) return closed;
  if (names.includes(request)) {
    return refuse('name-taken', `there is a request ${request}`, clauses);
  }
  const stranger = of.find((seat) => !rule.by.includes(seat));
  if (stranger !== undefined) return refuse('unknown-seat', `support is given by ${rule.by.join(', ')}`, clauses);
  const asked = of.length === 0 ? rule.by : of;
  const due = dueIn(input, on, rule.days);
  const facts = { about: request, ...(due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {}) };
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-support-asked', request, of: asked, due }],
    schedule: asking(state, 'support', asked, { atMs: receivedAtMs, clauses, facts }),
  });
}

export function answerSupport(command: Command<'answer-support'>, state: EngagementState): Decision | Rejection {
  const { request, documents, actor, receivedAtMs } = command;
  const rule = state.input.rules.support;
  if (rule === null) return notProvided('request for support');
  const { clauses } = rule;
  const known = state.support.find((one) => one.request === request);
  if (!known) return refuse('unknown-item', `nothing was asked for as ${request}`, clauses);
  const by = speakerAmong(state, known.of, actor);
  if (by === undefined) return refuse('not-responsible', `asked of ${known.of.join(', ')}`, clauses);
  const entered = unproven(actor, documents);
  if (entered) return entered;
  if (known.answeredBy.includes(by)) return refuse('already-fulfilled', `${by} has answered ${request}`, clauses);
  const complete = known.of.every((seat) => seat === by || known.answeredBy.includes(seat));
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-support-answered', request, by, complete, documents }],
    schedule: news(state, 'engagement-support-answered', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: [state.input.thirdSeat],
      facts: { about: request },
    }),
  });
}

/** Whether a milestone that is missed now is the third party's to answer for. */
export function isAttributable({ input, support }: EngagementState, { due }: Milestone): boolean {
  if (due === null) return true;
  const on = localDateAt(input.zone, due.dueAtMs - 1);
  return !support.some(
    ({ overdueSince, answeredOn }) => overdueSince !== null && overdueSince <= on && answeredOn === null,
  );
}
