import type { Actor } from '../domain/agreement/command.ts';
import type { EventType } from '../domain/agreement/event.ts';
import { personOf } from '../domain/agreement/reading.ts';
import type { CaseEventType } from '../domain/case/event.ts';
import type { EngagementEventType } from '../domain/engagement/event.ts';
import type { EvaluationEventType } from '../domain/evaluation/event.ts';
import type { ImprovementEventType } from '../domain/improvement/event.ts';
import type { SurveyEventType } from '../domain/survey/event.ts';
import type { Zone } from '../domain/time.ts';
import type { TrainingEventType } from '../domain/training/event.ts';
import type { RiskEventType } from '../domain/risk/event.ts';
import type { VisitEventType } from '../domain/visit/event.ts';
import { isoAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { tellsOfMoney, withoutMoney, wordsWithoutMoney } from './event-money.ts';
import { grouped } from './grouped.ts';
import { eventData } from './views.ts';

/** What the act itself became; what follows from it bears neither its text nor its files. */
const ACTS: readonly (
  | EventType
  | SurveyEventType
  | ImprovementEventType
  | VisitEventType
  | RiskEventType
  | TrainingEventType
  | CaseEventType
  | EvaluationEventType
  | EngagementEventType
)[] = [
  'deliverable-submitted',
  'agreement-terminated',
  'approval-given',
  'baseline-entered',
  'payment-recorded',
  'payment-held-back',
  'waiver-proposed',
  'penalty-waived',
  'amendment-proposed',
  'obligation-overridden',
  'calendar-repinned',
  'redating-declined',
  'suspension-proposed',
  'suspension-proposed',
  'agreement-suspended',
  'agreement-resumed',
  'renewal-objected',
  'breach-notified',
  'breach-cured',
  'negotiation-failed',
  'termination-notified',
  'termination-objected',
  'item-settled',
  'claim-made',
  'claim-answered',
  'recourse-recorded',
  'sum-booked',
  'matter-opened',
  'matter-carried',
  'engagement-end-proposed',
  'engagement-end-agreed',
  'engagement-item-agreed',
  'third-access-changed',
  'survey-report-released',
  'finding-raised',
  'finding-classified',
  'finding-merged',
  'finding-dismissed',
  'plan-submitted',
  'plan-rejected',
  'measure-completed',
  'cause-found',
  'plan-checked',
  'effect-verified',
  'customers-answered',
  'customer-verdict-given',
  'results-published',
  'risk-rated',
  'risk-equipped',
  'risk-measure-planned',
  'risk-measure-completed',
  'risk-measure-assessed',
  'risk-reviewed',
  'risk-warning-acknowledged',
  'risk-occurred',
  'risk-step-done',
  'risk-stood-down',
  'risk-closed',
  'visit-rescheduled',
  'visit-reported',
  'visit-cancelled',
  'visit-finding-raised',
  'training-rescheduled',
  'trainee-withdrawn',
  'training-feedback-given',
  'training-completed',
  'training-cancelled',
  'engagement-finding-raised',
  'engagement-asked',
  'engagement-provided',
  'engagement-agreed',
  'engagement-refused',
  'engagement-withdrawn',
  'engagement-negotiated',
  'engagement-drafted',
  'engagement-draft-accepted',
  'engagement-draft-rejected',
  'engagement-signed',
  'engagement-signature-refused',
  'engagement-undertaken',
  'engagement-access-granted',
  'engagement-access-withdrawn',
  'engagement-breach-recorded',
  'engagement-task-assigned',
  'engagement-milestone-handed-in',
  'engagement-milestone-accepted',
  'engagement-milestone-rejected',
  'engagement-effect-reviewed',
  'engagement-supervised',
  'engagement-support-asked',
  'engagement-support-answered',
  'engagement-cost-charged',
  'engagement-cost-paid',
  'engagement-cap-proposed',
  'engagement-cap-agreed',
  'engagement-cap-rejected',
  'engagement-cap-changed',
  'engagement-cap-declined',
  'engagement-loss-reported',
  'engagement-loss-agreed',
  'engagement-loss-disputed',
  'engagement-loss-dropped',
  'engagement-recourse-recorded',
  'engagement-ending-proposed',
  'engagement-ending-agreed',
  'engagement-item-settled',
  'evaluation-scheme-acknowledged',
  'evaluation-scored',
  'evaluation-indicator-left-out',
  'evaluation-self-assessed',
  'evaluation-targets-judged',
  'evaluation-third-party-taken',
  'evaluation-objected',
  'evaluation-objection-answered',
  'evaluation-score-corrected',
  'evaluation-confirmed',
  'evaluation-consequence-proposed',
  'evaluation-consequence-decided',
  'evaluation-explained',
  'case-recorded',
  'case-responded',
  'case-forwarded',
  'case-assigned',
  'case-progress-told',
  'case-paused',
  'case-resumed',
  'case-planned',
  'case-plan-confirmed',
  'case-plan-changed',
  'case-executed',
  'case-resolved',
  'case-judged',
  'case-survey-decided',
  'case-classified',
  'case-contested',
  'case-noted',
  'case-reopened',
  'case-reported',
  'case-report-confirmed',
  'case-solution-agreed',
  'case-result-told',
  'case-improvement-raised',
];
const BEARS_TEXT: readonly string[] = [
  ...ACTS,
  'deliverable-rejected',
  'agreement-withdrawn',
  'amendment-declined',
  'claim-dropped',
];
const BEARS_DOCUMENTS: readonly string[] = [
  ...ACTS,
  'agreement-signed',
  'agreement-sealed',
  'amendment-accepted',
  'amendment-declined',
  'claim-dropped',
];

/**
 * Recorded events as people read them: names instead of ids, free text and files from beside the record.
 *
 * @param seesMoney whether the reader may read the ledger: else sums, lines, and words and papers of claims are left out
 */
export async function eventViews(
  database: Database,
  rows: Prisma.EventGetPayload<object>[],
  { zone, seesMoney }: { zone: Zone; seesMoney: boolean },
) {
  const commandIds = rows.flatMap(({ commandId }) => (commandId ? [commandId] : []));
  const [commands, documents, names] = await Promise.all([
    database.command.findMany({ where: { id: { in: commandIds } }, select: { id: true, text: true } }),
    database.agreementDocument.findMany({ where: { commandId: { in: commandIds } }, include: { document: true } }),
    personNames(database, rows.flatMap(peopleOf)),
  ]);
  const texts = new Map(commands.map(({ id, text }) => [id, text as Record<string, unknown>]));
  const documentsOf = grouped(documents, ({ commandId }) => commandId ?? '');
  return rows.map((row) => {
    const { personId, ...actor } = row.actor as unknown as Actor;
    const hidesMoney = !seesMoney && tellsOfMoney(row.type);
    const written = texts.get(row.commandId ?? '');
    const text = hidesMoney && written ? wordsWithoutMoney(row.type, written) : written;
    const files = hidesMoney ? [] : (documentsOf.get(row.commandId ?? '') ?? []);
    const body = JSON.parse(row.body) as Record<string, unknown>;
    return {
      sequence: row.sequence,
      type: row.type,
      at: isoAt(zone, row.occurredAt.getTime()),
      recordedAt: isoAt(zone, row.recordedAt.getTime()),
      ...(row.obligation === null ? {} : { obligation: row.obligation }),
      ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
      actor: { ...actor, name: names.get(personId) ?? null },
      clauses: row.clauses,
      ...(text && BEARS_TEXT.includes(row.type) ? { text } : {}),
      ...(files.length > 0 && BEARS_DOCUMENTS.includes(row.type)
        ? {
            documents: files.map(({ id, fileName, sha256, document }) => ({
              id,
              fileName,
              size: document.size,
              sha256,
            })),
          }
        : {}),
      ...peopleNamed(row, names),
      data: eventData(hidesMoney ? withoutMoney(body) : body, zone),
      hash: row.hash,
    };
  });
}

interface EventRow {
  actor: unknown;
  body: string;
}

/** Ids of those whom an event names: who acted, for whom, who follows whom, who stands in, who read. */
function peopleOf({ actor, body }: EventRow): string[] {
  const { personId, deputyFor } = actor as Actor;
  const { before, after, absent, deputy, reader, readers = [] } = JSON.parse(body) as Record<string, unknown>;
  const read = [reader, ...(readers as unknown[])].map((one) => (typeof one === 'string' ? personOf(one) : undefined));
  return [personId, deputyFor, before, after, absent, deputy, ...read].filter((id) => typeof id === 'string');
}

/** Their names by id, where they have one; the actor's own stands beside the act. */
function peopleNamed(row: EventRow, names: Map<string, string>): { people?: Record<string, string> } {
  const ids = peopleOf(row).slice(1);
  const people = Object.fromEntries(ids.flatMap((id) => (names.has(id) ? [[id, names.get(id)]] : [])));
  return ids.length === 0 ? {} : { people: people as Record<string, string> };
}

async function personNames(database: Database, ids: string[]): Promise<Map<string, string>> {
  const uuids = [...new Set(ids)].filter((id) => /^[0-9a-f]{8}-/.test(id));
  const persons = await database.person.findMany({ where: { id: { in: uuids } }, select: { id: true, name: true } });
  return new Map(persons.map(({ id, name }) => [id, name]));
}
