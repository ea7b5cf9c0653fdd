import { evaluationErrands } from '../evaluation/keeping.ts';
import { caseCountsAsked } from '../goal/case-goals.ts';
import { isSurveyed } from '../goal/compiled.ts';
import type { Errand, ProcessCommandEnvelope, ProcessType } from '../process/process.ts';
import type { CompiledSurvey, FulfilledDuty, SurveyInput } from '../survey/compiled.ts';
import { isPaused } from '../obligations/deliverable-state.ts';
import { wholeSuspension } from '../life/standstill.ts';
import type { Instant } from '../time.ts';
import { countsAsked } from '../visit/checks.ts';
import type { CompiledAgreement } from './compiled.ts';
import type { Due } from './event.ts';
import { CLOCK } from './parties.ts';
import { hasEnded, isInForce } from './phase.ts';
import { referenceOf } from './reference.ts';
import type { AgreementState, ObligationState } from './state.ts';

/**
 * What follows from a step of an agreement elsewhere: the cycle of a survey starts when its duty opens, and is told when
 * that was fulfilled by hand, when it is due on another day, or when the agreement has ended; visits are counted at the
 * end of a quarter.
 *
 * @param atMs when the step took place
 */
export function errandsOf(before: AgreementState, after: AgreementState, atMs: Instant): Errand[] {
  return [
    ...countsAsked(before, after),
    ...caseCountsAsked(before, after),
    ...evaluationErrands(before, after, atMs),
    ...elsewhere(before, after, atMs),
    ...dutiesBegun(before, after, atMs),
    ...suspended(before, after, atMs),
  ];
}

function elsewhere(before: AgreementState, after: AgreementState, atMs: Instant): Errand[] {
  const { surveys } = after.agreement;
  if (hasEnded(after)) return hasEnded(before) ? [] : endings(after, atMs);
  if (!surveys || surveys.length === 0 || before.obligations === after.obligations) return [];
  if (!isInForce(after)) return [];
  const earlier = (one: ObligationState): ObligationState | undefined =>
    before.obligations.find(({ id, occurrence }) => id === one.id && occurrence === one.occurrence);
  return cyclesOf(after).flatMap((cycle): Errand[] => {
    const was = earlier(cycle);
    const hasOpened = cycle.due !== null && (was === undefined || was.due === null || !isInForce(before));
    const isDone = !isOpen(cycle) && was !== undefined && isOpen(was);
    return [
      ...(hasOpened && isOpen(cycle) ? [starting(after, cycle)] : []),
      ...(isDone ? [telling(after, cycle, { type: 'duty-done' }, atMs)] : []),
      ...(was !== undefined && isOpen(cycle) && !hasOpened && isMoved(before, was, after, cycle)
        ? [telling(after, cycle, { type: 'due-moved', due: dueOf(cycle), ...dateDueOf(after, cycle) }, atMs)]
        : []),
    ];
  });
}

/**
 * Where the duty that a plan fulfils begins after another one, findings are told as it does: the plan of its period may have
 * been there before (S004-20).
 */
function dutiesBegun(before: AgreementState, after: AgreementState, atMs: Instant): Errand[] {
  const { improvement } = after.agreement;
  if (!improvement?.beginsAfter || before.obligations === after.obligations || !isInForce(after)) return [];
  return after.obligations
    .filter(({ id, occurrence, due }) => {
      if (id !== improvement.fulfils || due === null) return false;
      const was = before.obligations.find((one) => one.id === id && one.occurrence === occurrence);
      return was === undefined || was.due === null;
    })
    .map(({ id: obligation, occurrence }) => ({
      kind: 'tell-all',
      only: 'improvement',
      command: {
        type: 'duty-begun',
        id: `${tellingId(after, 'duty-begun')} ${referenceOf({ obligation, occurrence })}`,
        receivedAtMs: atMs,
        actor: CLOCK,
        obligation,
        occurrence,
        ...freeSince(before, obligation),
      } as { type: string } & ProcessCommandEnvelope,
    }));
}

/** Since when none of a duty was open, so that a plan without a period was handed in to none; nothing while one is. */
function freeSince({ obligations }: AgreementState, id: string): { freeSinceMs?: Instant | null } {
  const begun = obligations.filter((one) => one.id === id && one.due !== null);
  if (begun.some(isOpen)) return {};
  const ends = begun.flatMap(({ fulfilledAtMs }) => fulfilledAtMs ?? []);
  return { freeSinceMs: ends.length === 0 ? null : Math.max(...ends) };
}

/** Findings and engagements are told that all clocks stand still, or run again; a suspension of single duties is none of theirs. */
function suspended(before: AgreementState, after: AgreementState, atMs: Instant): Errand[] {
  if (before.suspensions === after.suspensions) return [];
  const { improvement, engagements = [] } = after.agreement;
  const told: ProcessType[] = [
    ...(improvement?.suspends ? ['improvement' as const] : []),
    ...(engagements.length > 0 ? ['engagement' as const] : []),
  ];
  const [was, is] = [wholeSuspension(before), wholeSuspension(after)];
  if ((was === undefined) === (is === undefined)) return [];
  const type = is ? 'clocks-stopped' : 'clocks-run';
  const ended = after.suspensions.findLast((one) => one.obligations.length === 0 && one.until !== null);
  const day = is ? { from: is.from } : { from: was?.from, until: ended?.until };
  const command = { type, id: tellingId(after, type), receivedAtMs: atMs, actor: CLOCK, ...day };
  return told.map((only) => ({ kind: 'tell-all', only, command }));
}

function cyclesOf({ agreement, obligations }: AgreementState): ObligationState[] {
  const duties = (agreement.surveys ?? []).map(({ obligation }) => obligation);
  return obligations.filter(({ id }) => duties.includes(id));
}

function isOpen({ status }: ObligationState): boolean {
  return status === 'pending' || status === 'overdue' || status === 'in-review' || status === 'rework';
}

/** When it is due as things stand; null while its clock is suspended. */
function dueOf({ due, pauses }: ObligationState): Due | null {
  return isPaused({ pauses }) ? null : due;
}

/** The cycle's own day, or that on which its date is to be agreed. */
function isMoved(before: AgreementState, was: ObligationState, after: AgreementState, cycle: ObligationState): boolean {
  if (dueOf(was)?.dueAtMs !== dueOf(cycle)?.dueAtMs) return true;
  const { dateDue } = dateDueOf(after, cycle);
  return dateDue !== undefined && dateDue?.dueAtMs !== dateDueOf(before, was).dateDue?.dueAtMs;
}

/** Until when the date of a cycle is to be agreed, where all who must are reminded of it (S000-28); null: it was, by hand. */
function dateDueOf({ agreement, obligations }: AgreementState, cycle: ObligationState): { dateDue?: Due | null } {
  const survey = (agreement.surveys ?? []).find(({ obligation }) => obligation === cycle.id);
  if (survey?.dateAgreedBy.reminderLeadDays === undefined) return {};
  const duty = obligations.find(({ id, occurrence }) => id === survey.fulfils.date && occurrence === cycle.occurrence);
  return duty === undefined
    ? {}
    : { dateDue: ['pending', 'rework', 'overdue'].includes(duty.status) ? dueOf(duty) : null };
}

/**
 * Every cycle that began is told: also one whose duty is fulfilled, which waits for its report or for weights. What people
 * began beside the surveys, findings of a complaint or a check, visits and training, is known to Postgres alone.
 */
function endings(state: AgreementState, atMs: Instant): Errand[] {
  const {
    improvement,
    visits = [],
    trainings = [],
    cases = [],
    evaluations = [],
    engagements = [],
    risks = [],
  } = state.agreement;
  const over = { type: 'agreement-over' } as const;
  const cycles = cyclesOf(state)
    .filter(({ due }) => due !== null)
    .map((cycle) => telling(state, cycle, over, atMs));
  const others = [visits, trainings, cases, evaluations, engagements, risks];
  if (!improvement && others.every((rules) => rules.length === 0)) return cycles;
  const command = { ...over, id: tellingId(state, over.type), receivedAtMs: atMs, actor: CLOCK };
  return [...cycles, { kind: 'tell-all', command }];
}

/** With a space: no key of a person is like it. */
function tellingId({ agreement, sequence }: AgreementState, type: string): string {
  return `${type} agreement/${agreement.id}/${sequence}`;
}

function cycleId(state: AgreementState, cycle: ObligationState): string {
  return `survey/${state.agreement.id}/${referenceOf({ obligation: cycle.id, occurrence: cycle.occurrence })}`;
}

function starting(state: AgreementState, cycle: ObligationState): Errand {
  const { agreement } = state;
  const survey = (agreement.surveys ?? []).find(({ obligation }) => obligation === cycle.id);
  if (!survey || !cycle.due) throw new Error(`no survey of ${cycle.id}`); // a bug
  const { dateDue } = dateDueOf(state, cycle);
  const input: SurveyInput = {
    format: 1,
    workflowId: cycleId(state, cycle),
    agreementId: agreement.id,
    reference: referenceOf({ obligation: cycle.id, occurrence: cycle.occurrence }),
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    survey,
    improvement: agreement.improvement ?? null,
    occurrence: cycle.occurrence,
    due: { dueAtMs: cycle.due.dueAtMs, localDate: cycle.due.localDate },
    duties: dutiesOf(agreement, survey),
    ...(dateDue ? { dateDue: { dueAtMs: dateDue.dueAtMs, localDate: dateDue.localDate } } : {}),
    ...(isMeasuring(agreement, survey) ? { goals: true } : {}),
  };
  return { kind: 'start', type: 'survey', workflowId: input.workflowId, input };
}

/** Goals are held against what it finds. */
function isMeasuring({ goals = [] }: CompiledAgreement, { obligation }: CompiledSurvey): boolean {
  return goals.some((goal) => isSurveyed(goal) && (goal.survey === null || goal.survey === obligation));
}

/** What is asked of the duties that the cycle fulfils: its own, and those of its steps. */
function dutiesOf(
  { obligations }: CompiledAgreement,
  { obligation, fulfils }: CompiledSurvey,
): Record<string, FulfilledDuty> {
  const ids = [obligation, fulfils.date, fulfils.audience, fulfils.report];
  return Object.fromEntries(
    obligations
      .filter(({ id }) => ids.includes(id))
      .map(({ id, responsible, checklist, review }) => [
        id,
        { responsible, parts: (checklist ?? []).map((part) => part.id), reviewers: review?.reviewers ?? [] },
      ]),
  );
}

function telling(
  state: AgreementState,
  cycle: ObligationState,
  said: { type: 'duty-done' | 'agreement-over' } | { type: 'due-moved'; due: Due | null; dateDue?: Due | null },
  receivedAtMs: Instant,
): Errand {
  const workflowId = cycleId(state, cycle);
  const id = tellingId(state, said.type);
  return { kind: 'tell', workflowId, command: { ...said, id, receivedAtMs, actor: CLOCK } };
}
