import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import { localDateAt } from '../../domain/zone.ts';
import { type ListedCustomer } from '../drawn-sample.ts';
import { customerOf } from '../survey-step.ts';
import type { Living, NounSituation, NounStep } from './noun.ts';

/** What is there when somebody acts, from what is known of the agreement and its processes. */
export function situationOf(
  step: NounStep,
  {
    agreement,
    agreementStatus,
    processes,
    customers,
    seats,
    seated,
  }: {
    agreement: CompiledAgreement;
    agreementStatus: string;
    processes: readonly Living[];
    customers: readonly ListedCustomer[];
    seats: NounSituation['seats'];
    /** Who acts, where it is no customer. */
    seated: Actor;
  },
): NounSituation {
  const customerIds = Object.fromEntries(customers.map(({ id, row }) => [row.key, id]));
  const customer = customerOf(step.as);
  const actor: Actor =
    customer === undefined ? seated : { personId: customerIds[customer] ?? step.as, seat: CUSTOMER, via: seated.via };
  return {
    agreement,
    agreementStatus,
    processes: [...processes].sort((a, b) => (a.workflowId < b.workflowId ? -1 : 1)),
    frame: {
      format: 1,
      agreementId: agreement.id,
      zone: agreement.zone,
      calendar: agreement.calendar,
      noticeHours: agreement.noticeHours,
      parties: agreement.parties,
      seats: agreement.seats,
      seatParties: agreement.seatParties ?? {},
    },
    customerIds,
    customerTiers: Object.fromEntries(customers.map(({ tier, row }) => [row.key, tier])),
    seats,
    actor,
    today: localDateAt(agreement.zone, step.atMs),
    atMs: step.atMs,
  };
}
