import { endOf } from '../deadline.ts';
import { THIRD } from '../agreement/parties.ts';
import { addMoney, compareMoney, subtractMoney } from '../money.ts';
import type { LocalDate, Zone } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { EngagementEvent } from './event.ts';
import { withClock, withoutMissed } from './suspending.ts';
import type { CapChange, EngagementState, Loss, Milestone, Round } from './state.ts';

/** An agreed day for an act: where it is a rest day, the first working day after it. */
const ON_A_DAY = {
  anchor: 'signing',
  offset: { unit: 'days', count: 0 },
  rollover: 'next-working-day',
  dayEnd: '24:00',
} as const;

export function evolve(state: EngagementState, event: EngagementEvent): EngagementState {
  const { zone } = state.input;
  switch (event.type) {
    case 'engagement-applied':
    case 'engagement-invited':
    case 'engagement-begun': {
      const { round: number, by, party, application, replyDue, noticeThrough, occurredAtMs, actor } = event;
      const round: Round = {
        number,
        by,
        party,
        personId: actor.personId,
        appliedAtMs: occurredAtMs,
        application,
        replyDue,
        askedAtMs: null,
        pauses: [],
        repliedAtMs: null,
        verdict: null,
        daysLate: 0,
      };
      const status =
        event.type === 'engagement-applied' ? 'applied' : event.type === 'engagement-invited' ? 'invited' : 'drafted';
      const rounds = [...state.rounds.filter((one) => one.number !== number), round];
      const afresh = {
        ...{ negotiatedOn: null, draft: null, reviewedBy: [], reviewedOn: null, reviewDue: null, signatures: [] },
      };
      return { ...state, ...afresh, status, rounds, noticeThrough };
    }
    case 'engagement-asked':
      return withRound({ ...state, status: 'asked' }, { askedAtMs: event.occurredAtMs });
    case 'engagement-provided': {
      const { from, until, replyDue } = event;
      const pauses = [...(state.rounds.at(-1)?.pauses ?? []), { from, until }];
      return withRound({ ...state, status: 'applied' }, { askedAtMs: null, pauses, replyDue });
    }
    case 'engagement-agreed':
    case 'engagement-refused': {
      const verdict = event.type === 'engagement-agreed' ? 'agree' : 'refuse';
      const { daysLate, occurredAtMs: repliedAtMs } = event;
      const status = verdict === 'agree' ? 'agreed' : 'refused';
      return withRound({ ...state, status }, { verdict, daysLate, repliedAtMs, askedAtMs: null });
    }
    case 'engagement-not-answered':
      return { ...state, status: 'no-reply' };
    case 'engagement-withdrawn':
      return { ...state, status: 'withdrawn' };
    case 'engagement-negotiated':
      return { ...state, negotiatedOn: event.heldOn };
    case 'engagement-drafted': {
      const { draft, reviewDue } = event;
      const status = state.input.rules.jointReview ? 'in-review' : 'signing';
      return { ...state, status, draft, reviewDue, reviewedBy: [], reviewedOn: null, reviewOverdue: false };
    }
    case 'engagement-draft-accepted': {
      const reviewedBy = [...state.reviewedBy, event.by];
      const isDone = state.input.rules.jointReview?.by.every((seat) => reviewedBy.includes(seat)) ?? true;
      const reviewedOn = localDateAt(zone, event.occurredAtMs);
      return { ...state, reviewedBy, reviewedOn, ...(isDone ? { status: 'signing' as const, reviewDue: null } : {}) };
    }
    case 'engagement-draft-rejected':
      return { ...state, status: 'drafted', reviewedBy: [], reviewDue: null };
    case 'engagement-review-overdue':
      return { ...state, reviewOverdue: true };
    case 'engagement-signed': {
      const { by: seat, signedOn } = event;
      return { ...state, signatures: [...state.signatures, { seat, signedOn }] };
    }
    case 'engagement-signature-refused':
      return { ...state, status: 'refused', signatures: [], draft: null, reviewedBy: [], reviewDue: null };
    case 'engagement-in-force': {
      const { signedOn, startsOn, cap } = event;
      const caps = state.input.rules.cap === null ? [] : [{ amount: cap, from: signedOn }];
      return { ...state, status: 'active', signedOn, startsOn, caps, milestones: milestonesOf(state) };
    }
    case 'engagement-undertaken':
      return { ...state, undertaken: [...state.undertaken, event.what] };
    case 'engagement-access-granted':
      return { ...state, access: 'granted' };
    case 'engagement-access-withdrawn':
      return { ...state, access: 'withdrawn' };
    case 'engagement-work-started':
      return { ...state, workStartedOn: event.on };
    case 'engagement-breach-recorded': {
      const { foundOn, by } = event;
      return { ...state, breaches: [...state.breaches, { foundOn, by }] };
    }
    case 'engagement-task-assigned': {
      const { task, scope, on } = event;
      return { ...state, tasks: [...state.tasks, { task, scope, on }] };
    }
    case 'engagement-milestone-overdue':
      return withMilestone(state, event.milestone, () => ({ status: 'overdue', attributable: event.attributable }));
    case 'engagement-milestone-handed-in': {
      const { milestone, daysLate, acceptBy, documents, occurredAtMs: handedInAtMs } = event;
      return withMilestone(state, milestone, ({ round, status, reviewed, handedInAtMs: earlier }) => ({
        status: 'handed-in',
        handedInAtMs,
        daysLate,
        reviewed: lookedAt({ status, reviewed, handedInAtMs: earlier }, localDateAt(zone, handedInAtMs), zone),
        acceptBy,
        acceptanceOverdue: false,
        acceptedBy: [],
        round: status === 'rejected' ? round + 1 : round,
        documents,
      }));
    }
    case 'engagement-acceptance-overdue':
      return withMilestone(state, event.milestone, () => ({ acceptanceOverdue: true }));
    case 'engagement-milestone-accepted': {
      const { milestone, by, complete, effectDue, occurredAtMs } = event;
      return withMilestone(state, milestone, ({ acceptedBy }) => ({
        acceptedBy: [...acceptedBy, by],
        ...(complete ? { status: 'accepted', acceptedOn: localDateAt(zone, occurredAtMs), effectDue } : {}),
      }));
    }
    case 'engagement-milestone-rejected': {
      const until = localDateAt(zone, event.occurredAtMs);
      return withMilestone(state, event.milestone, (one) => ({
        status: 'rejected',
        acceptedBy: [],
        acceptBy: null,
        reviewed: lookedAt(one, until, zone),
      }));
    }
    case 'engagement-report-imported':
      return state;
    case 'engagement-finding-raised': {
      const { finding, workflowId } = event;
      return { ...state, findings: [...state.findings, { finding, workflowId }] };
    }
    case 'engagement-effect-due':
      return withMilestone(state, event.milestone, () => ({ effectAsked: true }));
    case 'engagement-effect-reviewed': {
      const { milestone, by, verdict } = event;
      return withMilestone(state, milestone, ({ effect }) => ({ effect: [...effect, { by, verdict }] }));
    }
    case 'engagement-supervised': {
      const { report, by, complete } = event;
      const known = state.reports.find((one) => one.report === report);
      const whole = { report, by: [...(known?.by ?? []), by], complete };
      return {
        ...state,
        reports: known ? state.reports.map((one) => (one === known ? whole : one)) : [...state.reports, whole],
      };
    }
    case 'engagement-support-asked': {
      const { request, of, due, occurredAtMs } = event;
      const askedOn = localDateAt(zone, occurredAtMs);
      const asked = { request, of, askedOn, due, overdueSince: null, answeredBy: [], answeredOn: null };
      return { ...state, support: [...state.support, asked] };
    }
    case 'engagement-support-overdue':
      return withSupport(state, event.request, () => ({ overdueSince: event.due.localDate }));
    case 'engagement-support-answered': {
      const { request, by, complete, occurredAtMs } = event;
      return withSupport(state, request, ({ answeredBy }) => ({
        answeredBy: [...answeredBy, by],
        answeredOn: complete ? localDateAt(zone, occurredAtMs) : null,
      }));
    }
    case 'engagement-cost-charged': {
      const { number, amount, shares, due = null, lines, occurredAtMs } = event;
      const owed = { ...state.owed };
      for (const { debtor, creditor, amount: share } of lines) {
        if (creditor === state.input.thirdSeat) owed[debtor] = addMoney(owed[debtor] ?? '0', share);
      }
      const charged = { number, amount, on: localDateAt(zone, occurredAtMs), shares, due, overdue: [] };
      return { ...state, owed, charges: [...state.charges, charged] };
    }
    case 'engagement-payment-overdue':
      return {
        ...state,
        charges: state.charges.map((one) =>
          one.number === event.number ? { ...one, overdue: [...(one.overdue ?? []), event.by] } : one,
        ),
      };
    case 'engagement-cost-paid': {
      const owed = { ...state.owed };
      for (const [debtor, part] of Object.entries(event.settled))
        owed[debtor] = subtractMoney(owed[debtor] ?? '0', part);
      return { ...state, owed };
    }
    case 'engagement-cap-proposed': {
      const { number, amount, rationale, by } = event;
      const change: CapChange = {
        number,
        amount,
        rationale,
        by,
        agreedBy: [by],
        status: state.input.parties.length === 1 ? 'agreed' : 'proposed',
        notifiedOn: null,
        due: null,
      };
      return { ...state, capChanges: [...state.capChanges, change] };
    }
    case 'engagement-cap-agreed':
      return withCap(state, event.number, ({ agreedBy, status }) => ({
        agreedBy: [...agreedBy, event.by],
        status: event.complete ? 'agreed' : status,
      }));
    case 'engagement-cap-rejected':
      return withCap(state, event.number, () => ({ status: 'rejected' }));
    case 'engagement-cap-notified':
      return withCap(state, event.number, () => ({
        status: 'notified',
        notifiedOn: event.notifiedOn,
        due: event.due,
      }));
    case 'engagement-cap-changed': {
      const { number, amount, from } = event;
      const changed = withCap(state, number, () => ({ status: 'consented' }));
      return { ...changed, caps: [...changed.caps, { amount, from }], warned: [] };
    }
    case 'engagement-cap-declined':
      return withCap(state, event.number, () => ({ status: 'declined' }));
    case 'engagement-cap-lapsed':
      return withCap(state, event.number, () => ({ status: 'lapsed' }));
    case 'engagement-cap-reached':
      return { ...state, warned: [50, 80, 100].filter((one) => one <= event.percent || state.warned.includes(one)) };
    case 'engagement-loss-reported': {
      const { loss, of, amount, cause, category, lossOn, cap, recoverable, ownLoss, ownShares, status } = event;
      const borne = { cap, recoverable, ownLoss, ownShares };
      const reported: Loss = {
        loss,
        amount,
        cause,
        category,
        of,
        lossOn,
        ...borne,
        status,
        agreedAmount: null,
        recourse: '0',
      };
      return { ...state, losses: [...state.losses, reported] };
    }
    case 'engagement-loss-agreed': {
      const { loss, amount, rest = '0', recoverable, ownLoss, ownShares } = event;
      return withLoss(state, loss, (one) => {
        const agreedAmount = one.agreedAmount === null ? amount : addMoney(one.agreedAmount, amount);
        const recovered = one.recovered === undefined ? recoverable : addMoney(one.recovered, recoverable);
        if (compareMoney(rest, '0') > 0) return { status: 'disputed', agreedAmount, recovered };
        const status = one.cause === THIRD ? 'agreed' : 'own';
        return { status, agreedAmount, recovered, recoverable: recovered, ownLoss, ownShares };
      });
    }
    case 'engagement-loss-disputed':
      return withLoss(state, event.loss, () => ({ status: 'disputed' }));
    case 'engagement-loss-dropped':
      // Of one that was agreed to in part the rest alone is dropped.
      return withLoss(state, event.loss, ({ cause, recovered }) => {
        if (event.agreed === undefined || recovered === undefined) return { status: 'dropped' };
        const { ownLoss, ownShares } = event.agreed;
        return { status: cause === THIRD ? 'agreed' : 'own', recoverable: recovered, ownLoss, ownShares };
      });
    case 'engagement-recourse-recorded':
      return withLoss(state, event.loss, ({ recourse }) => ({ recourse: addMoney(recourse, event.amount) }));
    case 'engagement-ending-proposed': {
      const { ground, by } = event;
      const noticed = state.input.parties.length === 1;
      return { ...state, status: 'ending', ending: { ground, by, agreedBy: [by], noticed } };
    }
    case 'engagement-ending-agreed':
      return {
        ...state,
        ending: state.ending && {
          ...state.ending,
          agreedBy: [...state.ending.agreedBy, event.by],
          noticed: event.complete,
        },
      };
    case 'engagement-term-over':
      return { ...state, termEndAsked: true };
    case 'engagement-over': {
      const { ground: endGround, endedOn, items } = event;
      return {
        ...state,
        status: 'ended',
        endGround,
        endedOn,
        items: items.map((item) => ({ item, by: [] })),
        agreementOver: state.agreementOver || endGround === 'agreement-over',
      };
    }
    case 'engagement-item-settled':
      return {
        ...state,
        items: state.items.map((one) => (one.item === event.item ? { ...one, by: [...one.by, event.by] } : one)),
      };
    case 'engagement-clocks-stopped': {
      const { from } = event;
      return withoutMissed({ ...state, standstills: [...state.standstills, { from, until: null }] }, from);
    }
    case 'engagement-clocks-run': {
      const { until, replyDue, moved } = event;
      const standstills = state.standstills.map((one) => (one.until === null ? { ...one, until } : one));
      const after = moved.reduce(withClock, { ...state, standstills });
      return replyDue === null ? after : withRound(after, { replyDue });
    }
    case 'engagement-lapsed':
      return {
        ...state,
        status: state.status === 'refused' || state.status === 'no-reply' ? state.status : 'withdrawn',
        agreementOver: true,
      };
    case 'engagement-closed':
      return { ...state, status: 'closed' };
  }
}

/** What the third party hands in, by its agreement; of a commission its report, if nothing else is agreed. */
function milestonesOf({ input, draft }: EngagementState): Milestone[] {
  const { calendar, zone, rules } = input;
  const agreed = draft?.milestones ?? [];
  const all = rules.kind === 'commission' && agreed.length === 0 ? [{ milestone: 'report', dueOn: null }] : agreed;
  return all.map(({ milestone, dueOn }) => ({
    milestone,
    dueOn,
    due: dueOn === null ? null : endOf(ON_A_DAY, dueOn, calendar, zone),
    status: 'pending',
    handedInAtMs: null,
    daysLate: 0,
    attributable: true,
    acceptedBy: [],
    acceptBy: null,
    acceptanceOverdue: false,
    acceptedOn: null,
    round: 1,
    reviewed: [],
    effectDue: null,
    effectAsked: false,
    effect: [],
    documents: [],
  }));
}

/** Days on which a hand-in was being looked at; a newer version of it restarts the look, and ends none of them. */
export function lookedAt(
  { status, reviewed, handedInAtMs }: Pick<Milestone, 'status' | 'reviewed' | 'handedInAtMs'>,
  until: LocalDate,
  zone: Zone,
): Milestone['reviewed'] {
  if (status !== 'handed-in' || handedInAtMs === null) return reviewed;
  return [...reviewed, { from: localDateAt(zone, handedInAtMs), until }];
}

function withRound(state: EngagementState, changed: Partial<Round>): EngagementState {
  const last = state.rounds.length - 1;
  return { ...state, rounds: state.rounds.map((one, index) => (index === last ? { ...one, ...changed } : one)) };
}

function withMilestone(
  state: EngagementState,
  milestone: string,
  change: (one: Milestone) => Partial<Milestone>,
): EngagementState {
  return {
    ...state,
    milestones: state.milestones.map((one) => (one.milestone === milestone ? { ...one, ...change(one) } : one)),
  };
}

type Support = EngagementState['support'][number];
function withSupport(
  state: EngagementState,
  request: string,
  change: (one: Support) => Partial<Support>,
): EngagementState {
  return {
    ...state,
    support: state.support.map((one) => (one.request === request ? { ...one, ...change(one) } : one)),
  };
}

function withCap(
  state: EngagementState,
  number: number,
  change: (one: CapChange) => Partial<CapChange>,
): EngagementState {
  return {
    ...state,
    capChanges: state.capChanges.map((one) => (one.number === number ? { ...one, ...change(one) } : one)),
  };
}

function withLoss(state: EngagementState, loss: string, change: (one: Loss) => Partial<Loss>): EngagementState {
  return { ...state, losses: state.losses.map((one) => (one.loss === loss ? { ...one, ...change(one) } : one)) };
}
