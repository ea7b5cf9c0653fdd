import { NOTICE_WORDS } from '../../domain/agreement/vocabulary.ts';
import { type EffectKind, type Missed, type Wording, effectOf, isSealed, missedKey } from './context.ts';
import { laterDuties } from './duty.ts';
import { changeTexts } from './en/change.ts';
import { effectTexts } from './en/effect.ts';
import { endingTexts, groundOf, whatIsLeft } from './en/ending.ts';
import { engagementTexts } from './en/engagement.ts';
import { evaluationTexts } from './en/evaluation.ts';
import { goalTexts } from './en/goal.ts';
import { improvementTexts } from './en/improvement.ts';
import { matterTexts } from './en/matters.ts';
import { moneyTexts } from './en/money.ts';
import { surveyTexts } from './en/survey.ts';
import { trainingTexts } from './en/training.ts';
import { caseTexts } from './en/case.ts';
import { riskTexts } from './en/risk.ts';
import { thirdPartyTexts } from './en/third-party.ts';
import { visitTexts } from './en/visit.ts';
import {
  BOTH_SIDES,
  named,
  deliverable,
  headed,
  VERBS,
  actButton,
  verbsOf,
  rhythm,
  waitsFor,
  capital,
  days,
  date,
  moment,
  until,
  party,
  owner,
  ownerRole,
  list,
  round,
  isWholeReview,
  parties,
  payable,
  dueDetails,
  endDetails,
  ended,
  formula,
  penaltyDetails,
  accrued,
  money,
  rung,
  seatOf,
  capacity,
  dutySentence,
  dutyItems,
  matterOf,
} from './en/phrases.ts';

/** How an agreement came into force, and what its day 0 is called. */
const EFFECTS: Record<EffectKind, { how: string; done: string; day: string }> = {
  signed: { how: 'signed', done: 'All parties have signed', day: 'the date of signing' },
  sealed: { how: 'signed and sealed', done: 'All parties have signed and sealed', day: 'the last of these dates' },
  posted: { how: 'posted', done: 'It has been approved and posted', day: 'the date of posting' },
};

/** Mails in English. */
export const en: Wording = {
  lang: 'en',
  colon: ': ',
  greeting: (name) => `Dear ${name},`,
  copyBanner: (c) =>
    c.addressedTo.length > 0
      ? `This is a copy for your information. It is addressed to ${list(c.addressedTo.map((role) => party(c, role)))}; there is nothing for you to do.`
      : 'This is a copy for your information; there is nothing for you to do.',
  vacantBanner: (seat) =>
    `Nobody is ${seat} at present, so this mail comes to you, the coordinator. Please name somebody who can do it.`,
  copySubject: (subject) => `[Copy] ${subject}`,
  itemLink: (purpose, doing) => {
    switch (purpose) {
      case 'sign':
        return 'Record the signature';
      case 'review':
        return 'Review';
      case 'acknowledge':
        return 'Confirm that you have read it';
      case 'seal':
        return 'Record the seal';
      case 'approve':
        return 'Give consent';
      case 'accept':
        return 'Answer the amendment';
      case 'object':
        return 'Object';
      case 'answer':
        return 'Answer the claim';
      case 'reply':
        return 'Reply';
      case 'engagement':
        return 'Open the page';
      case 'submit':
        return capital(VERBS[doing].button);
    }
  },
  buttonHint:
    'The button opens a page where you confirm; opening it changes nothing. If it does not work, copy this link into your browser:',
  digest: (count, first, asked) => ({
    subject: `${count} items ${asked ? 'wait for you' : 'are open'}, the first due ${moment(first)}`,
    heading: `${count} items ${asked ? 'wait for you' : 'are open'}`,
    paragraph: 'These reminders fall on the same moment and come in one mail, the earliest due time first.',
  }),
  entry: (c, { obligation, occurrence, review }) =>
    capital(`${review ? 'review' : verbsOf(c, obligation).verb} ${named(c, obligation, occurrence)}`),
  showAgreement: 'Open the agreement',
  showAgreementHint: 'If the button does not work, copy this link into your browser:',
  showProcess: 'Sign in and open it',
  showProcessHint:
    'The page asks you to sign in; without an account, please turn to the coordinator. If the button does not work, copy this link into your browser:',
  agreement: (c) =>
    [
      c.agreementTitle,
      parties(c)
        .map((pair) => pair.join(': '))
        .join(' · '),
    ].filter(Boolean),
  smallPrint: (c, expires) => [
    ...(c.notice.clauses.length > 0 ? [`Under: ${c.notice.clauses.join(', ')}`] : []),
    ...(expires ? [`The link is for you alone, please do not pass it on. It works until ${moment(expires)}.`] : []),
    `You get this mail as ${capacity(c)} of this agreement. It was sent automatically; please do not reply.`,
    `Notice: ${c.notice.id}`,
  ],
  texts: {
    ...effectTexts,
    ...changeTexts,
    ...moneyTexts,
    ...endingTexts,
    ...matterTexts,
    ...engagementTexts,
    ...thirdPartyTexts,
    ...surveyTexts,
    ...improvementTexts,
    ...goalTexts,
    ...evaluationTexts,
    ...visitTexts,
    ...riskTexts,
    ...caseTexts,
    ...trainingTexts,

    'sign-invitation': (c) => ({
      subject: `${isSealed(c) ? 'Sign and seal' : 'Sign'} “${c.agreementTitle}” and record the date`,
      heading: `${isSealed(c) ? 'Sign and seal' : 'Sign'} “${c.agreementTitle}” and record the date`,
      paragraphs: isSealed(c)
        ? [
            'Please have the paper document signed and sealed for your side. Then record the date of the signature; the seal is recorded next, with its own date. You may add scans.',
            'The agreement is in force once every signatory has recorded its signature and its seal. Its periods begin on the day after the last of these dates.',
          ]
        : [
            'Please have the paper document signed for your side. Then record the date that it bears; you may add a scan.',
            'The agreement is in force once every signatory has recorded its signature. Its periods begin on the day after the last signature.',
          ],
      details: parties(c),
      button: 'Record the signature',
      notes: ['The signature on paper is what counts. This entry records it and does not replace it.'],
    }),

    'agreement-in-force': (c) => {
      const { signedOn, dues = [] } = c.notice.facts;
      const { recurring, waiting } = laterDuties(
        c.agreement,
        dues.map(({ obligation }) => obligation),
      );
      const { how, done, day } = EFFECTS[effectOf(c)];
      return {
        subject: `“${c.agreementTitle}” is ${how} and in force${signedOn === undefined ? '' : ` (${how} ${signedOn})`}`,
        heading: `“${c.agreementTitle}” is in force`,
        paragraphs: [
          `${done}${signedOn === undefined ? '' : `; ${day} is ${date(signedOn)}`}. That day is not counted; periods begin on the next.`,
          ...(dues.length > 0 ? ['This is due; reminders will follow:'] : []),
        ],
        items: dues.map((due) => ({
          title: c.titleOf(due.obligation),
          text: `${verbsOf(c, due.obligation).whose(party(c, due.responsible))} by ${moment(c.dueOn(due.localDate, due.obligation))}.`,
        })),
        notes: [
          ...(recurring.length > 0
            ? [
                `These come again and again: ${recurring.map((rule) => `${c.titleOf(rule.id)} (${rhythm(c, rule)})`).join('; ')}. Reminders will follow for each period.`,
              ]
            : []),
          ...(waiting.length > 0
            ? [
                `These have no date yet: ${waiting.map((rule) => `${c.titleOf(rule.id)} (${waitsFor(c, rule)})`).join('; ')}. Reminders will follow once the date is known.`,
              ]
            : []),
        ],
      };
    },

    reminder: (c) => {
      const title = deliverable(c);
      const { verb, done, missing } = VERBS[c.doing];
      const paper = c.doing === 'hand-in';
      const late = days(c.notice.facts.daysLate ?? 0);
      const details = [
        ...dueDetails(c, 'Due'),
        ['Owed by', owner(c)] as [string, string],
        ...payable(c),
        ...((c.notice.facts.daysLate ?? 0) > 0
          ? [['Late so far', `${late}, as of this notice`] as [string, string]]
          : []),
        ...accrued(c, 'Penalty so far'),
      ];
      if (c.phase === 'overdue') {
        return {
          subject: c.asked
            ? `${capital(verb)} ${title} now: it is ${late} late`
            : `${capital(title)} is ${late} late: not yet ${done} by ${ownerRole(c)}`,
          heading: `${capital(title)} is ${late} late`,
          paragraphs: [
            c.asked
              ? `${capital(title)} was due by ${until(c)} and ${missing}. Please ${paper ? 'hand it in' : `${verb} it and record that here`} now.`
              : `${capital(title)} was due from ${owner(c)} by ${until(c)} and ${missing}.`,
            ...(c.penalty?.amount
              ? [
                  `The agreed penalty is ${formula(c.penalty)}. As of this notice it comes to ${money(c.penalty.amount, c.penalty.currency)}, and it grows every day until ${paper ? 'the hand-in' : 'then'}${c.penalty.cap === undefined ? '' : `, up to ${money(c.penalty.cap, c.penalty.currency)}`}.`,
                ]
              : []),
          ],
          details,
          button: actButton(c, title),
        };
      }
      const last = c.phase === 'last-day' ? 'Last day: ' : '';
      const demand = c.asked
        ? `${last ? verb : capital(verb)} ${title} by ${until(c)}`
        : `${ownerRole(c)} must ${verb} ${title} by ${until(c)}`;
      return {
        subject: `${last}${demand}`,
        heading: capital(demand),
        paragraphs: [
          c.asked
            ? `Under the agreement you owe ${title} by the time above.`
            : `Under the agreement ${owner(c)} owes ${title} by the time above.`,
          ...(c.penalty && c.asked ? [`If it is late, the agreed penalty is ${formula(c.penalty)}.`] : []),
        ],
        details,
        button: actButton(c, title),
      };
    },

    'review-request': (c) => ({
      subject: `Review ${deliverable(c)} by ${until(c)}`,
      heading: `Review ${deliverable(c)} by ${until(c)}`,
      paragraphs: [
        `${owner(c)} has handed in ${deliverable(c)}${round(c)} for your review.`,
        'You may accept it, or send it back with numbered points. Silence does not count as consent.',
      ],
      details: dueDetails(c, 'Review by'),
      button: `Review ${deliverable(c)}`,
    }),

    'review-reminder': (c) => {
      const title = deliverable(c);
      const late = days(c.notice.facts.daysLate ?? 0);
      const waiting = list(c.addressedTo.map((role) => party(c, role)));
      const roles = list(c.addressedTo.map(c.roleOf));
      if (c.phase === 'overdue') {
        return {
          subject: c.asked
            ? `Review ${title} now: your answer is ${late} late`
            : `The review of ${title} is ${late} late: no answer yet from ${roles}`,
          heading: `The review of ${title} is ${late} late`,
          paragraphs: [
            c.asked
              ? `Your answer to ${title} was due by ${until(c)} and has not arrived. Please accept it, or send it back with numbered points.`
              : `The answer of ${waiting} to ${title} was due by ${until(c)} and has not arrived.`,
            'Silence does not count as consent, and time under review never counts as lateness of the one who handed in.',
          ],
          details: dueDetails(c, 'Review by'),
          button: `Review ${title}`,
        };
      }
      const last = c.phase === 'last-day' ? 'Last day: ' : '';
      const demand = c.asked
        ? `${last ? 'review' : 'Review'} ${title} by ${until(c)}`
        : `${roles} must review ${title} by ${until(c)}`;
      return {
        subject: `${last}${demand}`,
        heading: capital(demand),
        paragraphs: [
          `${capital(title)}${round(c)}, handed in by ${owner(c)}, is waiting for ${c.asked ? 'your review' : `the review of ${waiting}`}.`,
          'A reviewer may accept it, or send it back with numbered points. Silence does not count as consent.',
        ],
        details: dueDetails(c, 'Review by'),
        button: `Review ${title}`,
      };
    },

    summary: (c) => {
      const { missed = [] } = c.notice.facts;
      const only = missed.length === 1 ? missed[0] : undefined;
      const verb = (item: Missed) => (item.review ? 'review' : verbsOf(c, item.obligation).verb);
      const title = (item: Missed) => named(c, item.obligation, item.occurrence);
      const demand = (item: Missed) => {
        const what = `${verb(item)} ${title(item)}`;
        const when = c.isPast(item.localDate) ? ', overdue' : ` by ${moment(c.dueOn(item.localDate, item.obligation))}`;
        return c.asked ? `${what}${when}` : `${list(c.addressedTo.map(c.roleOf))} must ${what}${when}`;
      };
      return {
        subject: only
          ? `Late reminder: ${demand(only)}`
          : `Late reminders: ${missed.length} items ${c.asked ? 'wait for you' : 'are open'}`,
        heading: only ? capital(demand(only)) : `${missed.length} items ${c.asked ? 'wait for you' : 'are open'}`,
        paragraphs: [
          'These reminders could not go out on time and come in one mail instead. The due times do not change by that.',
        ],
        items: missed.map((item) => ({
          title: headed(c, item),
          text: `${item.review ? 'Review by' : 'Due'} ${moment(c.dueOn(item.localDate, item.obligation))}${c.isPast(item.localDate) ? ' (overdue)' : ''}. Reminders missed: ${item.rungs.map(rung).join(', ')}.`,
          link: missedKey(item),
        })),
        ...(only ? { button: capital(`${verb(only)} ${title(only)}`) } : {}),
      };
    },

    'deliverable-submitted': (c) => {
      const late = c.notice.facts.daysLate ?? 0;
      return {
        subject: `${ownerRole(c)} has ${VERBS[c.doing].done} ${deliverable(c)}${late > 0 ? `, ${days(late)} late` : ''}`,
        heading: `${ownerRole(c)} has ${VERBS[c.doing].done} ${deliverable(c)}`,
        paragraphs: [
          `${owner(c)} has ${VERBS[c.doing].done} ${deliverable(c)}, ${late > 0 ? `${days(late)} late` : 'in time'}.`,
          ...(c.obligation && !c.obligation.review ? ['It needs no review: the obligation is fulfilled.'] : []),
        ],
        details: dueDetails(c, 'Due'),
      };
    },

    'deliverable-accepted': (c) => ({
      subject: `${capital(deliverable(c))} has been accepted`,
      heading: `${capital(deliverable(c))} has been accepted`,
      paragraphs: [
        `${capital(deliverable(c))}${round(c)}, handed in by ${owner(c)}, has been accepted in review.`,
        ...(isWholeReview(c) ? ['All parties have accepted it; the obligation is fulfilled.'] : []),
      ],
      ...(c.notice.facts.daysLate ? { details: [['Late', days(c.notice.facts.daysLate)]] } : {}),
    }),

    'deliverable-rejected': (c) => ({
      subject: `Sent back: hand in ${deliverable(c)} again by ${until(c)}`,
      heading: `Hand in ${deliverable(c)} again by ${until(c)}`,
      paragraphs: [
        `The reviewer has sent back ${deliverable(c)}${round(c)} with numbered points. Please revise it and hand it in again.`,
        'Neither the time under review nor the time until this new due date counts as late.',
      ],
      details: dueDetails(c, 'Due again'),
      button: `Hand in ${deliverable(c)} again`,
    }),

    'penalty-started': (c) => ({
      subject: `${capital(deliverable(c))} is late: the penalty has started`,
      heading: `The penalty for ${deliverable(c)} has started`,
      paragraphs: [
        `${capital(deliverable(c))} was due from ${owner(c)} by ${until(c)} and was not there by then. Under the agreement a daily penalty runs from now on, up to and including the day on which it is ${VERBS[c.doing].done}.`,
      ],
      details: [...dueDetails(c, 'Due'), ...penaltyDetails(c), ...accrued(c, 'On the first day')],
      notes: [BOTH_SIDES],
    }),

    'penalty-stopped': (c) => {
      const total = c.penalty?.amount ? ` at ${money(c.penalty.amount, c.penalty.currency)}` : '';
      return {
        subject: `The penalty for ${deliverable(c)} has stopped${total}`,
        heading: `The penalty for ${deliverable(c)} has stopped`,
        paragraphs: [`The daily penalty for ${deliverable(c)} being late has stopped${total}.`],
        details: [
          ...(c.notice.facts.daysLate === undefined
            ? []
            : [['Late in all', days(c.notice.facts.daysLate)] as [string, string]]),
          ...penaltyDetails(c),
          ...accrued(c, 'Penalty in all'),
        ],
        notes: [BOTH_SIDES],
      };
    },

    'overdue-withdrawn': (c) => ({
      subject: `${capital(deliverable(c))} was in time: the overdue entry is withdrawn`,
      heading: 'The overdue entry is withdrawn',
      paragraphs: [
        `${owner(c)} had ${VERBS[c.doing].done} ${deliverable(c)} before it was due, as has now come to light. The overdue entry is withdrawn.`,
        ...(c.penalty ? ['No penalty is owed for it; whatever was posted is reversed.'] : []),
      ],
      details: dueDetails(c, 'Due'),
    }),

    'agreement-terminated': (c) => ({
      subject: `“${c.agreementTitle}” has ended${ended(c)}`,
      heading: `“${c.agreementTitle}” has ended`,
      paragraphs: [
        c.notice.facts.ground === undefined
          ? 'The parties agreed to end this agreement, and the coordinator has recorded the end.'
          : `Under its own terms “${c.agreementTitle}” has ended ${groundOf(c)}.`,
        'There will be no more reminders. Penalties run up to and including the day of the end. Rights and duties that arose before it are not affected.',
      ],
      details: endDetails(c, 'Ended on'),
    }),

    'agreement-expired': (c) => ({
      subject: `“${c.agreementTitle}” has expired${ended(c)}`,
      heading: `“${c.agreementTitle}” has expired`,
      paragraphs: [
        'The term of this agreement is over.',
        'There will be no more reminders. Penalties run up to and including the last day. Rights and duties that arose before it are not affected.',
      ],
      details: endDetails(c, 'Last day'),
    }),

    'seat-handed-over': (c) => {
      const { before, after = 'Somebody else' } = c.people;
      const seat = seatOf(c);
      const instead = before === undefined ? '' : ` in place of ${before}`;
      return {
        subject: c.isSuccessor
          ? `You are now ${seat} in “${c.agreementTitle}”`
          : `${after} is now ${seat} in “${c.agreementTitle}”`,
        heading: c.isSuccessor ? `You are now ${seat}` : `${after} is now ${seat}`,
        paragraphs: [
          `From today on ${c.isSuccessor ? 'you act' : `${c.people.after ?? 'somebody else'} acts`} as ${seat} in “${c.agreementTitle}”${instead}. All dates stay as they are.`,
          dutySentence(c, `This waits${c.isSuccessor ? ' for you' : ''}; reminders follow in time:`),
        ],
        items: dutyItems(c),
      };
    },

    'seat-vacant': (c) => ({
      subject: `Please say who is ${seatOf(c)} in “${c.agreementTitle}”`,
      heading: `Nobody is ${seatOf(c)} at present`,
      paragraphs: [
        `${c.people.before ?? 'Whoever was there before'} is no longer ${seatOf(c)} in “${c.agreementTitle}”, and nobody follows yet. Until somebody does, notices to that seat come to you.`,
        dutySentence(c, 'These duties wait. Please name a successor soon:'),
      ],
      items: dutyItems(c),
    }),

    'seat-relieved': (c) => {
      const { from, until: to } = c.notice.facts;
      const { after = 'somebody else', absent = 'whoever fills the seat' } = c.people;
      const seat = seatOf(c);
      const later =
        'Later notices do not come to you any more, and links that you were sent have ended. What you have done stays on record.';
      if (from === undefined || to === undefined) {
        return {
          subject: `You are no longer ${seat} in “${c.agreementTitle}”`,
          heading: `You are no longer ${seat}`,
          paragraphs: [`From today on ${after} acts as ${seat} in “${c.agreementTitle}”. ${later}`],
        };
      }
      return {
        subject: `You no longer stand in for ${absent} (${seat}): “${c.agreementTitle}”`,
        heading: `You no longer stand in for ${absent} as ${seat}`,
        paragraphs: [
          `You were to act for ${absent} as ${seat} in “${c.agreementTitle}” from ${date(from)} to ${date(to)}. That ends today, before its time. ${later}`,
        ],
      };
    },

    'delegation-made': (c) => {
      const { from = '', until: to = '' } = c.notice.facts;
      const { absent = 'whoever fills the seat', deputy = 'a deputy' } = c.people;
      const seat = seatOf(c);
      const isDeputy = c.notice.addressee !== undefined;
      const title = isDeputy ? `Please stand in for ${absent}` : `${capital(deputy)} stands in for ${absent}`;
      return {
        subject: `${title} (${seat}) from ${from} to ${to}: “${c.agreementTitle}”`,
        heading: `${title} as ${seat}`,
        paragraphs: [
          `From ${date(from)} to ${date(to)}, both days included, ${isDeputy ? 'you act' : `${deputy} acts`} for ${absent} as ${seat} in “${c.agreementTitle}”${isDeputy ? ' and get' : ' and gets'} the notices. A deputy cannot pass this on. The record names both people.`,
          dutySentence(c, 'This is what it is about:'),
        ],
        items: dutyItems(c),
      };
    },

    'acknowledgement-request': (c) => {
      const matter = matterOf(c);
      return {
        subject: `Please read ${matter} and confirm it`,
        heading: `Please read ${matter} and confirm it`,
        paragraphs: [
          `Please read ${matter}. Then confirm with the button below that you have.`,
          ...(c.due ? [`It is due ${until(c)}.`] : []),
        ],
        button: 'Confirm that you have read it',
      };
    },

    'notice-undelivered': (c) => {
      const { name, address, subject } = c.returned;
      const { undelivered } = c.notice.facts;
      const kind = undelivered === undefined ? '' : ` (${NOTICE_WORDS[undelivered].en})`;
      const to = name === undefined ? seatOf(c) : `${name} (${seatOf(c)})`;
      return {
        subject: `A notice to ${name ?? seatOf(c)} came back, please check the address: “${c.agreementTitle}”`,
        heading: 'A notice could not be delivered',
        paragraphs: [
          `A notice to ${to} in “${c.agreementTitle}”${kind} came back. It counts as not served.`,
          ...(c.notice.facts.about === undefined ? [] : [whatIsLeft(c)]),
          'Please check the address and correct it. The notice itself cannot be sent again: where something is to be done, issue a new link on the page of the agreement; where it has to be served, serve it in another way and keep the proof.',
        ],
        details: [
          ...(name === undefined ? [] : [['For', name] as [string, string]]),
          ...(address === undefined ? [] : [['Address', address] as [string, string]]),
          ...(subject === undefined ? [] : [['Subject', subject] as [string, string]]),
        ],
      };
    },
  },
};
