import type { z } from 'zod';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import { answersFor } from '../../domain/agreement/parties.ts';
import type { CompiledEvaluation, CompiledScheme } from '../../domain/evaluation/compiled.ts';
import { evaluationRules } from '../../domain/evaluation/evaluation.ts';
import type { EvaluationEvent } from '../../domain/evaluation/event.ts';
import { GATHERED } from '../../domain/evaluation/evolve.ts';
import { missingOf, nextSteps } from '../../domain/evaluation/next.ts';
import type { Evaluated, EvaluationState, Score } from '../../domain/evaluation/state.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import { COORDINATOR_SEAT, type Principal, reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import { possibleActs } from '../process/possible.ts';
import { type ProcessRecord, type Told, processRecord } from '../process/record.ts';
import type { Belonging } from '../process/rows.ts';
import { type Capacity, capacitiesOf } from '../process/speaking.ts';
import { findAgreement, seatTitles } from '../views.ts';
import { maySpeak, staffActor, STAFF } from './acting.ts';
import { type Called, calledIn } from './people.ts';
import { type EvaluationProcess, evaluationsOf, findEvaluation, whoIn } from './rows.ts';
import type { evaluationList, evaluationQuery, evaluation as evaluationSchema } from './schema.ts';
import { type Onlooker, onlookerOf, sightOf } from './seen.ts';
import { type Source, pagesOf, sourcesIn } from './sources.ts';
import { type EvaluationBelonging, type Titles, evaluationBelonging } from './titles.ts';
import { evaluationTrials, subjectTrials } from './trials.ts';

type List = z.output<typeof evaluationList>;
type Summary = List['items'][number];
type View = z.output<typeof evaluationSchema>;
type SubjectView = View['subjects'][number];
type Asked = z.output<typeof evaluationQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;
type Record = ProcessRecord<EvaluationEvent>;

/**
 * Evaluations of an agreement that the reader has a part in, and what the contract says of them.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function evaluationListOf(
  deps: Deps,
  { agreementId, reader, asked }: { agreementId: string; reader: Principal; asked: Asked },
): Promise<List> {
  const { database } = deps;
  const belonging = await evaluationBelonging(database, agreementId);
  const { agreement } = belonging;
  const [onlooker, processes, capacities] = await Promise.all([
    onlookerOf(deps, { agreementId, agreement, reader }),
    evaluationsOf(database, agreementId),
    capacitiesOf(deps, { agreementId, agreement, reader }),
  ]);
  const seen = processes.flatMap((process) => {
    const sight = sightOf(process.state, onlooker);
    return sight.scheme ? [{ process, sight }] : [];
  });
  const called = await calledIn(
    database,
    belonging,
    seen.map(({ process }) => process.state),
  );
  const all = seen.map(({ process, sight }) => summaryOf(belonging, process, { called, seen: sight.subjects }));
  const status: { [status: string]: number } = {};
  for (const one of all) status[one.status] = (status[one.status] ?? 0) + 1;
  const rules = agreement.evaluations ?? [];
  return {
    items: all.filter((item) => fits(item, asked)),
    counts: { status, overdue: all.filter(({ overdue }) => overdue).length },
    rules: rules.map((rule) => providedOf(belonging, rule)),
    may: {
      open:
        reachOf('evaluations.act', reader) === 'none'
          ? []
          : rules
              .map((rule) => ({ rule: rule.id, as: plain(capacities.filter((one) => mayOpen(belonging, rule, one))) }))
              .filter(({ as }) => as.length > 0),
    },
  };
}

/** Whoever organises opens a period, or the coordinator, where no duty of the contract does. */
export function mayOpen(
  { agreement }: Belonging,
  { organiser }: CompiledEvaluation,
  { actor, onBehalfOf }: Pick<Capacity, 'actor' | 'onBehalfOf'>,
): boolean {
  if (actor.seat === COORDINATOR_SEAT && onBehalfOf === null) return true;
  return answersFor(agreement, actor, organiser);
}

function plain(capacities: readonly Capacity[]): { as: string; onBehalfOf: string | null }[] {
  return capacities.map(({ as, onBehalfOf }) => ({ as, onBehalfOf }));
}

function fits(item: Summary, { status, rule, late }: Asked): boolean {
  return (
    (status === undefined || item.status === status) &&
    (rule === undefined || item.rule.id === rule) &&
    (late === undefined || (item.form === 'accountability') === (late === 'true'))
  );
}

function providedOf(belonging: EvaluationBelonging, rules: CompiledEvaluation): List['rules'][number] {
  const { seat, template } = belonging;
  const duty = rules.obligation;
  const title = template?.obligations.find(({ id }) => id === duty)?.title;
  return {
    rule: belonging.evaluation(rules.id).rule,
    clauses: rules.clauses,
    form: rules.form,
    subject: rules.subject,
    organiser: seat(rules.organiser),
    scorers: rules.scorers.map(seat),
    acknowledgers: rules.acknowledgers.map(seat),
    confirmer: rules.confirmer === null ? null : seat(rules.confirmer),
    decider: seat(rules.decider),
    objectionDays: rules.objectionDays,
    publishTo: rules.publishTo.map(seat),
    minimumSample: rules.minimumSample,
    selfAssessment: rules.selfAssessment,
    obligation: duty === null ? null : { id: duty, title: title ?? { zh: duty, en: duty } },
  };
}

function dueView(zone: Zone, due: { dueAtMs: Instant; localDate: string } | null): Summary['due'] {
  return due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate };
}

/** An evaluation as lists show it. */
export function summaryOf(
  belonging: Pick<EvaluationBelonging, 'seat' | 'evaluation'>,
  { row, input, state }: EvaluationProcess,
  { called, seen }: { called: Called; seen: readonly string[] },
): Summary {
  const { zone, period, rules } = input;
  const titles = belonging.evaluation(rules.id);
  const isStarting = row.status === 'starting';
  return {
    id: row.id,
    reference: row.reference,
    rule: titles.rule,
    form: rules.form,
    subject: rules.subject,
    status: row.status as Summary['status'],
    period: { from: localDateAt(zone, period.fromMs), to: localDateAt(zone, period.toMs - 1) },
    organiser: belonging.seat(rules.organiser),
    due: dueView(zone, state.due),
    overdue: state.overdue && !state.dutyDone,
    next: (isStarting ? [] : nextSteps(state))
      .filter(({ about }) => about === null || seen.includes(about))
      .map(({ what, who, about, due, indicators }) => ({
        what,
        who: who.map((one) => called.of(one)),
        about: about === null ? null : called.of(about),
        due: dueView(zone, due),
        indicators: indicators.map(titles.indicator),
      })),
    evaluated: state.subjects.length,
    results: state.subjects.filter(({ subject }) => seen.includes(subject)).map((one) => resultOf(called, one)),
    publishedAt: state.publishedAtMs === null ? null : isoAt(zone, state.publishedAtMs),
  };
}

function resultOf(called: Called, one: Evaluated): Summary['results'][number] {
  const { subject, stage, total, band, verdict, late } = one;
  return { ...called.of(subject), stage, total, band, verdict, late };
}

/**
 * One evaluation as it stands, from Postgres alone: every result that the reader may see, down to what each figure was made
 * of. Whoever has no part in it is told that there is none.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-evaluation`
 */
export async function evaluationView(
  deps: Deps,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const { database, clock } = deps;
  const [belonging, process] = await Promise.all([
    evaluationBelonging(database, agreementId),
    findEvaluation(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const { agreement, seat, template } = belonging;
  const onlooker = await onlookerOf(deps, { agreementId, agreement, reader });
  const sight = sightOf(state, onlooker);
  if (!sight.scheme) throw new Problem('unknown-evaluation');
  const nowMs = clock();
  const { zone, rules } = input;
  const names = [...state.surveys, ...state.subjects.flatMap(({ scores }) => scores.flatMap(({ sources }) => sources))];
  const begun = state.subjects.flatMap(({ consequences }) =>
    consequences.flatMap(({ workflowId }) => workflowId ?? []),
  );
  const [record, capacities, called, sourceOf, page, of] = await Promise.all([
    processRecord<EvaluationEvent>(database, row.workflowId, true),
    capacitiesOf(deps, { agreementId, agreement, reader, obligation: rules.obligation ?? undefined }),
    calledIn(database, belonging, [state], peopleIn(state)),
    sourcesIn(database, belonging, names),
    pagesOf(database, begun),
    findAgreement(database, agreementId),
  ]);
  const acting = reachOf('evaluations.act', reader) === 'none' ? [] : [...capacities, ...staffCapacity(reader, state)];
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(evaluationRules.decide, state, {
          capacities: acting,
          trials: evaluationTrials(state),
          atMs: nowMs,
        });
  const titles = belonging.evaluation(rules.id);
  const seesMoney = reachOf('ledger.read', reader) !== 'none';
  const context: Context = {
    state,
    zone,
    record,
    called,
    titles,
    sourceOf,
    page,
    onlooker,
    seesMoney,
    acting,
    nowMs,
    belonging,
  };
  const seen = state.subjects.filter(({ subject }) => sight.subjects.includes(subject));
  const seesAll = seen.length === state.subjects.length;
  return {
    ...summaryOf(belonging, process, { called, seen: sight.subjects }),
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    zone: zone.id,
    agreement: {
      id: agreementId,
      title: template?.title ?? { zh: of.template, en: of.template },
      seatTitles: seatTitles(template),
    },
    ...possible,
    clauses: rules.clauses,
    provides: providedOf(belonging, rules),
    scheme: state.scheme === null ? null : schemeView(titles, state.scheme, seesMoney),
    acknowledged: rules.acknowledgers.map((one) => {
      const found = state.acknowledgedBy.find((by) => by.seat === one && by.version === state.scheme?.version);
      return {
        ...seat(one),
        by: found ? called.person(found.personId) : null,
        at: found ? isoAt(zone, found.atMs) : null,
      };
    }),
    gathered:
      state.gatheredAtMs === null
        ? null
        : {
            at: isoAt(zone, state.gatheredAtMs),
            surveys: state.surveys.map(sourceOf),
            expected: rules.surveys?.count ?? null,
          },
    note: (row.text as { note?: string } | null)?.note ?? null,
    subjects: seen.map((one) => subjectView(context, one)),
    consequenceKinds: [...new Set(rules.consequences.map(({ consequence }) => consequence))],
    currency: rules.money?.currency ?? null,
    events: await eventsOf(deps, context, { seen: sight.subjects, seesAll }),
  };
}

/** Ids of those who scored, corrected, acknowledged and confirmed. */
function peopleIn({ subjects, acknowledgedBy }: EvaluationState): string[] {
  return [
    ...acknowledgedBy.map(({ personId }) => personId),
    ...subjects.flatMap(({ scores, confirmedBy }) => [
      confirmedBy ?? '',
      ...scores.flatMap(({ by, corrected }) => [by, corrected?.by ?? '']),
    ]),
  ];
}

/** Whoever is evaluated acts for themselves, without a seat. */
function staffCapacity(reader: Principal, state: EvaluationState): Capacity[] {
  if (reader.kind !== 'account') return [];
  try {
    return [{ as: STAFF, onBehalfOf: null, actor: staffActor(reader, state, undefined) }];
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

function schemeView(titles: Titles, scheme: CompiledScheme, seesMoney: boolean): NonNullable<View['scheme']> {
  const { version, indicators, bands, decimals, tests } = scheme;
  return {
    version,
    indicators: indicators.map(({ id, clauses, source, measure, weight, scale, evidence, bonus }) => ({
      ...titles.indicator(id),
      ...{ clauses, source, measure, weight, scale, bonus },
      evidence: evidence.map(titles.record),
    })),
    bands: bands.map(({ id, from, to, consequence, amount }) => ({
      ...{ id, from, to, consequence },
      words: titles.band(id),
      amount: seesMoney ? amount : null,
    })),
    decimals,
    tests: tests.map(({ test, clauses, target, targets = 0 }) => ({
      ...{ test, clauses },
      target: target ?? null,
      targets: Array.from({ length: targets }, (_, index) => titles.target(index + 1)),
    })),
  };
}

interface Context {
  state: EvaluationState;
  zone: Zone;
  record: Record;
  called: Called;
  titles: Titles;
  sourceOf: (name: string) => Source;
  page: (workflowId: string) => string | null;
  onlooker: Onlooker;
  seesMoney: boolean;
  acting: readonly Capacity[];
  nowMs: Instant;
  belonging: EvaluationBelonging;
}

type Of<T extends EvaluationEvent['type']> = Told<Extract<EvaluationEvent, { type: T; subject: string }>>;

function subjectView(context: Context, one: Evaluated): SubjectView {
  const { state, zone, record, called, titles, seesMoney, onlooker, page } = context;
  const at = (ms: Instant | null): string | null => (ms === null ? null : isoAt(zone, ms));
  const of = <T extends EvaluationEvent['type']>(type: T): Of<T>[] =>
    (record.of(type) as unknown as Of<T>[]).filter(({ event }) => event.subject === one.subject);
  const assessed = of('evaluation-self-assessed').at(-1);
  const explained = of('evaluation-explained').at(-1);
  const targets = state.scheme?.tests.find(({ test }) => test === 'targets-met')?.targets ?? 0;
  const isOwn = onlooker.personId !== null && [whoIn(one.subject), one.personId].includes(onlooker.personId);
  return {
    ...resultOf(called, one),
    ...subjectActs(context, one),
    scores: one.scores.map((score) => scoreView(context, one, score, of)),
    missing: missingOf(state.scheme, one).map(titles.indicator),
    leftOut: one.leftOut.map((id) => ({
      ...titles.indicator(id),
      reason: of('evaluation-indicator-left-out').findLast(({ event }) => event.indicator === id)?.text.reason ?? null,
    })),
    tooFew: one.tooFew.map(titles.indicator),
    cappedBy: one.cappedBy == null ? null : titles.indicator(one.cappedBy),
    bonus: one.bonus,
    selfAssessment:
      one.selfAssessedAtMs === null
        ? null
        : {
            at: isoAt(zone, one.selfAssessedAtMs),
            text: assessed?.text.details ?? null,
            values: one.selfAssessed
              .filter(({ value }) => value !== null)
              .map(({ indicator, value }) => ({
                indicator: indicator === null ? null : titles.indicator(indicator),
                value,
              })),
          },
    targets: Array.from({ length: targets }, (_, index) => index + 1).map((number) => ({
      number,
      title: titles.target(number),
      met: one.targets === null ? null : one.targets.met.includes(number),
    })),
    thirdParty: one.thirdParty,
    tests: one.tests,
    concludedAt: at(one.concludedAtMs),
    objectionsUntil: dueView(zone, one.objectionsUntil),
    objections: one.objections.map(({ id, indicator, atMs, verdict, settled }) => {
      const made = of('evaluation-objected').find(({ event }) => event.objection === id);
      const answered = of('evaluation-objection-answered').find(({ event }) => event.objection === id);
      return {
        id,
        indicator: indicator === null ? null : titles.indicator(indicator),
        at: isoAt(zone, atMs),
        by: made?.person ?? null,
        reason: made?.text.reason ?? null,
        documents: made?.documents ?? [],
        verdict,
        answeredBy: answered?.person ?? null,
        answer: answered?.text.reason ?? null,
        settled,
      };
    }),
    confirmedBy: one.confirmedBy === null ? null : (called.person(one.confirmedBy) ?? ''),
    finalAt: at(one.finalAtMs),
    consequences: one.consequences.map(({ id, kind, from, amount, verdict, decidedAtMs, workflowId }) => {
      const proposed = of('evaluation-consequence-proposed').find(({ event }) => event.consequence.id === id);
      const decided = of('evaluation-consequence-decided').find(({ event }) => event.consequence === id);
      return {
        ...{ id, kind, from, verdict },
        words: titles.band(from),
        amount: seesMoney || isOwn ? amount : null,
        reason: proposed?.text.reason ?? null,
        decidedBy: decided?.person ?? null,
        decidedAt: at(decidedAtMs),
        decision: decided?.text.reason ?? null,
        documents: decided?.documents ?? [],
        improvement:
          workflowId === null ? null : { id: page(workflowId), reference: workflowId.split('/').slice(2).join('/') },
      };
    }),
    explanation: explained
      ? { at: isoAt(zone, explained.event.occurredAtMs), text: explained.text.details ?? null }
      : null,
  };
}

/** What those who are evaluated do for themselves. */
const OWN_ACTS = ['self-assess', 'object', 'explain'] as const;

/** Which acts are possible, by whom, and on which indicators. */
function subjectActs(
  { state, acting, nowMs }: Context,
  { subject }: Evaluated,
): Pick<SubjectView, 'can' | 'as' | 'on'> {
  const trials = subjectTrials(state, subject);
  const rules = possibleActs(evaluationRules.decide, state, { capacities: acting, trials, atMs: nowMs });
  const { as } = rules;
  for (const act of OWN_ACTS) {
    const own = as[act]?.filter((one) => {
      const found = acting.find((each) => each.as === one.as && each.onBehalfOf === one.onBehalfOf);
      return found !== undefined && maySpeak(state, found.actor, subject);
    });
    if (own) as[act] = own;
  }
  const can = rules.can.filter((act) => (as[act] ?? []).length > 0);
  const on = (['score', 'leave-out', 'correct'] as const)
    .filter((act) => can.includes(act))
    .map((act) => {
      const each = Object.fromEntries(trials[act].map((trial) => [trial.indicator ?? '', [trial]]));
      return [act, possibleActs(evaluationRules.decide, state, { capacities: acting, trials: each, atMs: nowMs }).can];
    });
  return { can, as, on: Object.fromEntries(on) as SubjectView['on'] };
}

function scoreView(
  { zone, titles, called, sourceOf, belonging }: Context,
  one: Evaluated,
  score: Score,
  of: <T extends EvaluationEvent['type']>(type: T) => Of<T>[],
): SubjectView['scores'][number] {
  const { indicator, value, evidence, by, seat, atMs, sources, count, corrected } = score;
  const isGathered = by === GATHERED;
  const scored = of('evaluation-scored').findLast(({ event }) => event.indicator === indicator);
  const change = of('evaluation-score-corrected').findLast(({ event }) => event.indicator === indicator);
  const counted = one.breakdown.find((part) => part.indicator === indicator);
  const known = belonging.seat(seat);
  return {
    indicator: titles.indicator(indicator),
    value,
    gathered: isGathered,
    by: isGathered ? null : called.person(by),
    seat: isGathered ? null : known,
    at: isoAt(zone, atMs),
    evidence: isGathered ? [] : evidence.map(titles.record),
    record: isGathered ? null : (scored?.text.note ?? null),
    documents: isGathered ? [] : (scored?.documents ?? []),
    sources: sources.map(sourceOf),
    count,
    corrected: corrected && {
      from: corrected.from,
      by: called.person(corrected.by),
      at: isoAt(zone, corrected.atMs),
      reason: change?.text.reason ?? null,
      documents: change?.documents ?? [],
    },
    weight: counted?.weight ?? null,
    points: counted?.points ?? null,
  };
}

/** What happened, as far as it is about all, or about whose result the reader may see. */
async function eventsOf(
  { database }: Deps,
  { record, zone, seesMoney }: Context,
  { seen, seesAll }: { seen: readonly string[]; seesAll: boolean },
): Promise<View['events']> {
  const rows = record.rows.filter((_row, index) => {
    const { subject } = (record.all[index]?.event ?? {}) as { subject?: string };
    return subject === undefined || seen.includes(subject);
  });
  const views = await eventViews(database, rows, { zone, seesMoney: true });
  return views.map((view) => {
    const { figures, subjects, ...data } = view.data;
    const shown = {
      ...data,
      ...(seesAll && figures !== undefined ? { figures } : {}),
      ...(seesAll && subjects !== undefined ? { subjects } : {}),
    };
    return { ...view, data: seesMoney ? shown : withoutAmounts(shown) };
  }) as View['events'];
}

/** Sums are the ledger's, wherever they stand. */
function withoutAmounts(value: unknown): { [key: string]: unknown } {
  const cut = (one: unknown): unknown =>
    Array.isArray(one)
      ? one.map(cut)
      : typeof one === 'object' && one !== null
        ? Object.fromEntries(
            Object.entries(one)
              .filter(([key]) => key !== 'amount')
              .map(([key, member]) => [key, cut(member)]),
          )
        : one;
  return cut(value) as { [key: string]: unknown };
}
