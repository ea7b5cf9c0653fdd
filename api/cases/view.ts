import type { z } from 'zod';
import { processRulesOf } from './rules.ts';
import type { CaseEvent } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { CommandText } from '../commands.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import { knownDimensions } from '../improvements/dimensions.ts';
import { type Principal, reachOf } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { type ProcessRecord, processRecord } from '../process/record.ts';
import { type Belonging, type CaseProcess, belongingOf, caseProcess, findCase } from '../process/rows.ts';
import { capacitiesOf } from '../process/speaking.ts';
import { handles } from './acting.ts';
import { categoryTitles } from './categories.ts';
import { contactsOf } from './contacts.ts';
import { seatOrCustomer, summariesOf, wordsOf } from './listing.ts';
import { proposedRelatives } from './relatives.ts';
import type { CaseAct, caseView as caseSchema } from './schema.ts';
import { nextStep, ownersOf, ruleOfClock, standingClocks } from '../../domain/case/clock-standing.ts';

type View = z.output<typeof caseSchema>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/**
 * One case as it stands: from Postgres alone. How its customer is reached is for those who handle it.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-case`
 */
export async function caseView(
  deps: Deps,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<View> {
  const { database, clock } = deps;
  const [belonging, process] = await Promise.all([
    belongingOf(database, agreementId),
    findCase(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const { agreement, seat } = belonging;
  const { rules, zone } = input;
  const reads = reachOf('record.read', reader) !== 'none';
  const nowMs = clock();
  const [record, capacities, [summary], contacts, dimensions, relatives] = await Promise.all([
    processRecord<CaseEvent>(database, row.workflowId, reads),
    capacitiesOf(deps, { agreementId, agreement, reader }),
    summariesOf(database, { words: () => wordsOf(belonging), reader, nowMs }, [process]),
    contactsOf(database, [row.workflowId]),
    knownDimensions(database, belonging),
    relativesOf(database, process, reads),
  ]);
  if (!summary) throw new Error('unreachable: it was asked for');
  const isStarting = row.status === 'starting';
  // One that is over has no workflow any more.
  const possible =
    isStarting || processRulesOf().isOver(state)
      ? { can: [], as: {} }
      : possibleActs(processRulesOf().decide, state, { capacities, trials: trialsOf(process), atMs: nowMs });
  const contact = contacts.get(row.workflowId);
  const mayReach = capacities.some((one) => handles(process, one));
  const clocks = standingClocks(state, nowMs);
  const next = nextStep(state, isStarting);
  const at = (ms: Instant | null | undefined): string | null => (ms == null ? null : isoAt(zone, ms));
  const said = (type: CaseEvent['type'], field: keyof CommandText): string | null => {
    const found = record.of(type).findLast(({ text }) => text[field] !== undefined)?.text[field];
    return typeof found === 'string' ? found : null;
  };
  const words = reads ? ((row.text as CommandText | null) ?? {}) : {};
  const judged = record.of('case-judged').at(-1);
  const round = state.cycles.at(-1);
  return {
    ...summary,
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    ...possible,
    clauses: rules.clauses,
    details: words.details ?? null,
    contact:
      contact && mayReach
        ? {
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
            language: contact.language === 'en' ? 'en' : 'zh',
          }
        : null,
    openedBy: record.of('case-opened')[0]?.person ?? null,
    assignee: assigneeOf(belonging, record, state),
    outOfTerm: state.outOfTerm,
    next: {
      step: next.step,
      who: next.who.map(seat),
      customer: next.customer,
      dueAt: at(clocks.find(({ id: of, dueAtMs }) => of === next.clock && dueAtMs !== null)?.dueAtMs),
    },
    clocks: clocks.map((one) => {
      const rule = ruleOfClock(state, one.id);
      const [owner] = ownersOf(state, one.id);
      return {
        clock: one.id,
        cycle: one.cycle,
        state: one.standing,
        count: one.budget,
        unit: one.unit,
        startedAt: isoAt(zone, one.startAtMs),
        dueAt: at(one.dueAtMs),
        pausedMinutes: Math.round(one.pausedMs / 60_000),
        stoppedAt: at(one.stoppedAtMs),
        breachedAt: at(one.breachedAtMs),
        means: rule?.means ?? null,
        who: owner === undefined ? null : seat(owner),
        clauses: rule?.clauses ?? [],
      };
    }),
    rounds: state.cycles.map((one, index) => ({
      cycle: index + 1,
      openedAt: isoAt(zone, one.openedAtMs),
      respondedAt: at(one.respondedAtMs),
      resolvedAt: at(one.resolvedAtMs),
      toldAt: at(one.toldAtMs),
      satisfied: one.satisfied,
    })),
    record: {
      required: rules.recordRequired,
      content: { there: state.record.content, words: said('case-recorded', 'content') },
      process: { there: state.record.process, words: said('case-recorded', 'process') },
      result: { there: state.record.result, words: said('case-recorded', 'result') },
    },
    plan: state.plannedAtMs === null ? null : said('case-planned', 'details'),
    result: round?.resolvedAtMs == null ? null : said('case-resolved', 'details'),
    pause: pauseOf(record, state, zone),
    opinion:
      judged === undefined
        ? null
        : {
            satisfied: judged.event.satisfied,
            score: judged.event.score,
            words: judged.text.note ?? null,
          },
    breached: state.breaches.map(({ clock: of, cycle, atMs, means, liable, claimant }) => ({
      clock: of,
      cycle,
      at: isoAt(zone, atMs),
      means,
      liable: liable === null ? null : seatOrCustomer(belonging, liable),
      claims: claimant !== null,
    })),
    agreed: state.agreed.map(seat),
    negotiators: rules.negotiators.map(seat),
    specialSurvey: state.specialSurvey,
    passedTo: state.passedTo.map((to) => (to === 'department' ? { seat: to, title: DEPARTMENT } : seat(to))),
    suspected: state.suspected,
    related: relatives,
    improvements: await improvementsOf(database, state),
    dimensions: dimensions.map(belonging.dimension),
    seats: input.seats.filter((one) => one !== 'coordinator').map(seat),
    categories: rules.categories.map((one) => ({ id: one.id, title: categoryTitles(belonging)(one.id) })),
    steps: rules.steps,
    documents: reads ? record.all.flatMap(({ documents }) => documents) : [],
    events: reads ? await eventViews(database, record.rows, { zone, seesMoney: true }) : [],
  };
}

const DEPARTMENT = { zh: '其他部门', en: 'Another department' };

function assigneeOf({ seat }: Belonging, record: ProcessRecord<CaseEvent>, { assignee }: CaseState): string | null {
  if (assignee === null) return null;
  if (assignee === 'person') return record.of('case-assigned').at(-1)?.text.note ?? null;
  return assignee.startsWith('person:') ? record.nameOf(assignee.slice('person:'.length)) : seat(assignee).title.zh;
}

function pauseOf(record: ProcessRecord<CaseEvent>, { paused }: CaseState, zone: Zone): View['pause'] {
  if (paused === null) return null;
  const { reason, fromMs, contested } = paused;
  const words = record.of('case-paused').at(-1)?.text.reason ?? null;
  return { reason, since: isoAt(zone, fromMs), contested, words };
}

async function relativesOf(database: Database, process: CaseProcess, reads: boolean): Promise<View['related']> {
  const { row, state } = process;
  const { agreementId } = row;
  const references = [...state.repeats, ...(state.duplicateOf === null ? [] : [state.duplicateOf])];
  const rows = await database.process.findMany({
    where: { agreementId, type: 'case', reference: { in: references } },
    orderBy: { createdAt: 'desc' },
  });
  const relatives = rows.map((one) => relative(caseProcess(one), reads));
  const proposed = await proposedRelatives(database, process);
  return {
    duplicateOf: relatives.find(({ reference }) => reference === state.duplicateOf) ?? null,
    repeats: relatives.filter(({ reference }) => state.repeats.includes(reference)),
    proposed: proposed.filter((one) => !references.includes(one.row.reference)).map((one) => relative(one, reads)),
  };
}

function relative({ row, input }: CaseProcess, reads: boolean): View['related']['repeats'][number] {
  const { topic = null } = (reads ? (row.text ?? {}) : {}) as { topic?: string | null };
  const { id, reference, status } = row;
  return { id, reference, topic, status: status as View['status'], openedAt: isoAt(input.zone, input.openedAtMs) };
}

async function improvementsOf(database: Database, { findings }: CaseState): Promise<View['improvements']> {
  const rows = await database.process.findMany({
    where: { workflowId: { in: findings.map(({ workflowId }) => workflowId) } },
    select: { id: true, workflowId: true },
  });
  return findings.map(({ workflowId }) => ({
    id: rows.find((row) => row.workflowId === workflowId)?.id ?? null,
    reference: workflowId.split('/').slice(2).join('/'),
  }));
}

/** For each act, a command that is right in everything that whoever acts can still choose. */
function trialsOf({ input, state }: CaseProcess): Record<CaseAct, ({ type: string } & Record<string, unknown>)[]> {
  const { record, severity, priority, category } = state;
  const seats = [...input.seats, ...input.parties, 'department'];
  return {
    respond: [{ type: 'respond' }],
    record: [{ type: 'record', content: !record.content, process: !record.process, result: !record.result }],
    assign: [{ type: 'assign', to: 'person', qualified: true }],
    forward: seats.map((to) => ({ type: 'forward', to })),
    plan: [{ type: 'plan' }],
    confirm: [{ type: 'confirm', verdict: 'confirm' }],
    execute: [{ type: 'execute' }],
    report: [{ type: 'report' }],
    'confirm-report': [{ type: 'confirm-report' }],
    'agree-solution': [{ type: 'agree-solution' }],
    decide: [{ type: 'decide', specialSurvey: 'declined', hasReason: true }],
    progress: [{ type: 'progress' }],
    note: [{ type: 'note' }],
    resolve: [{ type: 'resolve', told: false }],
    'tell-result': [{ type: 'tell-result' }],
    judge: [
      { type: 'judge', satisfied: true, score: null },
      { type: 'judge', satisfied: true, score: '1' },
    ],
    pause: [{ type: 'pause', reason: 'missing-information' }],
    resume: [{ type: 'resume' }],
    contest: [{ type: 'contest', corrected: true }],
    classify: [
      {
        type: 'classify',
        severity: severity === 'major' ? 'normal' : 'major',
        priority,
        category: category ?? undefined,
      },
    ],
    improve: [{ type: 'improve', finding: 'trial', dimension: null }],
    link: [{ type: 'link', relation: 'repeat', of: 'case-00000000' }],
    reopen: [{ type: 'reopen' }],
    close: [{ type: 'close', opinionNotGiven: true }],
  };
}
