import type { SuspensionGround } from '../agreement/compiled.ts';
import type { LocalDate } from '../time.ts';

/** An act on record took place on another day, or not at all. */
interface ActMoved {
  kind: 'act';
  /** Id of the command that is on record. */
  command: string;
  /** Null: it did not take place. */
  on: LocalDate | null;
}

/** Something that is not on record is done on a day. */
export interface StepTaken {
  kind: 'step';
  step: 'submit' | 'accept' | 'reject' | 'pay';
  obligation: string;
  occurrence?: string | undefined;
  on: LocalDate;
  /** Of a payment; all of the sum that is unpaid when missing. */
  amount?: string | undefined;
}

/** All who have not signed yet sign on that day, with what goes before it. */
interface Signing {
  kind: 'signing';
  on: LocalDate;
}

/** Something else was agreed: from the start, or by an amendment that takes effect on a day. */
interface Changed<Changes> {
  kind: 'change';
  changes: Changes;
  /** Null: as if it had been agreed before signing. */
  from: LocalDate | null;
}

/** All clocks, or those of some duties, stand still from the first to the last day inclusive. */
export interface Standstill {
  kind: 'suspension';
  ground: SuspensionGround;
  from: LocalDate;
  /** Null: it goes on. */
  until: LocalDate | null;
  /** Ids of obligations; empty: all. */
  obligations: string[];
}

/** The parties end it by agreement on that day. */
interface EndOn {
  kind: 'termination';
  on: LocalDate;
}

/** What is assumed of an agreement's life beside what is on record of it. */
export type Assumption<Changes> = ActMoved | StepTaken | Signing | Changed<Changes> | Standstill | EndOn;
