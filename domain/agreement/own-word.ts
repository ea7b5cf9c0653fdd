import type { LocalDate } from '../time.ts';
import type { Actor } from './command.ts';
import type { CompiledAgreement } from './compiled.ts';
import { COORDINATOR, bindsSeat } from './parties.ts';
import type { Rejection } from './rejection.ts';

/**
 * A party's own word counts from the day it is given (ADR 21). That something was so on an earlier day is for the other
 * side to say, or for the coordinator with the paper: else whoever owes could pay, give notice or be prevented in time
 * after the fact.
 */

/** A day that is said to be the day of something, and the day on which it is said. */
export interface SaidDay {
  day: LocalDate;
  today: LocalDate;
  clauses: string[];
}

/** Nobody but the party itself says it. */
export function isOwnWord({ seat }: Pick<Actor, 'seat'>): boolean {
  return seat !== COORDINATOR;
}

/** Why a party itself cannot say that day; undefined where it may. @param cure who says it instead */
export function notOnOwnWord(
  actor: Pick<Actor, 'seat'>,
  { day, today, clauses }: SaidDay,
  cure: string,
): Rejection | undefined {
  if (day >= today || !isOwnWord(actor)) return undefined;
  return { rejected: 'own-word', message: `${day} is before ${today}: ${cure}`, clauses };
}

/** That something was paid on an earlier day favours whoever owes it: its late fee stops that day. */
export function notPaidBefore(
  agreement: CompiledAgreement,
  actor: Actor,
  payee: string,
  said: SaidDay,
): Rejection | undefined {
  if (bindsSeat(agreement, actor, payee)) return undefined;
  return notOnOwnWord(actor, said, `${payee} enters what it received, or the coordinator with the bank's paper`);
}
