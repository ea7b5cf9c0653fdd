import { isZeroMoney } from '../../../domain/money.ts';
import type { NoticeContext, Wording } from '../context.ts';
import {
  BOTH_SIDES,
  accrued,
  capital,
  date,
  days,
  deliverable,
  detail,
  dueDetails,
  moment,
  owner,
  ownerRole,
  penaltyDetails,
  quoted,
  role,
  sum,
  until,
  who,
  written,
} from './phrases.ts';

/** Payments, what lateness of them costs, what is let go, caps, and claims. */
export const moneyTexts: Pick<
  Wording['texts'],
  | 'payment-received'
  | 'payment-held-back'
  | 'late-fee-started'
  | 'late-fee-stopped'
  | 'waiver-proposed'
  | 'penalty-waived'
  | 'cap-reached'
  | 'sum-booked'
  | 'item-settled'
  | 'claim-made'
  | 'claim-answered'
  | 'claim-overdue'
> = {
  'payment-received': (c) => {
    const { amount = '0', unpaid, localDate, about = '', by } = c.notice.facts;
    const whole = unpaid !== undefined && isZeroMoney(unpaid);
    const isDuty = c.notice.obligation !== undefined;
    const of = about.startsWith('claim:')
      ? `claim ${claimId(c) ?? ''}`
      : about.startsWith('booking:')
        ? `the sum booked for “${c.ruleTitle(about.slice('booking:'.length))}”`
        : about.startsWith('penalty:')
          ? `the penalty${aboutDuty(c)}`
          : deliverable(c);
    const payer = isDuty ? ownerRole(c) : capital(role(c, by));
    return {
      subject: `${payer} has paid ${sum(c, amount)} of ${of}${whole ? ': paid in full' : ''}`,
      heading: `${payer} has paid ${sum(c, amount)} of ${of}`,
      paragraphs: [
        `A payment of ${sum(c, amount)} by ${isDuty ? owner(c) : who(c, by)} for ${of} is on record${whole ? '; it is paid in full' : unpaid === undefined ? '' : `; ${sum(c, unpaid)} is still unpaid`}.`,
        'If this is not what you received, please check it with the coordinator soon.',
      ],
      details: [
        ['Paid', sum(c, amount)],
        ...detail('Paid on', localDate, date),
        ...detail('Unpaid', unpaid, (left) => sum(c, left)),
      ],
    };
  },

  'payment-held-back': (c) => {
    const { amount = '0', unpaid } = c.notice.facts;
    const released = isZeroMoney(amount);
    return {
      subject: released
        ? `${ownerRole(c)} no longer holds back ${deliverable(c)}`
        : `${ownerRole(c)} holds back ${sum(c, amount)} of ${deliverable(c)}`,
      heading: released ? 'Nothing is held back any more' : 'A sum is held back',
      paragraphs: [
        released
          ? `${owner(c)} no longer holds back anything of ${deliverable(c)}; it is payable as agreed.`
          : `Under the agreement ${owner(c)} holds back ${sum(c, amount)} of ${deliverable(c)}; the reason stands on the page of the agreement. No late fee runs on that part while it is held back.`,
        ...(released ? [] : ['If you disagree with the reason or the sum, you may object as the agreement provides.']),
      ],
      details: [
        ...(released ? [] : [['Held back', sum(c, amount)] as [string, string]]),
        ...detail('Unpaid', unpaid, (left) => sum(c, left)),
      ],
    };
  },

  'late-fee-started': (c) => ({
    subject: `${capital(deliverable(c))} is late${left(c)}${c.penalty ? ': the late fee has started' : ''}`,
    heading: `${capital(deliverable(c))} is late`,
    paragraphs: [
      `${capital(deliverable(c))} was due from ${owner(c)} by ${until(c)} and was not paid in full by then.`,
      c.penalty
        ? 'Under the agreement a late fee runs on the unpaid part day by day, up to and including the day on which it is paid in full.'
        : 'The contract leaves the rate of the late fee open: days and the unpaid sum are recorded, nothing is charged.',
    ],
    details: [
      ...dueDetails(c, 'Due'),
      ...detail('Unpaid', c.notice.facts.unpaid, (unpaid) => sum(c, unpaid)),
      ...penaltyDetails(c),
      ...accrued(c, 'On the first day'),
    ],
    notes: [BOTH_SIDES],
  }),

  'late-fee-stopped': (c) => {
    const { amount, daysLate } = c.notice.facts;
    const total = amount === undefined || isZeroMoney(amount) ? '' : ` at ${sum(c, amount)}`;
    return {
      subject: `The late fee for ${deliverable(c)} has stopped${total}`,
      heading: `The late fee for ${deliverable(c)} has stopped`,
      paragraphs: [`The late fee for ${deliverable(c)} has stopped${total}.`],
      details: [
        ...detail('Late in all', daysLate, days),
        ...detail('Rate', c.penalty, ({ rate }) => `${rate} of the unpaid sum a day`),
        ...accrued(c, 'Late fee in all'),
      ],
      notes: [BOTH_SIDES],
    };
  },

  'waiver-proposed': (c) => ({
    subject: `Consent to a waiver of the penalty${aboutDuty(c)}${waived(c)}?`,
    heading: `Consent to a waiver of the penalty${aboutDuty(c)}?`,
    paragraphs: [
      `${capital(who(c, c.notice.facts.by))} proposes to waive${waived(c) === '' ? '' : ` ${waivedPlain(c)} of`} the penalty${aboutDuty(c)}; the reason stands on the page of the agreement. It takes your consent; until then the penalty runs as agreed.`,
      'A waiver is a credit note: earlier entries stay as they are, and no other right is given up.',
    ],
    details: waiverDetails(c),
    button: 'Look at it and consent',
  }),

  'penalty-waived': (c) => ({
    subject: `The penalty${aboutDuty(c)} has been waived${waived(c)}`,
    heading: `The penalty${aboutDuty(c)} has been waived${waived(c)}`,
    paragraphs: [
      `The creditor has waived${waived(c) === '' ? '' : ` ${waivedPlain(c)} of`} the penalty${aboutDuty(c)}. A credit note is in the ledger.`,
      'Nothing beyond that is given up; other rights and duties are not affected.',
    ],
    details: waiverDetails(c),
    notes: [BOTH_SIDES],
  }),

  'cap-reached': (c) => {
    const { about = '', percent = 0, amount, cap } = c.notice.facts;
    if (about === 'penalties') {
      return {
        subject: `Penalties have come to ${percent}% of the contract total: ${quoted(c)}`,
        heading: `Penalties have come to ${percent}% of the contract total`,
        paragraphs: [
          `The penalties under ${quoted(c)}${amount === undefined ? '' : `, ${sum(c, amount)} in all,`} have reached the share at which this system warns.`,
          'That share is our own warning. It is neither a cap of the contract nor a limit of the law; penalties run on as agreed.',
        ],
        details: detail('Penalties in all', amount, (total) => sum(c, total)),
      };
    }
    const title = about.startsWith('penalty:')
      ? `the penalty for “${c.titleOf(about.slice(8))}”`
      : `liability under “${c.ruleTitle(about)}”`;
    return {
      subject: `${percent}% of the agreed cap is reached: ${title}`,
      heading: `${capital(title)} has reached ${percent}% of its cap`,
      paragraphs: [
        percent >= 100
          ? `${capital(title)} has reached the agreed cap and does not grow beyond it.`
          : `${capital(title)} has reached ${percent}% of the agreed cap. Please mind what is left.`,
      ],
      details: [...detail('So far', amount, (total) => sum(c, total)), ...detail('Cap', cap, (limit) => sum(c, limit))],
    };
  },

  'sum-booked': (c) => {
    const { about = '', by, against, amount = '0' } = c.notice.facts;
    const title = c.ruleTitle(about);
    return {
      subject: `“${title}”: ${role(c, by)} owes ${role(c, against)} ${sum(c, amount)}`,
      heading: `“${title}”: ${sum(c, amount)} is booked`,
      paragraphs: [
        `Under ${quoted(c)} a sum for “${title}” was put into the ledger with its document: ${who(c, by)} owes ${who(c, against)} ${sum(c, amount)}.`,
        'If you disagree, please check it with the coordinator soon.',
      ],
      details: [
        ['Owed by', who(c, by)],
        ['Owed to', who(c, against)],
        ['Sum', sum(c, amount)],
      ],
    };
  },

  'item-settled': (c) => {
    const { about = '', status = '', by } = c.notice.facts;
    const item = c.notice.obligation === undefined ? `“${c.ruleTitle(about)}”` : deliverable(c);
    const outcomes: Record<string, string> = {
      settled: 'is settled',
      waived: 'is not called for any more',
      disputed: 'is disputed',
    };
    const outcome = outcomes[status] ?? 'has been dealt with';
    return {
      subject: `Open after the end of ${quoted(c)}: ${item} ${outcome}`,
      heading: `${capital(item)} ${outcome}`,
      paragraphs: [
        `What was open at the end of ${quoted(c)}: ${item} ${outcome}, as ${who(c, by)} put on record.`,
        'If you disagree, please check it with the coordinator soon.',
      ],
      details: [['Recorded by', who(c, by)]],
    };
  },

  'claim-made': (c) => {
    const { by, amount = '0', against } = c.notice.facts;
    const when = c.due ? ` by ${until(c)}` : '';
    return {
      subject: c.asked
        ? `Answer the claim of ${role(c, by, 'the other side')} for ${sum(c, amount)}${when}`
        : `${capital(role(c, by))} claims ${sum(c, amount)}: ${quoted(c)}`,
      heading: c.asked ? `Answer the claim${when}` : `${capital(role(c, by))} claims ${sum(c, amount)}`,
      paragraphs: [
        `${capital(who(c, by, 'the other side'))} claims ${sum(c, amount)} from ${who(c, against, 'your side')} under ${quoted(c)}${aboutDuty(c)}.`,
        ...written('Cause', c.words.cause),
        c.asked
          ? 'You may agree to the whole sum or to a part of it, or dispute it. Silence does not count as consent.'
          : 'The other side may agree to the whole sum or to a part of it, or dispute it. Silence does not count as consent.',
      ],
      items: (c.words.items ?? []).map(({ what, amount: part }) => ({
        title: what,
        text: part === undefined ? '' : sum(c, part),
      })),
      details: claimDetails(c),
      button: 'Answer the claim',
    };
  },

  'claim-answered': (c) => {
    const { verdict, by, against, amount } = c.notice.facts;
    const total = amount === undefined ? '' : ` (${sum(c, amount)})`;
    const results: Record<string, string> = {
      agree: `${capital(role(c, against, 'the other side'))} agrees to the claim${amount === undefined ? '' : `: ${sum(c, amount)} is payable`}`,
      dispute: `${capital(role(c, against, 'the other side'))} disputes the claim${total}`,
      drop: `${capital(role(c, by, 'the other side'))} has dropped the claim${total}`,
    };
    const result = results[verdict ?? ''] ?? 'The claim has been answered';
    return {
      subject: `${result} (${c.agreementTitle})`,
      heading: result,
      paragraphs: [
        verdict === 'agree'
          ? `${capital(who(c, against, 'the other side'))} agrees to the claim.${amount === undefined ? '' : ` After set-off and within the agreed cap, ${sum(c, amount)} is payable; it stands in the ledger.`}`
          : verdict === 'dispute'
            ? `${capital(who(c, against, 'the other side'))} disputes the claim; the reason stands on the page of the agreement. It stays disputed, and out of the ledger, until it is agreed or dropped.`
            : `${result}.`,
      ],
      details: [
        ...detail('Claim', claimId(c), String),
        ...detail(verdict === 'agree' ? 'Payable' : 'Sum', amount, (rest) => sum(c, rest)),
      ],
    };
  },

  'claim-overdue': (c) => ({
    subject: c.asked
      ? `Answer the claim now: the time for it is over (${c.agreementTitle})`
      : `The claim was not answered in time (${c.agreementTitle})`,
    heading: 'The claim was not answered in time',
    paragraphs: [
      `The answer of ${who(c, c.notice.facts.against, 'the other side')} was due by ${until(c)} and has not arrived. Silence does not count as consent; the claim stands.`,
    ],
    details: claimDetails(c),
    button: 'Answer the claim',
  }),
};

/** Of the amount unpaid: `: CNY 80,000.00 unpaid`. */
function left(c: NoticeContext): string {
  const { unpaid } = c.notice.facts;
  return unpaid === undefined ? '' : `, ${sum(c, unpaid)} unpaid`;
}

function aboutDuty(c: NoticeContext): string {
  return c.notice.obligation === undefined ? '' : ` for ${deliverable(c)}`;
}

function waivedPlain(c: NoticeContext): string {
  const { days: count = 0, amount } = c.notice.facts;
  if (count > 0) return days(count);
  return amount === undefined || isZeroMoney(amount) ? '' : sum(c, amount);
}

/** ` (3 days)`, ` (CNY 500.00)`. */
function waived(c: NoticeContext): string {
  const what = waivedPlain(c);
  return what === '' ? '' : ` (${what})`;
}

function waiverDetails(c: NoticeContext): [string, string][] {
  const { by, days: count = 0, amount } = c.notice.facts;
  return [
    ...detail('Proposed by', by, (seat) => who(c, seat)),
    ...(count > 0 ? [['Days', String(count)] as [string, string]] : []),
    ...(amount === undefined || isZeroMoney(amount) ? [] : [['Sum', sum(c, amount)] as [string, string]]),
  ];
}

function claimId(c: NoticeContext): string | undefined {
  return c.notice.facts.about?.replace(/^claim:/, '');
}

function claimDetails(c: NoticeContext): [string, string][] {
  const { by, against, amount, cap } = c.notice.facts;
  return [
    ...detail('Claim', claimId(c), String),
    ...detail('Claimed by', by, (seat) => who(c, seat)),
    ...detail('Claimed from', against, (seat) => who(c, seat)),
    ...detail('Sum', amount, (claimed) => sum(c, claimed)),
    ...detail('Agreed cap of liability', cap, (limit) => sum(c, limit)),
    ...detail('Answer by', c.due, moment),
  ];
}
