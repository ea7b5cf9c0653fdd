import type { Actor } from '../domain/agreement/command.ts';
import { readReference } from '../domain/agreement/reference.ts';
import { present } from '../domain/fields.ts';
import type { ImprovementEventType } from '../domain/improvement/event.ts';
import type { ImprovementState } from '../domain/improvement/state.ts';
import type { ProcessState } from '../domain/process/process.ts';
import type { SurveyEventType } from '../domain/survey/event.ts';
import type { Figures } from '../domain/survey/figures.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { Instant, LocalDate, Zone } from '../domain/time.ts';
import { isoAt } from '../domain/zone.ts';

interface ProcessActor {
  seat: string;
  party?: string;
  onBehalfOf?: string;
  via: Actor['via'];
}

/** What happened in a cycle or a plan; `at` is ISO 8601 with the zone's offset, as all instants here. */
interface LivedProcessEvent<T> {
  at: string;
  type: T;
  /** Missing where time, or a machine, caused it. */
  actor?: ProcessActor;
  /** The measure of a plan that was done, or was not by its day. */
  measure?: string;
  clauses: string[];
}

/** One cycle of a survey. */
export interface LivedSurvey {
  survey: string;
  occurrence?: string;
  status: string;
  dueAt: string;
  agreedDate?: LocalDate;
  publishedAt?: string;
  closesAt?: string;
  closedAt?: string;
  questionnaire?: { version: number; questions: number; dimensions: Record<string, number>; scale: Figures['scale'] };
  /** Without the ids of those who were drawn. */
  sample?: {
    method: string;
    seed?: string;
    population: number;
    drawn: number;
    unreachable: number;
    optedOut: number;
    sha256: string;
  };
  invited: number;
  answered: number;
  late: number;
  /** Once it has been analysed; groups are called by their names. */
  figures?: Figures;
  /** What it found: names of `plans`. */
  findings: { plan: string; dimension?: string }[];
  nextWeights?: Record<string, string>;
  reportReleasedAt?: string;
  events: LivedProcessEvent<SurveyEventType>[];
}

/** A finding, and the plan that follows from it. */
export interface LivedPlan {
  plan: string;
  source: string;
  /** The cycle, visit or case that it comes from. */
  about?: string;
  dimension?: string;
  measured?: string;
  status: string;
  category?: string;
  priority?: string;
  /** Frequency × severity × customer weight. */
  score?: number;
  department?: string;
  /** When the plan is due. */
  dueAt: string | null;
  daysLate: number;
  round: number;
  goal?: { dimension: string; atLeast: string };
  measures: { measure: string; kind: string; owner: string; dueAt: string; completedAt?: string; daysLate: number }[];
  effects: { at: string; verdict: string; cycle?: string; value?: string }[];
  mergedInto?: string;
  answeredAt?: string;
  /** How many customers had the answer, and how many of them were satisfied with it. */
  customersAnswered: number;
  customersSatisfied: number;
  publishedAt?: string;
  closedAt?: string;
  events: LivedProcessEvent<ImprovementEventType>[];
}

export interface LivedProcesses {
  surveys: LivedSurvey[];
  plans: LivedPlan[];
}

export interface ProcessRecordEvent {
  atMs: Instant;
  type: string;
  actor: Actor;
  measure?: string;
  clauses: string[];
}

/** Of an event about one measure of a plan, which. */
export function aboutMeasure(event: object): { measure?: string } {
  return 'measure' in event && typeof event.measure === 'string' ? { measure: event.measure } : {};
}

/** What is known of a process, wherever it was read from. */
export interface ProcessRecord {
  type: 'survey' | 'improvement';
  state: ProcessState;
  /** In their order. */
  events: ProcessRecordEvent[];
}

/** Writes cycles and plans out: cycles by due time, plans by when they were raised, then by name. */
export function describeProcesses(
  records: readonly ProcessRecord[],
  { zone, organisations }: { zone: Zone; organisations: Record<string, string> },
): LivedProcesses {
  const at = (instant: Instant): string => isoAt(zone, instant);
  const surveys = records
    .filter(({ type }) => type === 'survey')
    .map(({ state, events }) => ({ state: state as SurveyState, events }))
    .sort(
      ({ state: { input: a } }, { state: { input: b } }) =>
        a.due.dueAtMs - b.due.dueAtMs || (a.reference < b.reference ? -1 : 1),
    );
  const plans = records
    .filter(({ type }) => type === 'improvement')
    .map(({ state, events }) => ({ state: state as ImprovementState, events }))
    .sort(
      ({ state: { input: a } }, { state: { input: b } }) =>
        a.raisedAtMs - b.raisedAtMs || (a.reference < b.reference ? -1 : 1),
    );
  return {
    surveys: surveys.map((one) => describeSurvey(one, at, organisations)),
    plans: plans.map((one) => describePlan(one, at)),
  };
}

type At = (instant: Instant) => string;

function describeSurvey(
  { state, events }: { state: SurveyState; events: readonly ProcessRecordEvent[] },
  at: At,
  organisations: Record<string, string>,
): LivedSurvey {
  const { input, questionnaire, sample, publishedAtMs, closes, closedAtMs, figures, releasedAtMs } = state;
  const { obligation, occurrence } = readReference(input.reference);
  return {
    survey: obligation,
    ...present({ occurrence }),
    status: state.status,
    dueAt: at(input.due.dueAtMs),
    ...present({
      agreedDate: state.agreedDate,
      publishedAt: publishedAtMs === null ? null : at(publishedAtMs),
      closesAt: closes && at(closes.dueAtMs),
      closedAt: closedAtMs === null ? null : at(closedAtMs),
      questionnaire: questionnaire && {
        version: state.version,
        questions: questionnaire.questions,
        dimensions: questionnaire.dimensions,
        scale: questionnaire.scale,
      },
      sample: sample && {
        method: sample.method,
        ...present({ seed: sample.seed }),
        population: sample.population,
        drawn: sample.drawn,
        unreachable: sample.unreachable,
        optedOut: sample.optedOut,
        sha256: sample.sha256,
      },
    }),
    invited: state.invited,
    answered: state.answered,
    late: state.late,
    ...present({ figures: figures && named(figures, organisations) }),
    findings: state.findings.map(({ workflowId, dimension }) => ({
      plan: workflowId.split('/').slice(2).join('/'),
      ...present({ dimension }),
    })),
    ...present({
      nextWeights: state.nextWeights,
      reportReleasedAt: releasedAtMs === null ? null : at(releasedAtMs),
    }),
    events: events.map((event) => described<SurveyEventType>(event, at)),
  };
}

/** Organisations by their names, in the order of these. */
function named(figures: Figures, organisations: Record<string, string>): Figures {
  const order = ['tier', 'channel', 'department', 'branch'];
  const groups = figures.groups.map((group) => ({ ...group, key: organisations[group.key] ?? group.key }));
  return {
    ...figures,
    groups: groups.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by) || (a.key < b.key ? -1 : 1)),
  };
}

function describePlan(
  { state, events }: { state: ImprovementState; events: readonly ProcessRecordEvent[] },
  at: At,
): LivedPlan {
  const { input, finding, due, answeredAtMs, publishedAtMs } = state;
  const closed = events.find(({ type }) => type === 'improvement-closed');
  return {
    plan: input.reference,
    source: finding.source,
    ...present({ about: finding.about, dimension: finding.dimension, measured: finding.measured }),
    status: state.status,
    ...present({
      category: state.category,
      priority: state.priority,
      score: state.score,
      department: state.department,
    }),
    dueAt: due && at(due.dueAtMs),
    daysLate: state.planDaysLate,
    round: state.round,
    ...present({ goal: state.goal }),
    measures: state.measures.map((measure) => ({
      measure: measure.id,
      kind: measure.kind,
      owner: measure.owner,
      dueAt: at(measure.due.dueAtMs),
      ...(measure.completedAtMs === null ? {} : { completedAt: at(measure.completedAtMs) }),
      daysLate: measure.daysLate,
    })),
    effects: state.effects.map(({ atMs, verdict, cycle, value }) => ({
      at: at(wholeMinute(atMs)),
      verdict,
      ...present({ cycle, value }),
    })),
    ...present({
      mergedInto: state.mergedInto,
      answeredAt: answeredAtMs === null ? null : at(answeredAtMs),
    }),
    customersAnswered: state.answeredCustomers.length,
    customersSatisfied: Object.values(state.verdicts).filter(Boolean).length,
    ...present({
      publishedAt: publishedAtMs === null ? null : at(publishedAtMs),
      closedAt: closed && at(wholeMinute(closed.atMs)),
    }),
    events: events.map((event) => described<ImprovementEventType>(event, at)),
  };
}

function described<T>({ atMs, type, actor, measure, clauses }: ProcessRecordEvent, at: At): LivedProcessEvent<T> {
  const { seat, party, onBehalfOf, via } = actor;
  const isMachine = seat === 'clock';
  return {
    at: at(isMachine ? wholeMinute(atMs) : atMs),
    type: type as T,
    ...(isMachine ? {} : { actor: { seat, ...present({ party, onBehalfOf }), via } }),
    ...present({ measure }),
    clauses,
  };
}

/** What a machine does is done within a step, however long that takes in real time. */
export function wholeMinute(atMs: Instant): Instant {
  return Math.floor(atMs / 60_000) * 60_000;
}
