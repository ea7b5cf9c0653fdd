import type { RiskNoted } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { RiskRegisterBegun, RiskRegisterEmpty } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { CLOCK, COORDINATOR, hasCoordinator, mailSeat } from '../agreement/parties.ts';
import type { Part } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import type { Due } from '../agreement/event.ts';
import type { CompiledRisks } from './compiled.ts';
import { reviewDueAfter } from './due.ts';

/** Whether a register was begun, or was found empty after its first cycle. */
export type RiskRegisterState = 'begun' | 'empty';

/**
 * An agreement whose register is empty after the first cycle is flagged, once (S001a-31). Each risk tells its agreement that
 * it was registered; nothing else of it is kept here.
 */
export const RISK_REGISTER: Part = {
  moments(state) {
    const first = firstCycle(state);
    return first === undefined ? [] : [{ atMs: first.due.dueAtMs, consequence: true }];
  },
  dueEvents(state, atMs) {
    const first = firstCycle(state);
    if (first === undefined || first.due.dueAtMs > atMs) return { events: [], schedule: [] };
    const { agreement } = state;
    const { due, rules, clauses } = first;
    const event: RiskRegisterEmpty = {
      occurredAtMs: due.dueAtMs,
      actor: CLOCK,
      clauses,
      type: 'risk-register-empty',
      due,
    };
    const tell = teller(agreement, due.dueAtMs, clauses);
    const seats = [mailSeat(agreement, rules.keeper), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
    const schedule = [...new Set(seats)].map((seat): NoticeDraft =>
      tell('risk-register-empty', seat, { localDate: due.localDate }),
    );
    return { events: [event], schedule };
  },
};

/** A risk was registered; the first one is kept. */
export function riskNoted(command: RiskNoted, state: AgreementState): Decision {
  if (state.riskRegister === 'begun') return decision({});
  const { receivedAtMs: occurredAtMs, actor, id: commandId, reference } = command;
  const clauses = state.agreement.risks?.[0]?.clauses ?? [];
  const event: RiskRegisterBegun = { occurredAtMs, actor, clauses, commandId, type: 'risk-register-begun', reference };
  return decision({ events: [event] });
}

/** The end of the first cycle, while no risk is on the register; nobody is told of what lies before the effect was recorded. */
function firstCycle(state: AgreementState): { due: Due; rules: CompiledRisks; clauses: string[] } | undefined {
  const { agreement, inForceOn, inForceAtMs, riskRegister } = state;
  const rules = agreement.risks?.find(({ review }) => review?.empty);
  if (!rules?.review?.empty || riskRegister !== undefined) return undefined;
  if (!isInForce(state) || inForceOn === null || inForceAtMs === null) return undefined;
  const { zone, calendar } = agreement;
  const due = reviewDueAfter({ rules, zone, calendar, anchorOn: inForceOn }, rules.review.every, 0);
  return due === null || due.dueAtMs < inForceAtMs ? undefined : { due, rules, clauses: rules.review.empty.clauses };
}
