import type { Rejection } from '../agreement/rejection.ts';
import * as progress from './deliverable-state.ts';
import * as ladder from './payment-ladder.ts';
import * as fee from './payment-late-fee.ts';
import * as payment from './payment.ts';
import * as sum from './payment-state.ts';

/** What is paid is not handed in. */
function notHandedIn({ rule }: { rule: { id: string } }): Rejection {
  return { rejected: 'unknown-obligation', message: `${rule.id} is paid, not handed in` };
}

export const PAYMENT_1 = {
  ...progress,
  ...sum,
  ...fee,
  ...ladder,
  ...payment,
  outlivesEnd: true,
  waitingFor: () => [],
  submit: notHandedIn,
  review: notHandedIn,
};
