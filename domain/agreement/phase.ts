import { isMoneyOwed } from '../ledger/paying.ts';
import { survivingSecrecy } from '../life/afterwards.ts';
import { isUnfinished } from '../life/settlement.ts';
import type { CommandType } from './command.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState, AgreementStatus } from './state.ts';

/** Where an agreement stands between its start and its close. */
export type Phase = 'before' | 'in-force' | 'after' | 'over';

const PHASE_OF: Record<AgreementStatus, Phase> = {
  'awaiting-signatures': 'before',
  active: 'in-force',
  suspended: 'in-force',
  terminated: 'after',
  expired: 'after',
  closed: 'over',
};

export function phaseOf(state: Pick<AgreementState, 'status'>): Phase {
  return state.status === 'new' ? 'before' : PHASE_OF[state.status];
}

/** Rights and duties run: active, or suspended. */
export function isInForce(state: Pick<AgreementState, 'status'>): boolean {
  return phaseOf(state) === 'in-force';
}

/** It has come to its end, whatever is still to be settled. */
export function hasEnded(state: Pick<AgreementState, 'status'>): boolean {
  return phaseOf(state) === 'after' || phaseOf(state) === 'over';
}

/** It has ended, and nothing of it is left to do. */
export function isConcluded(state: AgreementState): boolean {
  return hasEnded(state) && !isUnfinished(state);
}

/** When each act can be done at all; what else it needs says its own rule. */
export const PHASES: Record<CommandType, readonly Phase[]> = {
  sign: ['before', 'in-force'], // in force: `already-signed`
  seal: ['before', 'in-force'],
  approve: ['before', 'in-force', 'after'],
  withdraw: ['before', 'in-force'], // in force: `already-in-force`
  'enter-baseline': ['before', 'in-force'],
  submit: ['in-force'],
  review: ['in-force'],
  circulate: ['in-force'],
  remind: ['in-force'],
  acknowledge: ['in-force'],
  replace: ['before', 'in-force', 'after'],
  vacate: ['before', 'in-force', 'after'],
  delegate: ['before', 'in-force', 'after'],
  recall: ['before', 'in-force', 'after'],
  undelivered: ['before', 'in-force', 'after', 'over'],
  served: ['before', 'in-force', 'after', 'over'],
  pay: ['in-force', 'after', 'over'], // over: what is owed still
  'hold-back': ['in-force'],
  waive: ['in-force', 'after', 'over'],
  propose: ['in-force'],
  accept: ['in-force'],
  decline: ['in-force'],
  override: ['in-force'],
  redate: ['before', 'in-force'],
  suspend: ['in-force'],
  resume: ['in-force'],
  object: ['in-force'],
  serve: ['in-force'],
  cure: ['in-force'],
  terminate: ['in-force'],
  settle: ['after'],
  claim: ['in-force', 'after'],
  answer: ['in-force', 'after'],
  book: ['in-force', 'after'],
  'open-matter': ['in-force', 'after', 'over'], // over: incidents of secrecy without end alone
  'carry-matter': ['in-force', 'after', 'over'],
  'end-engagement': ['in-force'],
  'third-access': ['in-force', 'after'],
  measured: ['in-force', 'after'],
  evaluated: ['in-force', 'after', 'over'],
  award: ['in-force', 'after', 'over'], // over: what was decided on a result of the term
  'post-engagement': ['in-force', 'after', 'over'],
  'visits-counted': ['in-force', 'after', 'over'],
  'risk-noted': ['in-force', 'after', 'over'],
};

/** Why an act cannot be done in this phase; undefined where it can. */
export function outOfPhase(type: CommandType, state: AgreementState): Rejection | undefined {
  const phase = phaseOf(state);
  if (PHASES[type].includes(phase) && (!isConcluded(state) || outlivesClose(type, state))) return undefined;
  if (phase === 'before') return { rejected: 'not-in-force', message: 'the agreement is not in force yet' };
  return agreementEnded(state);
}

export function agreementEnded({ status, endedOn }: AgreementState): Rejection {
  return { rejected: 'agreement-ended', message: `the agreement is ${status} since ${endedOn ?? ''}` };
}

/** Money is owed that can be paid or let go. An agreement of a release without a life is over all the same. */
export function isOwing(state: AgreementState): boolean {
  return state.agreement.life !== undefined && isMoneyOwed(state);
}

/**
 * What mail says is always noted; incidents, while a secrecy without end survives (S003-K-21); and money that is owed is paid
 * or let go after the close, too.
 */
function outlivesClose(type: CommandType, state: AgreementState): boolean {
  if (type === 'pay' || type === 'waive') return isOwing(state);
  const isMatter = type === 'open-matter' || type === 'carry-matter';
  return isMatter ? survivingSecrecy(state).length > 0 : PHASES[type].includes('over');
}
