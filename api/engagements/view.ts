import type { z } from 'zod';
import { COORDINATOR, THIRD } from '../../domain/agreement/parties.ts';
import type { Due } from '../../domain/agreement/event.ts';
import { applicantOf } from '../../domain/engagement/applying.ts';
import type { CompiledEngagement } from '../../domain/engagement/compiled.ts';
import { engagementRules } from '../../domain/engagement/engagement.ts';
import { usedOf } from '../../domain/engagement/cap.ts';
import type { EngagementEvent } from '../../domain/engagement/event.ts';
import { seatsNamed } from '../../domain/engagement/standing.ts';
import type { EngagementState } from '../../domain/engagement/state.ts';
import { ENGAGEMENT_EVENT_WORDS } from '../../domain/engagement/vocabulary.ts';
import type { Instant, LocalDate, Text, Zone } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { Template } from '../../templates/schema.ts';
import type { CommandText } from '../commands.ts';
import type { ApiDeps } from '../deps.ts';
import { eventViews } from '../event-views.ts';
import { type Principal, reachOf } from '../policy.ts';
import { possibleActs } from '../process/possible.ts';
import { type KnownDocument, type ProcessRecord, processRecord } from '../process/record.ts';
import {
  type Belonging,
  type EngagementProcess,
  belongingOf,
  engagementProcess,
  findEngagement,
} from '../process/rows.ts';
import { capacitiesOf } from '../process/speaking.ts';
import { speakersOf } from './acting.ts';
import { applicationKey } from './applying.ts';
import { nextSteps } from './next.ts';
import { forThird, withoutMoney } from './without-money.ts';
import type { engagement as engagementSchema, engagementList } from './schema.ts';
import { engagementTrials } from './trials.ts';

type List = z.output<typeof engagementList>;
type Summary = List['items'][number];
export type View = z.output<typeof engagementSchema>;
type Rules = View['rules'];
type Deps = Pick<ApiDeps, 'database' | 'clock'>;
type Record_ = ProcessRecord<EngagementEvent>;

/** All engagements of an agreement, and what the contract says of third parties. @throws Problem `unknown-agreement`, `not-started` */
export async function engagementsOf(
  deps: Deps,
  { agreementId, reader }: { agreementId: string; reader: Principal },
): Promise<List> {
  const { database } = deps;
  const belonging = await belongingOf(database, agreementId);
  const { agreement, template, seat } = belonging;
  const rows = await database.process.findMany({
    where: { agreementId, type: 'engagement' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  const reads = reachOf('record.read', reader) !== 'none';
  const named = await thirdNames(database, agreementId);
  const processes = rows.map(engagementProcess);
  const seen = { reads, nameOf: named, purposeOf: await purposesOf(database, processes), nowMs: deps.clock() };
  const items = processes.map((process) => summaryOf(belonging, process, seen));
  const rules = agreement.engagements ?? [];
  const capacities = rules.length > 0 ? await capacitiesOf(deps, { agreementId, agreement, reader }) : [];
  const frame = { parties: agreement.parties, seats: agreement.seats, seatParties: agreement.seatParties ?? {} };
  return {
    items,
    counts: { status: countOf(items.map(({ status }) => status)), overdue: items.filter((one) => one.overdue).length },
    rules: rules.map((rule) => ({
      ...rulesOf(belonging, rule, rule.agreement.signatories),
      title: titleOf(template, rule.id),
    })),
    parties: agreement.parties.map(seat),
    seatedThird: agreement.seats.includes(THIRD) ? named(THIRD) : null,
    may: {
      apply: Object.fromEntries(
        rules.map((rule) => [
          rule.id,
          capacities
            .filter(({ actor }) => applicantOf({ ...frame, rules: rule }, actor) !== undefined)
            .map(({ as, onBehalfOf }) => ({ as, onBehalfOf })),
        ]),
      ),
    },
  };
}

/** What each was applied for in the words that came last: beside its process, or beside the command of another round. */
export async function purposesOf(
  database: Database,
  processes: readonly EngagementProcess[],
): Promise<(process: EngagementProcess) => string | null> {
  const again = processes.filter(({ state }) => state.rounds.length > 1).map(({ row }) => row.workflowId);
  const events =
    again.length === 0
      ? []
      : await database.event.findMany({
          where: { workflowId: { in: again }, type: { in: BEGINNINGS }, commandId: { not: null } },
          orderBy: { sequence: 'asc' },
          select: { workflowId: true, commandId: true },
        });
  const commands = await database.command.findMany({
    where: { id: { in: events.flatMap(({ commandId }) => commandId ?? []) } },
    select: { id: true, text: true },
  });
  const said = new Map(
    events.map(({ workflowId, commandId }) => [
      workflowId,
      commands.find(({ id }) => id === commandId)?.text as CommandText | null | undefined,
    ]),
  );
  return ({ row }) => said.get(row.workflowId)?.purpose ?? ((row.text ?? {}) as CommandText).purpose ?? null;
}

const BEGINNINGS = ['engagement-applied', 'engagement-invited', 'engagement-begun'];

/** Organisations of whoever fills the seats of third parties. */
async function thirdNames(database: Database, agreementId: string): Promise<(seat: string) => string | null> {
  const rows = await database.seat.findMany({
    where: { agreementId, seat: { startsWith: THIRD } },
    select: { seat: true, person: { select: { organisation: { select: { name: true } } } } },
  });
  const names = new Map(rows.map(({ seat, person }) => [seat, person.organisation.name]));
  return (seat) => names.get(seat) ?? null;
}

function countOf(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function dueView(zone: Zone, due: Due | null) {
  return due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate };
}

/** What a template calls a code: a value of one of its terms, a rule, a part of one. */
export function titleOf(template: Template | undefined, code: string): Text {
  const find = (node: unknown): Text | undefined => {
    if (typeof node !== 'object' || node === null) return undefined;
    const { value, label, id, title } = node as { value?: unknown; label?: unknown; id?: unknown; title?: unknown };
    if (value === code && isText(label)) return label;
    if (id === code && isText(title)) return title;
    for (const child of Object.values(node)) {
      const found = find(child);
      if (found) return found;
    }
    return undefined;
  };
  return find(template) ?? { zh: code, en: code };
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}

interface Seen {
  /** Whether words, names and files may be shown. */
  reads: boolean;
  nameOf: (seat: string) => string | null;
  purposeOf: (process: EngagementProcess) => string | null;
  nowMs: Instant;
}

/** The seats of an engagement with their names: its third party is called by its own. */
function seatIn({ seat }: Pick<Belonging, 'seat'>, { thirdSeat }: { thirdSeat: string }, name: string | null) {
  return (id: string): { seat: string; title: Text } => {
    if (id === COORDINATOR) return { seat: id, title: { zh: '项目协调人', en: 'Coordinator' } };
    if (id !== thirdSeat && id !== THIRD) return seat(id);
    return { seat: thirdSeat, title: name === null ? { zh: '第三方', en: 'Third party' } : { zh: name, en: name } };
  };
}

function partyOf({ row, input }: EngagementProcess, { reads, nameOf }: Seen): Summary['thirdParty'] {
  const { identity } = (row.text ?? {}) as CommandText;
  const name = identity?.name ?? nameOf(input.thirdSeat);
  return {
    seat: input.thirdSeat,
    name: reads ? name : null,
    kind: (identity?.kind ?? null) as Summary['thirdParty']['kind'],
    registration: (reads && identity?.registration) || null,
  };
}

/** An engagement as lists show it. */
export function summaryOf(belonging: Pick<Belonging, 'seat'>, process: EngagementProcess, seen: Seen): Summary {
  const { row, input, state } = process;
  const { zone, rules } = input;
  const thirdParty = partyOf(process, seen);
  const seat = seatIn(belonging, input, thirdParty.name);
  const isBegun = row.status !== 'starting';
  const steps = isBegun ? nextSteps(state, seen.nowMs) : [];
  return {
    id: row.id,
    agreementId: row.agreementId,
    reference: row.reference,
    kind: rules.kind,
    status: row.status as Summary['status'],
    thirdParty,
    purpose: seen.reads ? seen.purposeOf(process) : null,
    applicant: seat(state.rounds.at(-1)?.by ?? applicantOf(input, input.actor) ?? input.actor.seat),
    appliedAt: isoAt(zone, state.rounds.at(-1)?.appliedAtMs ?? input.appliedAtMs),
    signedOn: state.signedOn,
    endsOn: state.draft?.endsOn ?? null,
    endedOn: state.endedOn,
    overdue: row.status === 'no-reply' || steps.some((one) => one.overdue),
    next: steps.map(({ act, by, due, overdue, about }) => ({
      act,
      by: by.map(seat),
      due: dueView(zone, due),
      overdue,
      about,
    })),
  };
}

function rulesOf({ seat, template }: Belonging, rule: CompiledEngagement, signatories: string[]): Rules {
  const { jointReview, acceptance, effectReview, supervision, support, fee, end, cap } = rule;
  const titled = (id: string) => ({ id, title: titleOf(template, id) });
  return {
    id: rule.id,
    kind: rule.kind,
    clauses: rule.clauses,
    applicants: rule.applicants.map(seat),
    application: rule.application,
    advanceNotice: rule.advanceNotice,
    negotiation: rule.negotiation && { ...rule.negotiation, between: rule.negotiation.between.map(seat) },
    reply: rule.reply && { ...rule.reply, by: rule.reply.by === null ? null : seat(rule.reply.by) },
    jointReview: jointReview && {
      by: jointReview.by.map(seat),
      days: jointReview.windowDays,
      clauses: jointReview.clauses,
    },
    agreement: { ...rule.agreement, signatories },
    cap: cap && { ...cap, rationale: cap.rationale.map(titled) },
    scopes: rule.scopes.map(titled),
    siteRules: rule.siteRules,
    undertaking: rule.undertaking,
    acceptance: acceptance && { ...acceptance, by: acceptance.by.map(seat) },
    effectReview: effectReview && { ...effectReview, by: effectReview.by.map(seat) },
    supervision: supervision && { ...supervision, by: supervision.by.map(seat) },
    support: support && { ...support, by: support.by.map(seat) },
    fee,
    liability: rule.liability,
    end: end && { ...end, items: end.items.map(titled) },
  };
}

/**
 * One engagement as it stands: from Postgres alone. Its third party reads all of it, and nothing else; of others, words,
 * names and files are for those who may read the record.
 *
 * @param isThird whether the reader is its third party
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-engagement`
 */
export async function engagementView(
  deps: Deps,
  { isThird, ...asked }: { agreementId: string; id: string; reader: Principal; isThird: boolean },
): Promise<View> {
  const { reader } = asked;
  const view = await wholeView(deps, { ...asked, reads: isThird || reachOf('record.read', reader) !== 'none' });
  if (isThird) return forThird(view);
  return reachOf('ledger.read', reader) === 'none' ? withoutMoney(view) : view;
}

/**
 * The same for whoever is asked to act in it by link, words, sums and files alike: its page shows of it what that step is
 * about (api/act/engagement/told.ts).
 */
export async function engagementByLink(
  deps: Deps,
  { isThird, ...asked }: { agreementId: string; id: string; reader: Principal; isThird: boolean },
): Promise<View> {
  const view = await wholeView(deps, { ...asked, reads: true });
  return isThird ? forThird(view) : view;
}

async function wholeView(
  deps: Deps,
  { agreementId, id, reader, reads }: { agreementId: string; id: string; reader: Principal; reads: boolean },
): Promise<View> {
  const { database, clock } = deps;
  const [belonging, process] = await Promise.all([
    belongingOf(database, agreementId),
    findEngagement(database, agreementId, id),
  ]);
  const { row, input, state } = process;
  const { agreement, template } = belonging;
  const { zone, rules, thirdSeat, parties } = input;
  const nowMs = clock();
  const [record, speakers, nameOf, first] = await Promise.all([
    processRecord<EngagementEvent>(database, row.workflowId, reads),
    speakersOf(deps, process, reader),
    thirdNames(database, agreementId),
    reads ? filesOf(database, applicationKey(row.workflowId)) : [],
  ]);
  const seen = { reads, nameOf, purposeOf: await purposesOf(database, [process]), nowMs };
  const summary = summaryOf(belonging, process, seen);
  const seat = seatIn(belonging, input, summary.thirdParty.name);
  const telling: Telling = { belonging, process, record, seat, reads, first };
  const { capacities } = speakers;
  const possible =
    row.status === 'starting'
      ? { can: [], as: {} }
      : possibleActs(engagementRules.decide, state, {
          capacities,
          trials: engagementTrials(state, nowMs) as never,
          atMs: nowMs,
        });
  const missing = (all: readonly string[], said: readonly string[]) =>
    all.filter((one) => !said.includes(one)).map(seat);
  return {
    ...summary,
    ...(possible as Pick<View, 'can' | 'as'>),
    withheld: false,
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    agreement: {
      id: agreementId,
      title: template?.title ?? { zh: agreement.template, en: agreement.template },
      zone: zone.id,
      currency: input.currency,
      parties: parties.map(seat),
    },
    seatTitles: Object.fromEntries(
      [...parties, ...Object.keys(input.seatParties), 'coordinator', thirdSeat].flatMap((one) => {
        const { title } = seat(one);
        return title.zh === one ? [] : [[one, title]];
      }),
    ),
    rules: rulesOf(belonging, rules, state.rounds.length > 0 ? seatsNamed(state, rules.agreement.signatories) : []),
    rounds: roundsView(telling),
    noticeThrough: state.noticeThrough,
    negotiation:
      record
        .of('engagement-negotiated')
        .map(({ event, text, documents }) => ({
          on: event.heldOn,
          present: event.present.map(seat),
          minutes: text.minutes ?? null,
          documents,
        }))
        .at(-1) ?? null,
    draft: draftView(telling),
    review: rules.jointReview && {
      acceptedBy: state.reviewedBy.map(seat),
      waitsFor: state.status === 'in-review' ? missing(rules.jointReview.by, state.reviewedBy) : [],
      due: dueView(zone, state.reviewDue),
      overdue: state.reviewOverdue,
    },
    signatures: (state.rounds.length > 0 ? seatsNamed(state, rules.agreement.signatories) : []).map((one) => ({
      by: seat(one),
      signedOn: state.signatures.find((signed) => signed.seat === one)?.signedOn ?? null,
      documents: record.of('engagement-signed').findLast(({ event }) => event.by === one)?.documents ?? [],
    })),
    startsOn: state.startsOn,
    undertaken: record.of('engagement-undertaken').map(({ event, documents }) => ({ what: event.what, documents })),
    access: state.access,
    workStartedOn: state.workStartedOn,
    breaches: record.of('engagement-breach-recorded').map(({ event, text, documents }) => ({
      foundOn: event.foundOn,
      by: seat(event.by),
      details: text.details ?? null,
      documents,
    })),
    tasks: state.tasks.map(({ task, scope, on }) => {
      const { text = {} } = record.of('engagement-task-assigned').find(({ event }) => event.task === task) ?? {};
      const own = record.of('engagement-drafted').at(-1)?.text.scope?.[scope] ?? scope;
      const title = scopeTitle(telling, scope) ?? { zh: own, en: own };
      return { task, title: text.topic ?? null, details: text.details ?? null, scope: { id: scope, title }, on };
    }),
    milestones: milestonesView(telling),
    reports: state.reports.map(({ report, by, complete }) => {
      const entries = record.of('engagement-supervised').filter(({ event }) => event.report === report);
      return {
        report,
        title: entries[0]?.text.topic ?? null,
        complete,
        waitsFor: missing(rules.supervision?.by ?? [], by),
        entries: entries.map((one) => entryView(telling, one)),
      };
    }),
    support: state.support.map(({ request, of, askedOn, due, overdueSince, answeredBy, answeredOn }) => {
      const { text = {} } = record.of('engagement-support-asked').find(({ event }) => event.request === request) ?? {};
      return {
        request,
        title: text.topic ?? null,
        details: text.details ?? null,
        of: of.map(seat),
        waitsFor: missing(of, answeredBy),
        askedOn,
        due: dueView(zone, due),
        overdue: overdueSince !== null && answeredOn === null,
        answeredOn,
        answers: record
          .of('engagement-support-answered')
          .filter(({ event }) => event.request === request)
          .map((one) => entryView(telling, one)),
      };
    }),
    costs: rules.fee && {
      currency: input.currency,
      charges: state.charges.map(({ number, amount, on, shares }) => {
        const told = record.of('engagement-cost-charged').find(({ event }) => event.number === number);
        return { number, amount, on, shares, note: told?.text.note ?? null, documents: told?.documents ?? [] };
      }),
      owed: Object.entries(state.owed).map(([one, amount]) => ({ by: seat(one), amount })),
      payments: record.of('engagement-cost-paid').map(({ event, text, documents }) => ({
        by: seat(event.by),
        amount: event.amount,
        on: localDateAt(zone, event.occurredAtMs),
        reference: text.reference ?? null,
        documents,
      })),
    },
    caps: state.caps,
    capUsed: capUsed(state),
    capChanges: state.capChanges.map((change) => {
      const { text = {} } =
        record.of('engagement-cap-proposed').find(({ event }) => event.number === change.number) ?? {};
      return {
        number: change.number,
        amount: change.amount,
        rationale: rationaleView(telling, change.rationale, text),
        reason: text.reason ?? null,
        by: seat(change.by),
        agreedBy: change.agreedBy.map(seat),
        status: change.status,
        notifiedOn: change.notifiedOn,
        due: dueView(zone, change.due),
      };
    }),
    losses: state.losses.map(({ cause, of, ...loss }) => {
      const reported = record.of('engagement-loss-reported').find(({ event }) => event.loss === loss.loss);
      const disputed = record.all.findLast(
        ({ event }) => event.type === 'engagement-loss-disputed' && event.loss === loss.loss,
      );
      return {
        ...loss,
        cause: seat(cause),
        of: seat(of),
        details: reported?.text.details ?? null,
        reason: disputed?.text.reason ?? null,
        documents: reported?.documents ?? [],
      };
    }),
    ending: state.ending && {
      ground: state.ending.ground,
      by: seat(state.ending.by),
      agreedBy: state.ending.agreedBy.map(seat),
      waitsFor: missing(parties, state.ending.agreedBy),
      noticed: state.ending.noticed,
      reason: record.of('engagement-ending-proposed').at(-1)?.text.reason ?? null,
    },
    endGround: state.endGround,
    items: state.items.map(({ item, by }) => ({
      id: item,
      title: titleOf(template, item),
      by: by.map(seat),
      waitsFor: missing(parties, by),
    })),
    events: reads ? await eventViews(database, record.rows, { zone, seesMoney: true }) : [],
    told: Object.fromEntries(
      [...new Set(record.rows.map(({ type }) => type))].map((type) => [
        type,
        (ENGAGEMENT_EVENT_WORDS as Record<string, Text>)[type] ?? { zh: type, en: type },
      ]),
    ),
  } as View;
}

interface Telling {
  belonging: Belonging;
  process: EngagementProcess;
  record: Record_;
  seat: (id: string) => { seat: string; title: Text };
  reads: boolean;
  /** Files of the first application. */
  first: KnownDocument[];
}

async function filesOf(database: Database, commandId: string): Promise<KnownDocument[]> {
  const rows = await database.agreementDocument.findMany({
    where: { commandId },
    include: { document: true },
    orderBy: { fileName: 'asc' },
  });
  return rows.map(({ id, fileName, sha256, document }) => ({ id, fileName, sha256, size: document.size }));
}

/** Words of a round: beside the process of the first, beside the command of another. */
function wordsOf({ process: { row }, record, reads, first }: Telling, number: number) {
  if (number === 1) return { text: reads ? ((row.text ?? {}) as CommandText) : {}, documents: first };
  return (
    record.all.find(({ event }) => 'round' in event && event.round === number) ?? {
      text: {} as CommandText,
      documents: [],
    }
  );
}

function scopeTitle({ belonging: { template }, process: { input } }: Telling, code: string): Text | null {
  return input.rules.scopes.includes(code) ? titleOf(template, code) : null;
}

function scopeView(
  telling: Telling,
  codes: readonly string[],
  { scope = {} }: CommandText,
): View['rounds'][number]['scope'] {
  return codes.map((id) => ({ id, title: scopeTitle(telling, id), words: scope[id] ?? null }));
}

function roundsView(telling: Telling): View['rounds'] {
  const { process, record, seat } = telling;
  const { zone } = process.input;
  const at = (ms: Instant | null): string | null => (ms === null ? null : isoAt(zone, ms));
  /** The round that ran when an event was recorded. */
  const roundAt = (sequence: number): number =>
    record.all.reduce((round, { event }) => ('round' in event && event.sequence <= sequence ? event.round : round), 1);
  return process.state.rounds
    .map((round): View['rounds'][number] => {
      const { text, documents } = wordsOf(telling, round.number);
      const within = <T extends { event: { sequence: number } }>(told: T[]): T | undefined =>
        told.findLast(({ event }) => roundAt(event.sequence) === round.number);
      const asked = within(record.of('engagement-asked'));
      const provided = within(record.of('engagement-provided'));
      const replied = within([...record.of('engagement-agreed'), ...record.of('engagement-refused')]);
      return {
        number: round.number,
        by: seat(round.by),
        appliedAt: isoAt(zone, round.appliedAtMs),
        purpose: text.purpose ?? null,
        effect: text.effect ?? null,
        scope: scopeView(telling, round.application.scope, text),
        interest: round.application.interest,
        interestDetails: text.interest ?? null,
        documents,
        replyDue: dueView(zone, round.replyDue),
        waitingSince: at(round.askedAtMs),
        pausedDays: round.pauses.reduce((sum, { from, until: end }) => sum + daysBetween(from, end), 0),
        question: asked?.text.reason ?? null,
        provided: provided ? { details: provided.text.details ?? null, documents: provided.documents } : null,
        verdict: round.verdict,
        repliedAt: at(round.repliedAtMs),
        reason: replied?.text.reason ?? null,
        replyDocuments: replied?.documents ?? [],
        daysLate: round.daysLate,
      };
    })
    .reverse();
}

function daysBetween(from: LocalDate, until: LocalDate): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}

function rationaleView(
  { belonging: { template } }: Telling,
  factors: readonly string[],
  { rationale = {} }: CommandText,
) {
  return factors.map((id) => ({ id, title: titleOf(template, id), words: rationale[id] ?? null }));
}

function draftView(telling: Telling): View['draft'] {
  const { process, record } = telling;
  const { draft } = process.state;
  if (draft === null) return null;
  const told = record.of('engagement-drafted').at(-1);
  const text = told?.text ?? {};
  const { sections = {} } = text;
  return {
    sections: draft.sections.map((section) => ({ section, words: sections[section] ?? null })),
    scope: scopeView(telling, draft.scope, text),
    fee: draft.fee && { basis: draft.fee.basis, amount: draft.fee.basis === 'agreed' ? draft.fee.amount : null },
    cap: draft.cap,
    rationale: rationaleView(telling, draft.rationale, text),
    endsOn: draft.endsOn,
    documents: told?.documents ?? [],
    draftedAt: isoAt(process.input.zone, told?.event.occurredAtMs ?? process.input.appliedAtMs),
    points: record.of('engagement-draft-rejected').at(-1)?.text.points ?? [],
  };
}

function milestonesView({ process, record, seat }: Telling): View['milestones'] {
  const { input, state } = process;
  const { zone, rules } = input;
  const { milestones: words = {} } = record.of('engagement-drafted').at(-1)?.text ?? {};
  const acceptors = state.rounds.length > 0 ? seatsNamed(state, rules.acceptance?.by ?? []) : [];
  // Before the agreement is in force they stand in its draft alone.
  const listed =
    state.milestones.length > 0
      ? state.milestones
      : (state.draft?.milestones ?? []).map((one) => ({
          ...one,
          ...{
            status: 'pending' as const,
            handedInAtMs: null,
            daysLate: 0,
            attributable: true,
            acceptedBy: [] as string[],
          },
          ...{
            acceptBy: null,
            acceptedOn: null,
            effectDue: null,
            effect: [] as { by: string; verdict: 'good' | 'poor' }[],
          },
        }));
  return listed.map((one) => {
    const handedIn = record
      .of('engagement-milestone-handed-in')
      .findLast(({ event }) => event.milestone === one.milestone);
    const returned = record
      .of('engagement-milestone-rejected')
      .findLast(({ event }) => event.milestone === one.milestone);
    return {
      milestone: one.milestone,
      what: words[one.milestone]?.what ?? null,
      standard: words[one.milestone]?.standard ?? null,
      dueOn: one.dueOn,
      status: one.status,
      handedInAt: one.handedInAtMs === null ? null : isoAt(zone, one.handedInAtMs),
      daysLate: one.daysLate,
      attributable: one.attributable,
      note: handedIn?.text.note ?? null,
      documents: handedIn?.documents ?? [],
      acceptedBy: one.acceptedBy.map(seat),
      waitsFor: one.status === 'handed-in' ? acceptors.filter((by) => !one.acceptedBy.includes(by)).map(seat) : [],
      acceptBy: dueView(zone, one.acceptBy),
      acceptedOn: one.acceptedOn,
      points: one.status === 'rejected' ? (returned?.text.points ?? []) : [],
      effectDue: dueView(zone, one.effectDue),
      effect: one.effect.map(({ by, verdict }) => ({ by: seat(by), verdict })),
    };
  });
}

function entryView(
  { seat, process }: Telling,
  {
    event,
    text,
    documents,
  }: { event: { by: string; occurredAtMs: Instant }; text: CommandText; documents: KnownDocument[] },
) {
  return {
    by: seat(event.by),
    at: isoAt(process.input.zone, event.occurredAtMs),
    details: text.details ?? null,
    documents,
  };
}

/** What agreed losses have taken of the cap that holds; null where it is no sum. */
function capUsed(state: EngagementState): string | null {
  return (state.caps.at(-1)?.amount ?? null) === null ? null : usedOf(state);
}
