import type { Actor, CommandType } from '../../domain/agreement/command.ts';
import { answersFor, approversOf, bindsSeat, partyOf } from '../../domain/agreement/parties.ts';
import { outOfPhase } from '../../domain/agreement/phase.ts';
import { standsIn } from '../../domain/agreement/seating.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { isMoneyOwed } from '../../domain/ledger/paying.ts';
import { mustBeConfirmed } from '../../domain/life/afterwards.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';

/** What the contract must have for an act to be possible at all. */
const PROVIDED: Partial<Record<CommandType, (state: AgreementState) => boolean>> = {
  seal: ({ agreement: { life } }) => life?.effect.seal === true,
  withdraw: ({ agreement: { life } }) => life !== undefined,
  'enter-baseline': ({ agreement: { life } }) => (life?.baselines ?? []).some(({ value }) => value === null),
  pay: (state) =>
    isMoneyOwed(state) ||
    state.agreement.obligations.some(({ rule, penalty }) => rule === 'payment@1' || penalty !== null),
  'hold-back': ({ agreement: { obligations } }) =>
    obligations.some((rule) => rule.rule === 'payment@1' && rule.mayHoldBack),
  propose: ({ agreement: { life } }) => life?.amendment != null,
  accept: ({ amendments }) => amendments.some(({ status }) => status === 'proposed'),
  decline: ({ amendments }) => amendments.some(({ status }) => status === 'proposed'),
  override: ({ agreement: { life } }) => life?.override != null,
  suspend: ({ agreement: { life } }) => (life?.suspension ?? []).length > 0,
  resume: ({ suspensions: paused }) => paused.some(({ until }) => until === null),
  object: ({ agreement: { life } }) =>
    life?.renewal?.automatic === true || (life?.terminations ?? []).some(({ objection }) => objection === true),
  serve: ({ agreement: { life } }) =>
    (life?.terminations ?? []).length > 0 ||
    (life?.amendment?.excludes ?? []).length > 0 ||
    life?.engagementEnd !== undefined,
  cure: ({ breaches: known }) => known.some(({ status }) => status === 'notified' || status === 'negotiating'),
  settle: ({ agreement, afterwards, settlement: { length } }) =>
    length > 0 || afterwards.some(({ rule, endedAtMs }) => endedAtMs === null && mustBeConfirmed(agreement, rule)),
  claim: ({ agreement: { life, parties, obligations } }) =>
    life !== undefined && (life.liabilities.length > 0 || (parties.length > 1 && obligations.length > 0)),
  answer: ({ claims: { length } }) => length > 0,
  book: ({ agreement: { life } }) => (life?.bookings ?? []).length > 0,
  'open-matter': ({ agreement: { life } }) => life !== undefined,
  'carry-matter': ({ matters: open }) => open.some(({ endedAtMs }) => endedAtMs === null),
  'third-access': ({ agreement: { life } }) =>
    (life?.confidentiality ?? []).some(({ undertaking }) => undertaking === true),
  'end-engagement': ({ agreement: { life }, engagementEnds }) =>
    life?.engagementEnd !== undefined && !engagementEnds.some(({ status }) => status === 'ended'),
};

/** What only a coordinator enters. */
const MANAGED: readonly CommandType[] = ['withdraw', 'book', 'terminate'];

const ACTS: readonly CommandType[] = [
  'sign',
  'seal',
  'approve',
  'withdraw',
  'enter-baseline',
  'pay',
  'hold-back',
  'waive',
  'propose',
  'accept',
  'decline',
  'override',
  'suspend',
  'resume',
  'object',
  'serve',
  'cure',
  'terminate',
  'settle',
  'claim',
  'answer',
  'book',
  'open-matter',
  'carry-matter',
  'end-engagement',
  'third-access',
];

/** What is about one duty, which may be all that somebody stands in for. */
const ABOUT_DUTIES: readonly CommandType[] = ['pay', 'hold-back', 'waive', 'override'];

/** Whose act it is: a party itself binds it, a department does what its duties need (ADR 20). */
const WHOSE: Partial<Record<CommandType, (actor: Actor, state: AgreementState) => boolean>> = {
  sign: ({ seat }, { agreement }) => agreement.signatories.includes(seat),
  seal: ({ seat }, { agreement }) => agreement.signatories.includes(seat),
  approve: (actor, state) =>
    isParty(actor, state) ||
    consents(actor, state) ||
    approversOf(state.agreement).some((seat) => bindsSeat(state.agreement, actor, seat)),
  'enter-baseline': ({ seat }, { agreement: { life } }) =>
    (life?.baselines ?? []).some(({ confirmedBy }) => confirmedBy.includes(seat)),
  propose: consents,
  accept: consents,
  decline: consents,
  override: ({ seat }, { agreement: { life } }) => life?.override?.by.includes(seat) ?? false,
  pay: (actor, { agreement, claims, booked }) =>
    [
      ...agreement.obligations.flatMap((rule) =>
        rule.rule === 'payment@1'
          ? [rule.responsible, rule.payee]
          : rule.penalty
            ? [partyOf(agreement, rule.responsible), rule.penalty.creditor]
            : [],
      ),
      ...claims.flatMap(({ by, against }) => [by, against]),
      ...booked.flatMap(({ debtor, creditor }) => [debtor, creditor]),
    ].some((side) => answersFor(agreement, actor, side)),
  'hold-back': (actor, { agreement }) =>
    agreement.obligations.some(
      (rule) => rule.rule === 'payment@1' && rule.mayHoldBack && bindsSeat(agreement, actor, rule.responsible),
    ),
  waive: isOnASide,
  answer: ({ seat }, { claims }) => claims.some(({ by, against }) => [by, against].includes(seat)),
  'open-matter': (actor, state) =>
    isOnASide(actor, state) ||
    (state.agreement.life?.requests ?? []).some(({ from }) => answersFor(state.agreement, actor, from)),
  'carry-matter': (actor, state) =>
    state.matters.some(({ kind, from, to, endedAtMs }) => {
      if (endedAtMs !== null) return false;
      if (kind === 'dispute') return isParty(actor, state);
      const isAddressed = [from, to].some((seat) => seat !== null && answersFor(state.agreement, actor, seat));
      return isAddressed || (kind !== 'request' && isOnASide(actor, state));
    }),
};

/**
 * What a reader may try as things stand: a coordinator, who may enter it for a party, all that the contract provides for;
 * anybody else what a seat that they fill, or stand in for today, may do. Whether it is possible says the contract then.
 */
export async function actsFor(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, state, reader }: { agreementId: string; state: AgreementState; reader: Principal },
): Promise<CommandType[]> {
  if (reachOf('agreements.act', reader) === 'none') return [];
  const possible = ACTS.filter((type) => outOfPhase(type, state) === undefined && (PROVIDED[type]?.(state) ?? true));
  if (reachOf('agreements.manage', reader) !== 'none') return possible;
  if (reader.kind !== 'account' || reader.personId === null) return [];
  const { personId } = reader;
  const seats = await database.seat.findMany({ where: { agreementId }, select: { seat: true, personId: true } });
  const on = localDateAt(state.agreement.zone, clock());
  return possible.filter((type) => !MANAGED.includes(type) && seats.some((row) => isTheirs(type, row)));

  function isTheirs(type: CommandType, row: { seat: string; personId: string }): boolean {
    const { seat } = row;
    const isHeld =
      row.personId === personId ||
      state.standIns.some(
        (one) =>
          standsIn([one], { seat, deputy: personId, on, obligation: one.obligations[0] }) &&
          (one.obligations.length === 0 || ABOUT_DUTIES.includes(type)),
      );
    const actor: Actor = { personId: row.personId, seat, party: partyOf(state.agreement, seat), via: 'api' };
    return isHeld && (WHOSE[type] ?? isParty)(actor, state);
  }
}

function isParty({ seat }: Actor, { agreement }: AgreementState): boolean {
  return agreement.parties.includes(seat);
}

function isOnASide({ party = '' }: Actor, { agreement }: AgreementState): boolean {
  return agreement.parties.includes(party);
}

/** Whether a change of the agreement, or of a policy, is theirs to agree to: a department only where it is named itself. */
function consents(actor: Actor, { agreement }: AgreementState): boolean {
  return (agreement.life?.amendment?.consent ?? []).some((seat) => bindsSeat(agreement, actor, seat));
}
