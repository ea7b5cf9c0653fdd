import { rulesOf } from '../obligations/registry.ts';
import type { CompiledAgreement } from './compiled.ts';
import { recurs } from './opening.ts';
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
    expiresOn: agreement.expiresOn,
    endedOn: null,
    obligations: agreement.obligations
      .filter((rule) => !recurs(agreement, rule))
      .map((rule) => rulesOf(rule).initialDeliverable(rule, null)),
    sequence: 0,
    delivery: { noticeNumber: 0, scheduled: [], open: [], answered: [] },
  };
}
