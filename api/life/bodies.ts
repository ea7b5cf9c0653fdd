import { z } from 'zod';
import {
  BOOKING_KINDS,
  ENGAGEMENT_END_GROUNDS,
  SUSPENSION_GROUNDS,
  TERMINATION_GROUNDS,
} from '../../domain/agreement/compiled.ts';
import { MATTER_KINDS } from '../../domain/agreement/matter.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { changesSchema } from '../../templates/amend.ts';
import { idParams, knownId as id } from '../schemas.ts';

/** What the acts of a whole life take. Lists and maps come as JSON text in a field where a form brings files along. */

/** The longest free text of an act; minutes of a meeting may be longer. */
const MAX_TEXT = 2_000;
const MAX_MINUTES = 20_000;

/** A figure as people write one. */
export const DECIMAL = /^[-+]?\d{1,30}(\.\d{1,10})?$/;

const seat = id;
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/)
  .meta({ description: 'Letters, digits, `.`, `_`, `-`; unique in the agreement. Missing: the next number' });
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
/** Digits alone: what is no amount of its currency the contract refuses. */
const decimal = z.string().regex(DECIMAL);
const amount = decimal.meta({ description: 'A decimal string', examples: ['80000.00'] });
const text = z.string().trim().min(1).max(MAX_TEXT);
const minutes = z.string().trim().min(1).max(MAX_MINUTES);
const reference = id.meta({ description: '`id`, or `id#occurrence`', examples: ['monthly-report#2027-03'] });

/** A field that holds JSON where a form brings it, else the value itself. */
export function fromForm(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // refused for what it is
  }
}

/** One name in a form's field, or several. */
function listed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.startsWith('[') ? fromForm(value) : [value];
}

function flag(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

function count(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
}

const who = {
  as: seat.meta({ description: 'The seat that acts' }),
  onBehalfOf: seat
    .optional()
    .meta({ description: 'The side, or seat, that the coordinator enters it for, with a document' }),
};

export { who as whoFields };

export const sealBody = z.strictObject({
  ...who,
  sealedOn: date.optional().meta({ description: 'The date on the paper; today when missing' }),
});

export const approvalBody = z.strictObject({
  ...who,
  what: id.meta({
    description:
      '`review`, `policy`, `posting`, `posting:<amendment>`, `waiver:<number>`; and of what may be replaced meanwhile the very one that was shown: `baseline:<goal>@<value>`, `suspension:<number>` (`pauses` of the life), `termination:<notice>`',
    examples: ['baseline:satisfaction@95', 'termination:termination-1', 'suspension:1'],
  }),
  note: text.optional(),
});

export const withdrawalBody = z.strictObject({ as: seat, reason: text });

export const baselineBody = z.strictObject({
  ...who,
  goal: id,
  value: decimal.meta({ description: 'A decimal string, in the unit of its term' }),
  note: text.optional(),
});

export const paymentBody = z.strictObject({
  ...who,
  amount,
  paidOn: date.optional().meta({
    description:
      "Today when missing. An earlier day is entered by the payee, or by the coordinator with the bank's paper: not by whoever pays",
  }),
  reference: z.string().trim().min(1).max(200).optional().meta({ description: "The bank's or the receipt's number" }),
});

export const bookingPaymentBody = paymentBody.extend({
  debtor: seat.optional().meta({ description: 'Where several sums are owed under it: between whom' }),
  creditor: seat.optional(),
});

export const holdBackBody = z.strictObject({
  ...who,
  amount: amount.meta({ description: 'How much is held back; 0: no longer' }),
  reason: text,
});

export const waiverBody = z
  .strictObject({
    ...who,
    days: z.preprocess(count, z.int().min(1).max(36_500)).optional(),
    amount: amount.optional(),
    reason: text,
  })
  .meta({ description: 'Days or an amount' });

export const overrideBody = z
  .strictObject({
    ...who,
    dueOn: date.optional(),
    responsible: seat.optional(),
    skip: z.preprocess(flag, z.literal(true)).optional(),
    reason: text,
  })
  .meta({ description: 'One of `dueOn`, `responsible`, `skip`' });

export const previewBody = z.strictObject({ ...who, changes: changesSchema, effectiveOn: date.optional() });

export const amendmentBody = z.strictObject({
  ...who,
  amendment: name.optional(),
  changes: z.preprocess(fromForm, changesSchema),
  effectiveOn: date,
  reason: text,
});

export const acceptanceBody = z.strictObject({ ...who });
export const refusalBody = z.strictObject({ ...who, reason: text.optional() });

export const suspensionBody = z.strictObject({
  ...who,
  ground: z.enum(SUSPENSION_GROUNDS),
  obligations: z.preprocess(listed, z.array(id).max(200)).default([]).meta({ description: 'Ids; empty: all' }),
  from: date.optional().meta({
    description:
      'First day that does not count; today when missing. An earlier day the coordinator enters with the evidence; of a pause both name it',
  }),
  reason: text,
});

export const resumptionBody = z.strictObject({
  ...who,
  obligations: z.preprocess(listed, z.array(id).max(200)).default([]).meta({ description: 'Ids; empty: all' }),
  reason: text.optional(),
});

export const objectionBody = z.strictObject({
  ...who,
  notice: id.optional().meta({
    description:
      'The notice of an end, `termination-1` (S001c-63); missing: the renewal, while the contract renews by itself and nobody has objected; else the running notice of the other side',
  }),
  reason: text.optional(),
});

export const formalNoticeBody = z.strictObject({
  ...who,
  notice: z.enum(['breach', 'termination', 'amendment', 'engagement-end']),
  about: id.optional().meta({ description: 'Of a notice to a third party: what both parties agreed on, by its id' }),
  ground: z.enum(TERMINATION_GROUNDS).optional(),
  code: id.optional().meta({ description: 'Of the agreed list of grounds' }),
  breach: reference.optional().meta({
    description:
      'Of a breach: the obligation that was missed; missing: the one of the other side that is late now, of several the one due first that was not notified yet (of a serious breach it is always said). Of an end for breach: its id, `breach-1`; missing: the last that was notified and not put right',
  }),
  against: seat.optional(),
  servedOn: date.optional().meta({
    description:
      'Handed over on this day, with a document; missing: by mail. Today, where the party itself says it; an earlier day the coordinator enters with the receipt',
  }),
  endsOn: date.optional().meta({ description: 'Of an end: not before this day, where the notice period is shorter' }),
  reason: text,
});

export const cureBody = z.strictObject({
  ...who,
  failed: z
    .preprocess(flag, z.literal(true))
    .optional()
    .meta({ description: 'Said by whoever gave notice: negotiation has failed, where no length of it is agreed' }),
  note: text.optional(),
});

export const settlementBody = z.strictObject({
  ...who,
  outcome: z.enum(['settled', 'waived', 'disputed']).meta({
    description:
      '`settled` by the coordinator with a document; `waived` by whoever it is owed to, `disputed` by a party, themselves or entered with a document. What is owed after the end, of data or hand-over, is `settled` with its document',
  }),
  reason: text.optional(),
});

const items = z.array(z.strictObject({ what: z.string().trim().min(1).max(500), amount: amount.optional() })).max(50);

export const claimBody = z.strictObject({
  ...who,
  claim: name.optional(),
  amount,
  obligation: reference.optional().meta({
    description:
      'What was missed, where it is one duty; missing, and where no rule of liability fits the other side: the duty that it missed last',
  }),
  against: seat
    .optional()
    .meta({ description: 'The side it is directed against, where the duty or the rule does not say it' }),
  liability: id.optional().meta({ description: 'The rule that it rests on: `provides.liabilities` of the life' }),
  lossOn: date.optional().meta({ description: 'When the loss arose; today when missing' }),
  cause: text,
  items: z.preprocess(fromForm, items).optional(),
});

export const answerBody = z.strictObject({
  ...who,
  verdict: z.enum(['agree', 'dispute', 'drop', 'recourse']).meta({
    description:
      '`agree`, `dispute` by the side claimed against, `drop` by the claimant; `recourse`, what the side that answers for it got back from others',
  }),
  amount: amount.optional().meta({ description: 'Agreed, if less than claimed; of a recourse: recovered' }),
  setOff: z
    .preprocess(flag, z.boolean())
    .optional()
    .meta({ description: 'What was posted as penalty for the same duty is deducted' }),
  reason: text.optional(),
});

export const bookingBody = z.strictObject({
  ...who,
  booking: id.meta({ description: 'What the contract provides for: `provides.bookings` of the life' }),
  kind: z.enum(BOOKING_KINDS),
  amount,
  debtor: seat.optional().meta({ description: 'Who owes it; where there are two sides one of them will do' }),
  creditor: seat.optional().meta({ description: 'To whom; of a shared cost who paid it, without a debtor' }),
  reason: text.optional(),
});

export const matterBody = z.strictObject({
  ...who,
  kind: z.enum(MATTER_KINDS),
  rule: id.optional().meta({ description: 'In `provides` of the life; may be missing where one alone fits' }),
  to: seat.optional().meta({ description: 'Who is asked; missing: whom the rule names, else the other side' }),
  about: reference.optional().meta({ description: '`id`, `id#occurrence`, `claim:<id>`' }),
  on: date.optional().meta({ description: 'Of a meeting: its day' }),
  topic: z.string().trim().min(1).max(200),
  details: text.optional(),
  agenda: minutes.optional(),
});

export const matterStepBody = z.strictObject({
  ...who,
  step: z.enum(['answer', 'refuse', 'close', 'escalate', 'decide']).meta({
    description:
      'A request and a dispute are answered or refused by who is asked, closed by who asked; a dispute goes to the forum agreed on by `escalate`, when the days to negotiate are over or it was refused; a meeting that was not held is refused; decisions are for incidents, disputes and meetings',
  }),
  owner: seat.optional().meta({ description: 'Of a decision: who carries it out' }),
  dueOn: date.optional().meta({ description: 'Of a decision: by when' }),
  details: text.optional().meta({ description: 'The answer, the reason, the words of a decision' }),
  minutes: minutes.optional(),
});

export const engagementEndBody = z.strictObject({
  ...who,
  ground: z.enum(ENGAGEMENT_END_GROUNDS),
  about: id.optional().meta({ description: 'What a breach is recorded as: `claim:<id>`, or a matter’s id' }),
  reason: text,
});

export const thirdAccessBody = z.strictObject({
  ...who,
  step: z.enum(['undertake', 'grant', 'withdraw']),
  reason: text.optional(),
});

export const amendmentParams = idParams.extend({ amendment: id });
export const breachParams = idParams.extend({ breach: id });
export const itemParams = idParams.extend({
  item: id.meta({ description: 'Of `settlement.items` of the life, or the rule of what is owed after the end' }),
});
export const claimParams = idParams.extend({ claim: id });
export const bookingParams = idParams.extend({ booking: id });
export const matterParams = idParams.extend({ matter: id });
