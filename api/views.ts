import type { CompiledAgreement, CompiledObligation } from '../domain/agreement/compiled.ts';
import { obligationContext } from '../domain/agreement/obligations.ts';
import { callingOf, explainDue, recurs } from '../domain/agreement/opening.ts';
import { readReference } from '../domain/agreement/reference.ts';
import { obligationTitle as titleIn } from '../domain/obligation-title.ts';
import { occurrenceTitle } from '../domain/occurrence-title.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { accruedLines, describeObligations } from '../domain/agreement/view.ts';
import { addMoney, roundHalfUp } from '../domain/money.ts';
import { chargeOf } from '../domain/penalty.ts';
import type { Text, Zone } from '../domain/time.ts';
import { isoAt, localDateAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { calendarFinder } from './calendars/shelf.ts';
import { findTemplate } from '../templates/library.ts';
import type { Template } from '../templates/schema.ts';
import { holdsMoney } from '../templates/term-check.ts';
import { resolveTerms } from '../templates/terms.ts';
import { zoneData } from '../templates/zone-data.ts';
import { workOf } from './agreement-work.ts';
import { checklistOf } from './checklist.ts';
import { draftNow } from './life/draft-now.ts';
import type { ApiDeps } from './deps.ts';
import { type Principal, reachOf } from './policy.ts';
import { Problem } from './problem.ts';

/** Statuses in which an obligation waits for whoever owes it. */
export const OPEN_STATUSES = ['pending', 'overdue', 'rework'];

export interface Draft {
  template?: string;
  zone?: string;
  calendar?: string;
  terms?: Record<string, unknown>;
  parties?: Record<string, { name?: string; email?: string; language?: string; contact?: string }>;
  seats?: Record<string, { name?: string; email?: string; language?: string; party?: string }>;
  coordinator?: { name?: string; email?: string; language?: string };
}

type SummaryRow = Prisma.AgreementGetPayload<object> & {
  obligations: Pick<
    Prisma.ObligationGetPayload<object>,
    'id' | 'occurrence' | 'status' | 'responsible' | 'dueAt' | 'localDate' | 'position'
  >[];
};

/** The template that an agreement names; `undefined` for a draft of one that is not there. */
export function templateOf(reference: string): Template | undefined {
  const found = findTemplate(reference);
  return 'template' in found ? found.template : undefined;
}

/** The title of an obligation, its id where the template does not have it. */
export function obligationTitle(template: Template | undefined, id: string): Text {
  return (template && titleIn(template, id)) ?? { zh: id, en: id };
}

/** The title of an obligation, and of a recurring one of the occurrence: `id`, `id#occurrence`. */
export function matterTitle(template: Template | undefined, reference: string): Text {
  const { obligation, occurrence } = readReference(reference);
  const title = obligationTitle(template, obligation);
  if (occurrence === undefined) return title;
  const period = occurrenceTitle(occurrence);
  return { zh: `${title.zh}（${period.zh}）`, en: `${title.en} (${period.en})` };
}

/** The agreement's zone as data; of a draft with a wrong one, the default. */
export function zoneOf({ zone, compiled }: { zone: string; compiled: Prisma.JsonValue }): Zone {
  return compiled ? (compiled as unknown as CompiledAgreement).zone : zoneData(zone);
}

/** @throws Problem `unknown-agreement` */
export async function findAgreement(database: Database, id: string) {
  const row = await database.agreement.findUnique({ where: { id } });
  if (!row) throw new Problem('unknown-agreement');
  return row;
}

/** The state that the recorded events fold to; `undefined` before the start. */
export function stateOf(row: {
  compiled: Prisma.JsonValue;
  snapshot: Prisma.JsonValue;
  sequence: number;
}): AgreementState | undefined {
  if (!row.compiled) return undefined;
  return restoreState(
    row.compiled as unknown as CompiledAgreement,
    row.snapshot as unknown as Snapshot | null,
    row.sequence,
  );
}

function agreementSummary(row: SummaryRow) {
  const zone = zoneOf(row);
  const template = templateOf(row.template);
  const draft = row.draft as Draft;
  const due = row.obligations
    .filter(({ status, dueAt }) => OPEN_STATUSES.includes(status) && dueAt !== null)
    .sort((a, b) => Number(a.dueAt) - Number(b.dueAt) || a.position - b.position)[0];
  return {
    id: row.id,
    template: row.template,
    title: template?.title ?? { zh: row.template, en: row.template },
    status: row.status,
    parties: Object.fromEntries(
      Object.entries(draft.parties ?? {}).map(([role, { name }]) => [
        role,
        { name: name ?? '', title: template?.parties[role] ?? { zh: role, en: role } },
      ]),
    ),
    inForceOn: row.inForceOn,
    expiresOn: row.expiresOn,
    createdAt: isoAt(zone, row.createdAt.getTime()),
    nextDue:
      due?.dueAt && due.localDate
        ? {
            obligation: due.id,
            ...(due.occurrence === '' ? {} : { occurrence: due.occurrence }),
            dueAt: isoAt(zone, due.dueAt.getTime()),
            localDate: due.localDate,
            responsible: due.responsible,
            title: obligationTitle(template, due.id),
            responsibleTitle: seatTitles(template)[due.responsible] ?? { zh: due.responsible, en: due.responsible },
          }
        : null,
    overdue: row.obligations.filter(({ status }) => status === 'overdue').length,
  };
}

/**
 * All of one agreement, as far as the reader may know it: what is owed and agreed in money is for those who may read its
 * ledger.
 *
 * @throws Problem `unknown-agreement`
 */
export async function agreementDetail(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  id: string,
  reader: Principal,
) {
  const nowMs = clock();
  const row = await database.agreement.findUnique({
    where: { id },
    include: {
      seats: { include: { person: true }, orderBy: { seat: 'asc' } },
      runs: { orderBy: { firstSeenAt: 'asc' }, select: { workflowId: true, runId: true } },
    },
  });
  if (!row) throw new Problem('unknown-agreement');
  const draft = row.draft as Draft;
  const template = templateOf(row.template);
  const state = stateOf(row);
  // As they stand: with what amendments in effect have changed.
  const given = state ? await draftNow(database, row, state) : row.draft;
  const resolved = template ? resolveTerms(template, (given as Draft).terms ?? {}) : { terms: [], open: [] };
  const seesMoney = reachOf('ledger.read', reader) !== 'none';
  // From the row's own state: rows of another table, read a moment later, may be a step ahead of it.
  const obligations = (state ? describeObligations(state, nowMs) : []).map(
    ({ id: obligation, occurrence, status, responsible, due }, position) => ({
      id: obligation,
      occurrence: occurrence ?? '',
      status,
      responsible,
      dueAt: due ? new Date(due.dueAtMs) : null,
      localDate: due?.localDate ?? null,
      position,
    }),
  );
  return {
    ...agreementSummary({ ...row, expiresOn: state ? state.expiresOn : row.expiresOn, obligations }),
    zone: row.zone,
    calendar: state ? calendarHead(state.agreement.calendar) : await draftCalendar(database, draft),
    terms: resolved.terms.filter(({ name }) => seesMoney || !isMoneyTerm(name, template)),
    open: resolved.open,
    seats: row.seats.map(({ seat, party, person }) => ({
      seat,
      party,
      name: person.name,
      email: person.email,
      language: person.language,
    })),
    mine: state ? ownSeats(state, row.seats, reader, nowMs) : [],
    signatures: state?.signatures ?? {},
    endedOn: row.endedOn,
    obligations: (state ? obligationDetails(state, template, nowMs) : []).map((one) =>
      seesMoney ? one : { ...one, penalty: null },
    ),
    duties: state ? state.agreement.obligations.map((rule) => dutyOf(state.agreement, rule, template)) : [],
    seatTitles: seatTitles(template),
    seatParties: state?.agreement.seatParties ?? {},
    sequence: row.sequence,
    runs: row.runs,
    work: await workOf(database, { agreementId: id, compiled: state?.agreement, reader }),
    ...(row.status === 'draft' ? { draft } : {}),
  };
}

/** The seats that a reader fills, or stands in for today. */
function ownSeats(
  state: AgreementState,
  seats: readonly { seat: string; personId: string; person: { name: string } }[],
  reader: Principal,
  nowMs: number,
): { seat: string; deputyFor: string | null; obligations: string[] }[] {
  if (reader.kind !== 'account' || reader.personId === null) return [];
  const { personId } = reader;
  const on = localDateAt(state.agreement.zone, nowMs);
  const filled = seats.filter((row) => row.personId === personId);
  const stoodFor = state.standIns.filter(({ deputy, from, until }) => deputy === personId && from <= on && on <= until);
  return [
    ...filled.map(({ seat }) => ({ seat, deputyFor: null, obligations: [] })),
    ...stoodFor.map(({ seat, obligations }) => ({
      seat,
      deputyFor: seats.find((row) => row.seat === seat)?.person.name ?? '',
      obligations,
    })),
  ];
}

function calendarHead({ id, version, provisionalFrom }: { id: string; version: string; provisionalFrom: string }) {
  return { id, version, provisionalFrom };
}

async function draftCalendar(database: Database, { calendar }: Draft) {
  const calendarNamed = await calendarFinder(database);
  try {
    return calendarHead(calendarNamed(calendar));
  } catch (error) {
    if (error instanceof RangeError) return null; // it was there when the draft was checked
    throw error;
  }
}

/** Role keys and other seats in the template's words. */
export function seatTitles(template: Template | undefined): Record<string, Text> {
  const seats = template?.seats.map(({ id, title }): [string, Text] => [id, title]) ?? [];
  return { ...template?.parties, ...Object.fromEntries(seats) };
}

/** What is to be done, in a sentence, where the template says it. */
export function obligationSummary(template: Template | undefined, id: string): Text | undefined {
  return template?.obligations.find((one) => one.id === id)?.summary;
}

function dutyOf(agreement: CompiledAgreement, rule: CompiledObligation, template: Template | undefined) {
  const summary = obligationSummary(template, rule.id);
  return {
    id: rule.id,
    kind: rule.kind,
    title: obligationTitle(template, rule.id),
    ...(summary ? { summary } : {}),
    clauses: rule.clauses,
    penaltyClauses: chargeOf(rule)?.clauses ?? [],
    responsible: rule.responsible,
    recurs: recurs(agreement, rule),
    recurrence: rule.recurrence ?? null,
    anchor: rule.deadline.anchor,
    offset: rule.deadline.offset,
    opensDays: rule.opensDays ?? null,
    reviewers: rule.review?.reviewers ?? [],
    checklist: checklistOf(agreement, template, rule.id),
  };
}

function obligationDetails(state: AgreementState, template: Template | undefined, nowMs: number) {
  const { zone } = state.agreement;
  const accrued = accruedLines(state, localDateAt(zone, nowMs));
  return describeObligations(state, nowMs).map((view) => {
    const context = obligationContext(state, view.id, view.occurrence);
    const rule = context?.rule;
    const progress = context?.state;
    const posted = progress?.posted.amount ?? '0';
    const running = accrued.find(
      ({ obligation, occurrence }) => obligation === view.id && (occurrence ?? null) === view.occurrence,
    )?.amount;
    const calling = callingOf(state);
    const explanation = context && calling ? explainDue(context, calling) : [];
    const summary = obligationSummary(template, view.id);
    if (view.due && progress && progress.round > 1) {
      explanation.push({
        zh: `退回修改，改于 ${view.due.localDate} 前提交`,
        en: `rejected for rework: due again by the end of ${view.due.localDate}`,
      });
    }
    return {
      id: view.id,
      ...(view.occurrence === null ? {} : { occurrence: view.occurrence }),
      kind: view.kind,
      title: obligationTitle(template, view.id),
      ...(summary ? { summary } : {}),
      status: view.status,
      responsible: view.responsible,
      dueAt: view.due ? isoAt(zone, view.due.dueAtMs) : null,
      localDate: view.due?.localDate ?? null,
      fulfilledAt: view.fulfilledAtMs === null ? null : isoAt(zone, view.fulfilledAtMs),
      daysLate: view.daysLate,
      clauses: view.clauses,
      explanation,
      review: view.review
        ? {
            dueAt: isoAt(zone, view.review.dueAtMs),
            localDate: view.review.localDate,
            waitingFor: view.review.waitingFor,
            round: view.review.round,
          }
        : null,
      penalty: rule?.penalty
        ? {
            balance: roundHalfUp(addMoney(posted, running ?? '0'), rule.penalty.currency),
            currency: rule.penalty.currency,
          }
        : null,
      checklist: checklistOf(state.agreement, template, view.id),
    };
  });
}

/** Whether a term is a sum, or a table with sums: for those who may read the ledger. */
export function isMoneyTerm(name: string, template: Template | undefined): boolean {
  const term = template?.terms.find((one) => one.name === name);
  return term !== undefined && holdsMoney(term);
}

/** An event's own fields, for people: instants as ISO 8601, the common fields left out. */
export function eventData(event: Record<string, unknown>, zone: Zone): Record<string, unknown> {
  const common = [
    'sequence',
    'type',
    'occurredAtMs',
    'recordedAtMs',
    'actor',
    'clauses',
    'commandId',
    'obligation',
    'occurrence',
    'documents',
  ];
  const own = Object.fromEntries(Object.entries(event).filter(([key]) => !common.includes(key)));
  return withIsoInstants(own, zone) as Record<string, unknown>;
}

function withIsoInstants(value: unknown, zone: Zone): unknown {
  if (Array.isArray(value)) return value.map((item) => withIsoInstants(item, zone));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      key.endsWith('Ms') && typeof member === 'number'
        ? [key.slice(0, -2), isoAt(zone, member)]
        : [key, withIsoInstants(member, zone)],
    ),
  );
}
