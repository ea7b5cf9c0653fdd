import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { ResolvedDraft } from '../../templates/draft.ts';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import { present } from '../../domain/fields.ts';
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
    inForceOn,
    draft,
    processes,
    customers,
    seats,
    seated,
    suspendedFrom,
  }: {
    agreement: CompiledAgreement;
    agreementStatus: string;
    suspendedFrom?: LocalDate;
    inForceOn: LocalDate | null;
    draft: ResolvedDraft;
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
    template: draft.template,
    agreementStatus,
    ...present({ suspendedFrom }),
    inForceOn,
    term: (name) => draft.terms.terms.find((term) => term.name === name)?.value ?? null,
    seatAt: Object.fromEntries(
      [...Object.entries(draft.parties), ...Object.entries(draft.seats)]
        .reverse()
        .map(([seat, { email }]) => [email.toLowerCase(), seat]),
    ),
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
    customerMails: customers.flatMap(({ email, row }) => (email === null || email === '' ? [] : [row.key])),
    seats,
    actor,
    today: localDateAt(agreement.zone, step.atMs),
    atMs: step.atMs,
  };
}
