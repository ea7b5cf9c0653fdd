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
    inForceAtMs: null,
    expiresOn: agreement.expiresOn,
    endedOn: null,
    obligations: agreement.obligations
      .filter((rule) => !recurs(agreement, rule))
      .map((rule) => rulesOf(rule).initialObligation(rule, null)),
    seated: {},
    standIns: [],
    delegations: 0,
    readings: [],
    unserved: [],
    receipts: [],
    seals: {},
    approvals: [],
    baselines: [],
    amendments: [],
    patches: [],
    suspensions: [],
    pauseProposals: [],
    pausesProposed: 0,
    restarts: {},
    renewal: { announced: { internal: null, parties: null }, objectedTo: null, objectedBy: null, terms: [] },
    breaches: [],
    terminations: [],
    settlement: [],
    statedAtMs: null,
    afterwards: [],
    waivers: [],
    claims: [],
    booked: [],
    balances: {},
    warned: [],
    matters: [],
    engagementEnds: [],
    thirdAccess: { undertakenOn: null, access: 'none' },
    sequence: 0,
    delivery: { noticeNumber: 0, scheduled: [], open: [], answered: [] },
  };
}
