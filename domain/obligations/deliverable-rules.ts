import type { Rejection } from '../agreement/rejection.ts';
import * as deliverable from './deliverable.ts';
import * as ladder from './deliverable-ladder.ts';
import { pay } from './deliverable-payment.ts';
import * as penalty from './deliverable-penalty.ts';
import * as progress from './deliverable-state.ts';

/** What is handed in is not held back. */
function notPaid({ rule }: { rule: { id: string } }): Rejection {
  return { rejected: 'unknown-obligation', message: `${rule.id} is no payment` };
}

export const DELIVERABLE_1 = {
  ...progress,
  ...penalty,
  ...ladder,
  ...deliverable,
  outlivesEnd: false,
  staysOwed: () => false,
  pay,
  holdBack: notPaid,
};
