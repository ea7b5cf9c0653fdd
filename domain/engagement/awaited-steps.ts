import type { Due } from '../agreement/event.ts';
import { COORDINATOR, THIRD } from '../agreement/parties.ts';
import { compareMoney } from '../money.ts';
import type { LocalDate } from '../time.ts';
import { repliersOf } from './applying.ts';
import { openShares, seatsNamed } from './standing.ts';
import type { EngagementState } from './state.ts';

/** Acts that an engagement can wait for. */
export type AwaitedAct =
  | 'reply'
  | 'provide'
  | 'negotiate'
  | 'draft'
  | 'review'
  | 'sign'
  | 'undertake'
  | 'access'
  | 'start-work'
  | 'deliver'
  | 'judge-delivery'
  | 'review-effect'
  | 'answer-support'
  | 'answer-cap'
  | 'answer-loss'
  | 'pay'
  | 'end'
  | 'serve'
  | 'settle';

/** Something that is awaited: of whom, by when, and about what. */
export interface AwaitedStep {
  act: AwaitedAct;
  by: string[];
  due: Due | null;
  about: string | null;
}

/**
 * What stands next in an engagement, as its state says: not all of it need be taken by the rules at any moment.
 *
 * @param on the local date that work may have begun by; null: whatever the date
 */
export function awaitedSteps(state: EngagementState, on: LocalDate | null): AwaitedStep[] {
  return standing(state, on).filter(({ by }) => by.length > 0);
}

function standing(state: EngagementState, on: LocalDate | null): AwaitedStep[] {
  const { input, status, rounds } = state;
  const { rules, parties } = input;
  const round = rounds.at(-1);
  const step: MakeStep = (act, by, due = null, about = null) => ({ act, by, due, about });
  const others = (said: readonly string[]) => (seat: string) => !said.includes(seat);
  const negotiation = rules.negotiation && state.negotiatedOn === null ? [step('negotiate', parties)] : [];
  switch (status) {
    case 'applied':
    case 'no-reply':
      return [step('reply', repliersOf(state), round?.replyDue ?? null)];
    case 'asked':
      return [step('provide', round ? [round.by] : [])];
    case 'refused':
    case 'withdrawn':
      return [];
    case 'closed':
      return outlives(state, step);
    case 'agreed':
    case 'invited':
      return [...negotiation, step('draft', parties)];
    case 'drafted':
      return [...negotiation, step('draft', parties)];
    case 'in-review':
      return [step('review', (rules.jointReview?.by ?? []).filter(others(state.reviewedBy)), state.reviewDue)];
    case 'signing': {
      const signed = state.signatures.map(({ seat }) => seat);
      return [step('sign', seatsNamed(state, rules.agreement.signatories).filter(others(signed)))];
    }
    case 'active':
    case 'ending':
      return [...beforeWork(state, step, on), ...underWay(state, step), ...ending(state, step)];
    case 'ended':
      return [
        ...state.items
          .filter(({ by }) => parties.some(others(by)))
          .map(({ item, by }) => step('settle', parties.filter(others(by)), null, item)),
        ...(state.access === 'granted' ? [step('access', parties)] : []),
        ...outlives(state, step),
      ];
  }
}

type MakeStep = (act: AwaitedAct, by: string[], due?: Due | null, about?: string | null) => AwaitedStep;

/** What stands before access and work. */
function beforeWork(state: EngagementState, step: MakeStep, on: LocalDate | null): AwaitedStep[] {
  const { input, undertaken, access, workStartedOn, startsOn } = state;
  const { siteRules, undertaking } = input.rules;
  const asked = [
    ...(undertaking && !undertaken.includes('secrecy') ? ['secrecy'] : []),
    ...(siteRules && !undertaken.includes('site-rules') ? ['site-rules'] : []),
  ];
  const isOpen = startsOn !== null && (on === null || on >= startsOn);
  return [
    ...asked.map((what) => step('undertake', [input.thirdSeat], null, what)),
    ...((siteRules || undertaking) && asked.length === 0 && access === 'none' ? [step('access', input.parties)] : []),
    ...(workStartedOn === null && isOpen ? [step('start-work', [input.thirdSeat, ...input.parties])] : []),
  ];
}

function underWay(state: EngagementState, step: MakeStep): AwaitedStep[] {
  const { input, milestones, support, capChanges } = state;
  const { rules, thirdSeat, parties } = input;
  const missing = (named: readonly string[], said: readonly string[]): string[] =>
    seatsNamed(state, named).filter((seat) => !said.includes(seat));
  return [
    ...milestones.flatMap(({ milestone, status, due, acceptedBy, acceptBy, effectDue, effect }) => {
      if (status === 'handed-in') {
        return [step('judge-delivery', missing(rules.acceptance?.by ?? [], acceptedBy), acceptBy, milestone)];
      }
      if (status !== 'accepted') return [step('deliver', [thirdSeat], due, milestone)];
      const reviewers = missing(
        rules.effectReview?.by ?? [],
        effect.map(({ by }) => by),
      );
      return [step('review-effect', reviewers, effectDue, milestone)];
    }),
    ...support
      .filter(({ answeredOn }) => answeredOn === null)
      .map(({ request, of, answeredBy, due }) => step('answer-support', missing(of, answeredBy), due, request)),
    ...capChanges.flatMap(({ status, agreedBy, due }) => {
      if (status === 'proposed')
        return [
          step(
            'answer-cap',
            parties.filter((one) => !agreedBy.includes(one)),
          ),
        ];
      if (status === 'agreed') return [step('serve', [...parties, COORDINATOR], null, 'cap')];
      return status === 'notified' ? [step('answer-cap', [thirdSeat], due)] : [];
    }),
    ...claims(state, step),
    ...owed(state, step),
  ];
}

/** What is still awaited after the end: what is owed, what is claimed, the look at what was handed in and at its effect. */
function outlives(state: EngagementState, step: MakeStep): AwaitedStep[] {
  const { acceptance, effectReview } = state.input.rules;
  const acceptors = seatsNamed(state, acceptance?.by ?? []);
  const reviewers = effectReview?.by ?? [];
  return [
    ...state.milestones
      .filter(({ status }) => status === 'handed-in')
      .map(({ milestone, acceptedBy, acceptBy }) =>
        step(
          'judge-delivery',
          acceptors.filter((seat) => !acceptedBy.includes(seat)),
          acceptBy,
          milestone,
        ),
      ),
    ...state.milestones
      .filter(({ effectDue }) => effectDue !== null)
      .map(({ milestone, effectDue, effect }) =>
        step(
          'review-effect',
          seatsNamed(state, reviewers).filter((seat) => !effect.some(({ by }) => by === seat)),
          effectDue,
          milestone,
        ),
      ),
    ...claims(state, step),
    ...owed(state, step),
  ];
}

/** Of whoever is said to have caused a loss its answer is awaited. */
function claims({ losses, input }: EngagementState, step: MakeStep): AwaitedStep[] {
  return losses
    .filter(({ status }) => status === 'claimed')
    .map(({ loss, cause }) => step('answer-loss', [cause === THIRD ? input.thirdSeat : cause], null, loss));
}

/** Of whoever owes the third party its payment is awaited, by the last day of the oldest cost that is open. */
function owed(state: EngagementState, step: MakeStep): AwaitedStep[] {
  const { owed: sums, input } = state;
  const debtors = input.parties.filter((party) => compareMoney(sums[party] ?? '0', '0') > 0);
  const shares = openShares(state);
  const dues = debtors.map((debtor) => shares.find(({ party }) => party === debtor)?.due ?? null);
  const [due = null] = dues;
  if (dues.every((one) => one?.dueAtMs === due?.dueAtMs))
    return debtors.length === 0 ? [] : [step('pay', debtors, due)];
  return debtors.map((debtor, index) => step('pay', [debtor], dues[index] ?? null));
}

function ending({ ending: wished, input }: EngagementState, step: MakeStep): AwaitedStep[] {
  if (!wished) return [];
  const missing = input.parties.filter((one) => !wished.agreedBy.includes(one));
  if (missing.length > 0) return [step('end', missing)];
  // By mail or by hand: until it has arrived, the involvement goes on.
  return [step('serve', [...input.parties, COORDINATOR], null, 'end')];
}
