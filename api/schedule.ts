import type { Event } from '../domain/agreement/event.ts';
import { obligationContexts } from '../domain/agreement/obligations.ts';
import { followers, openings } from '../domain/agreement/opening.ts';
import { CLOCK } from '../domain/agreement/parties.ts';
import { isInForce } from '../domain/agreement/phase.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { addDays } from '../domain/local-date.ts';
import { rulesOf } from '../domain/obligations/registry.ts';
import type { Instant, LocalDate } from '../domain/time.ts';
import { instantAt, isoAt, localDateAt } from '../domain/zone.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import type { ApiDeps } from './deps.ts';
import { grouped } from './grouped.ts';
import { type Principal, reachOf } from './policy.ts';
import { Problem } from './problem.ts';
import { findAgreement, stateOf } from './views.ts';

/** What happened to an obligation, at an instant. */
interface Mark {
  what: 'handed-in' | 'rejected' | 'accepted' | 'penalty' | 'paid';
  at: string;
  /** Of money, for those who may read the ledger. */
  amount?: string;
  currency?: string;
}

/** One obligation, or one occurrence, as it lies in time. Dates are the agreement's own. */
interface Span {
  id: string;
  occurrence?: string;
  /** From when on it is there to be done. */
  from: LocalDate | null;
  /** Its last day as things stand, and as it was first. */
  dueOn: LocalDate | null;
  firstDueOn: LocalDate | null;
  /** The day on which it was fulfilled. */
  doneOn: LocalDate | null;
  status: string;
  daysLate: number;
  review: { from: LocalDate; until: LocalDate } | null;
  marks: Mark[];
}

interface Schedule {
  asOf: LocalDate;
  spans: Span[];
  suspensions: { number: number; ground: string; from: LocalDate; until: LocalDate | null; obligations: string[] }[];
}

/** So far ahead occurrences are reckoned where no last day is agreed. */
const YEARS_AHEAD = 2;
const DAYS_A_YEAR = 366;

const TOLD = [
  'obligation-opened',
  'deliverable-submitted',
  'deliverable-rejected',
  'deliverable-accepted',
  'penalty-posted',
  'late-fee-posted',
  'payment-recorded',
] as const;
type Told = Extract<Event, { type: (typeof TOLD)[number] }>;

/**
 * All obligations of an agreement in time: what was and is, and the occurrences that are still to come as the contract
 * stands. Hand-ins, rejections and sums are for those who may read the record and the ledger.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function scheduleOf(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  agreementId: string,
  reader: Principal,
): Promise<Schedule> {
  const row = await findAgreement(database, agreementId);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  const { zone } = state.agreement;
  const today = localDateAt(zone, clock());
  const recorded = await database.event.findMany({
    where: { workflowId: agreementWorkflowId(agreementId), type: { in: [...TOLD] } },
    orderBy: { sequence: 'asc' },
    select: { body: true },
  });
  const told = recorded.map(({ body }) => JSON.parse(body) as Told);
  const by = grouped(told, ({ obligation = '', occurrence = null }) => keyOf(obligation, occurrence));
  const sees = {
    record: reachOf('record.read', reader) !== 'none',
    money: reachOf('ledger.read', reader) !== 'none',
  };
  const dateOf = (ms: Instant): LocalDate => localDateAt(zone, ms);
  const spans = obligationContexts(state).map((context): Span => {
    const { rule, state: one } = context;
    const events = by.get(keyOf(rule.id, one.occurrence)) ?? [];
    const opened = events.find((event) => event.type === 'obligation-opened');
    const done = one.fulfilledAtMs === null ? null : dateOf(one.fulfilledAtMs);
    return {
      id: rule.id,
      ...(one.occurrence === null ? {} : { occurrence: one.occurrence }),
      from: opened ? dateOf(opened.opensAtMs) : one.due && state.inForceOn,
      dueOn: one.due?.localDate ?? null,
      firstDueOn:
        (one.round === 1 ? (one.moves.find(({ review }) => !review)?.before ?? one.due) : one.originalDue)?.localDate ??
        null,
      doneOn: done,
      status: one.status,
      daysLate: rulesOf(rule).daysLate(one, today, rule),
      review: one.review && {
        from: one.handedInAtMs === null ? today : dateOf(one.handedInAtMs),
        until: one.review.localDate,
      },
      marks: sees.record ? events.flatMap((event) => markOf(event, sees.money, (ms) => isoAt(zone, ms))) : [],
    };
  });
  return {
    asOf: today,
    spans: [...spans, ...planned(state, today)],
    suspensions: state.suspensions.map(({ number, ground, from, until, obligations }) => ({
      ...{ number, ground, from, until, obligations },
    })),
  };
}

function keyOf(id: string, occurrence: string | null): string {
  return `${id}#${occurrence ?? ''}`;
}

function markOf(event: Told, seesMoney: boolean, at: (ms: Instant) => string): Mark[] {
  switch (event.type) {
    case 'obligation-opened':
      return [];
    case 'deliverable-submitted':
      return [{ what: 'handed-in', at: at(event.handedInAtMs) }];
    case 'deliverable-rejected':
      return [{ what: 'rejected', at: at(event.occurredAtMs) }];
    case 'deliverable-accepted':
      return [{ what: 'accepted', at: at(event.occurredAtMs) }];
    case 'penalty-posted':
    case 'late-fee-posted':
    case 'payment-recorded': {
      const what = event.type === 'payment-recorded' ? 'paid' : 'penalty';
      const { amount, currency } = event.line;
      return seesMoney ? [{ what, at: at(event.occurredAtMs), amount, currency }] : [];
    }
  }
}

/** Occurrences that open later, and what follows them, as the contract stands. */
function planned(state: AgreementState, today: LocalDate): Span[] {
  if (!isInForce(state)) return [];
  const { zone } = state.agreement;
  const until = state.expiresOn ?? addDays(today, YEARS_AHEAD * DAYS_A_YEAR);
  const opened = openings(state, instantAt(zone, until, '24:00'), CLOCK);
  return [...opened, ...followers(state, opened)].flatMap((event) =>
    event.type === 'obligation-opened'
      ? [
          {
            id: event.obligation,
            ...(event.occurrence === undefined ? {} : { occurrence: event.occurrence }),
            from: localDateAt(zone, event.opensAtMs),
            dueOn: event.due.localDate,
            firstDueOn: event.due.localDate,
            doneOn: null,
            status: 'planned',
            daysLate: 0,
            review: null,
            marks: [],
          },
        ]
      : [],
  );
}
