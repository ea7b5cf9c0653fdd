import { rulesOf } from '../obligations/registry.ts';
import type { CompiledAgreement } from './compiled.ts';
import type { AgreementState } from './state.ts';

/** The state before the first event. */
export function initialState(agreement: CompiledAgreement): AgreementState {
  return {
    format: 1,
    agreement,
    status: 'new',
    startedAtMs: null,
    signatures: {},
    inForceOn: null,
    endedOn: null,
    obligations: agreement.obligations.map((rule) => rulesOf(rule).initialDeliverable(rule)),
    sequence: 0,
    delivery: { noticeNumber: 0, scheduled: [], open: [], answered: [] },
  };
}
