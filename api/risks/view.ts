import type { z } from 'zod';
import type { Due } from '../../domain/agreement/event.ts';
import { isOver, notKeeper } from '../../domain/risk/standing.ts';
import { RISK_LEVELS, SCALE_MAX } from '../../domain/risk/compiled.ts';
import type { RiskEvent } from '../../domain/risk/event.ts';
import { riskRules } from '../../domain/risk/risk.ts';
import type { RiskState } from '../../domain/risk/state.ts';
import type { Zone } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { CommandText } from '../commands.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import type { Principal } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { processRecord } from '../process/record.ts';
import { type Belonging, belongingOf } from '../process/rows.ts';
import { capacitiesOf } from '../process/speaking.ts';
import { findAgreement, stateOf } from '../views.ts';
import { type RiskProcess, findRisk, riskProcess, rulesOf } from './rows.ts';
import type { RiskAct, risk as riskSchema, riskList } from './schema.ts';

type List = z.output<typeof riskList>;
type Summary = List['items'][number];
type View = z.output<typeof riskSchema>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** The register of an agreement. @throws Problem `unknown-agreement`, `not-started` */
export async function risksOf(
  deps: Deps,
  { agreementId, reader }: { agreementId: string; reader: Principal },
): Promise<List> {
  const { database } = deps;
  const belonging = await belongingOf(database, agreementId);
  const { agreement } = belonging;
  const rows = await database.process.findMany({ where: { agreementId, type: 'risk' } });
  const items = rows
    .map(riskProcess)
    .map((one) => summaryOf(belonging, one))
    .sort((a, b) => placeOf(b) - placeOf(a) || (a.reference < b.reference ? -1 : 1));
  const rules = rulesOf(belonging);
  const capacities = rules ? await capacitiesOf(deps, { agreementId, agreement, reader }) : [];
  const frame = {
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
  };
  return {
    items,
    counts: {
      status: countOf(items.map(({ status }) => status)),
      level: countOf(items.filter(({ status }) => status !== 'closed').map(({ level }) => level)),
      overdue: items.filter(({ overdue }) => overdue).length,
    },
    rules: rulesView(belonging),
    seats: seatsOf(belonging),
    breaches: await breachesOf(deps, belonging),
    may: {
      register: capacities
        .filter(({ actor }) => rules && !notKeeper({ ...frame, rules }, actor))
        .map(({ as, onBehalfOf }) => ({ as, onBehalfOf })),
    },
  };
}

/**
 * One risk as it stands: from Postgres alone.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-risk`
 */
export async function riskView(
  deps: Deps,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const { database, clock } = deps;
  const [belonging, process] = await Promise.all([
    belongingOf(database, agreementId),
    findRisk(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const { agreement, seat } = belonging;
  const { zone } = input;
  const nowMs = clock();
  const [record, capacities] = await Promise.all([
    processRecord<RiskEvent>(database, row.workflowId, true),
    capacitiesOf(deps, { agreementId, agreement, reader }),
  ]);
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(riskRules.decide, state, { capacities, trials: trialsOf(state), atMs: nowMs });
  const own = (row.text as CommandText | null) ?? {};
  const steps =
    [own, ...record.of('risk-equipped').map(({ text }) => text)].findLast(({ items }) => items)?.items ?? [];
  const what = (index: number): string | null => steps[index]?.what ?? null;
  const planned = record.of('risk-measure-planned');
  const completed = record.of('risk-measure-completed');
  const stepped = record.of('risk-step-done');
  const indexOf = (step: string): number => (state.emergency?.steps ?? []).findIndex((one) => one.id === step);
  const at = (ms: number): string => isoAt(zone, ms);
  const { emergency, warning, occurrence } = state;
  return {
    ...summaryOf(belonging, process),
    sequence: row.sequence,
    asOf: at(nowMs),
    ...possible,
    rules: rulesView(belonging),
    seats: seatsOf(belonging),
    details: own.details ?? own.reason ?? null,
    ratings: [...record.of('risk-registered'), ...record.of('risk-rated')]
      .map(({ event, text, person }) => ({
        probability: event.probability,
        impact: event.impact,
        level: event.level,
        version: event.version,
        at: at(event.occurredAtMs),
        by: person,
        reason: text.reason ?? null,
      }))
      .reverse(),
    plans: state.measures.map((one) => ({
      measure: one.measure,
      what: planned.findLast(({ event }) => event.measure === one.measure)?.text.measures?.[one.measure]?.what ?? null,
      version: one.version,
      lowers: one.lowers,
      residual: one.residual,
      owner: seat(one.owner),
      due: dueView(zone, one.due),
      status: one.status === 'open' && one.overdue ? ('overdue' as const) : one.status,
      effective: one.verdict === 'effective',
      documents: completed.findLast(({ event }) => event.measure === one.measure)?.documents ?? [],
    })),
    measureReviewDue: state.measures.length === 0 ? null : dueView(zone, state.measureReview.due),
    emergency: emergency && {
      steps: emergency.steps.map((one, index) => ({ step: one.id, what: what(index), seat: seat(one.seat) })),
      listed: emergency.listed.map(seat),
    },
    warning: warning && {
      indicator: warning.indicator,
      value: warning.value,
      raisedAt: at(warning.raisedAtMs),
      dueAt: warning.dueAtMs === null ? null : at(warning.dueAtMs),
      waiting: warning.waiting.map(seat),
      overdue: warning.overdue,
    },
    warnings: state.warnings,
    occurrence: occurrence && {
      number: occurrence.number,
      occurredAt: at(occurrence.occurredAtMs),
      steps: occurrence.steps.map((one) => ({
        step: one.id,
        what: what(indexOf(one.id)),
        seat: seat(one.seat),
        doneAt: one.doneAtMs === null ? null : at(one.doneAtMs),
        by: one.doneAtMs === null ? null : (stepped.findLast(({ event }) => event.step === one.id)?.person ?? null),
      })),
    },
    events: await eventViews(database, record.rows, { zone, seesMoney: true }),
  };
}

function summaryOf({ seat }: Belonging, { row, input, state }: RiskProcess): Summary {
  const { rating, threshold, measures, response, review, measureReview, warning } = state;
  const over = isOver(state);
  const text = row.text as CommandText | null;
  return {
    id: row.id,
    reference: row.reference,
    title: text?.topic ?? null,
    status: row.status as Summary['status'],
    ...rating,
    owner: seat(input.owner),
    departments: state.departments.map(seat),
    threshold: threshold && {
      indicator: threshold.indicator,
      operator: threshold.operator,
      value: threshold.value,
      windowDays: threshold.windowDays ?? null,
    },
    unguarded: !over && input.rules.warning !== null && threshold === null,
    measures: {
      open: measures.filter(({ status }) => status === 'open').length,
      done: measures.filter(({ status }) => status === 'done').length,
    },
    responseDue: over ? null : dueView(input.zone, response.due),
    reviewDue: over ? null : dueView(input.zone, review.due),
    warned: warning !== null,
    overdue:
      !over &&
      (response.overdue ||
        review.overdue ||
        (measureReview.overdue && measures.length > 0) ||
        measures.some((one) => one.status === 'open' && one.overdue) ||
        warning?.overdue === true),
  };
}

/** Open before closed, then by level, then by the product. */
function placeOf({ status, level, probability, impact }: Summary): number {
  return (status === 'closed' ? 0 : 1_000) + 100 * RISK_LEVELS.indexOf(level) + probability * impact;
}

function dueView(zone: Zone, due: Due | null): { dueAt: string; localDate: string } | null {
  return due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate };
}

function countOf(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function rulesView(belonging: Belonging): List['rules'] {
  const rules = rulesOf(belonging);
  if (!rules) return null;
  const { clauses, keeper, scale, planLevel, response, residual, review, measureReview, warning, emergency } = rules;
  return {
    clauses,
    keeper: belonging.seat(keeper),
    scale: { max: SCALE_MAX, ...scale },
    planLevel,
    responseDays: response?.days ?? null,
    measures: response !== null,
    residual: residual !== null,
    review: review !== null,
    measureReview: measureReview !== null,
    warning: warning !== null,
    ackHours: warning?.ackHours ?? null,
    emergency: emergency !== null,
  };
}

/** The parties and the seats of their sides; a third party has no part in the register. */
function seatsOf({ agreement, seat }: Belonging): List['seats'] {
  const others = Object.entries(agreement.seatParties ?? {}).flatMap(([id, party]) =>
    agreement.parties.includes(party) ? [id] : [],
  );
  return [...new Set([...agreement.parties, ...others])].map(seat);
}

/** Where the contract speaks of the risk of breach. */
async function breachesOf({ database }: Deps, belonging: Belonging): Promise<List['breaches']> {
  const { agreementId, agreement, seat, template } = belonging;
  if (!template?.rules.some((rule) => rule.kind === 'risk' && rule.breaches)) return [];
  const state = stateOf(await findAgreement(database, agreementId));
  const breaches = state?.breaches ?? [];
  return agreement.parties.flatMap((party) => {
    const own = breaches.filter((one) => one.against === party);
    return own.length === 0
      ? []
      : [
          {
            party: seat(party),
            count: own.length,
            open: own.filter(({ status }) => status === 'notified' || status === 'negotiating').length,
          },
        ];
  });
}

const FILES = [{ sha256: '0'.repeat(64), size: 1 }];
type Trial = { type: string } & Record<string, unknown>;

/** For each act, a command that is right in everything that whoever acts can still choose. */
function trialsOf(state: RiskState): Record<RiskAct, Trial[]> {
  const { rating, input, measures, occurrence, emergency, threshold } = state;
  const plan = emergency ?? { steps: [{ id: 'trial', seat: input.owner }], listed: [] };
  const withPlan = input.rules.emergency === null ? {} : { emergency: plan };
  const other = { probability: rating.probability === 1 ? 2 : 1, impact: rating.impact };
  const facts = {
    lowers: 'both',
    residual: { probability: rating.probability, impact: rating.impact },
    owner: input.owner,
    dueOn: null,
  };
  const value = threshold?.operator === 'at-most' || threshold?.operator === 'below' ? '-999999999' : '999999999';
  return {
    rate: [{ type: 'rate', ...other, ...withPlan }],
    equip: [{ type: 'equip', departments: state.departments }],
    mitigate: [{ type: 'mitigate', measure: 'trial', ...facts }],
    complete: measures.map(({ measure }) => ({ type: 'complete', measure, documents: FILES })),
    review: [{ type: 'review', verdict: 'confirmed' }],
    assess: measures.map(({ measure }) => ({ type: 'assess', measure, verdict: 'effective' })),
    observe: [{ type: 'observe', value }],
    acknowledge: [{ type: 'acknowledge' }],
    occur: [{ type: 'occur' }],
    step: (occurrence?.steps ?? []).map(({ id }) => ({ type: 'step', step: id })),
    'stand-down': [{ type: 'stand-down' }],
    close: [{ type: 'close' }],
  };
}
