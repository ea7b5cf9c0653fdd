import type { CalendarPeriod, CompiledObligation } from '../../domain/agreement/compiled.ts';
import type { EventType } from '../../domain/agreement/event.ts';
import { EVENT_WORDS } from '../../domain/agreement/vocabulary.ts';
import { followedBy } from '../../domain/agreement/opening.ts';
import { weekday } from '../../domain/local-date.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import {
  type Missed,
  type Moment,
  type NoticeContext,
  type PenaltyFacts,
  type Wording,
  grouped,
  missedKey,
} from './context.ts';
import { type Doing, doingOf, laterDuties } from './duty.ts';
import { readPeriod } from './occurrence.ts';

/** Mails in English. */
export const en: Wording = {
  lang: 'en',
  colon: ': ',
  greeting: (name) => `Dear ${name},`,
  copyBanner: (c) =>
    c.addressedTo.length > 0
      ? `This is a copy for your information. It is addressed to ${list(c.addressedTo.map((role) => party(c, role)))}; there is nothing for you to do.`
      : 'This is a copy for your information; there is nothing for you to do.',
  copySubject: (subject) => `[Copy] ${subject}`,
  itemLink: (purpose, doing) =>
    purpose === 'sign' ? 'Record the signature' : purpose === 'review' ? 'Review' : capital(VERBS[doing].button),
  buttonHint:
    'The button opens a page where you confirm; opening it changes nothing. If it does not work, copy this link into your browser:',
  showAgreement: 'Open the agreement',
  showAgreementHint: 'If the button does not work, copy this link into your browser:',
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
    `You get this mail as ${c.notice.seat === 'coordinator' ? 'the coordinator' : c.roleOf(c.notice.seat)} of this agreement. It was sent automatically; please do not reply.`,
    `Notice: ${c.notice.id}`,
  ],
  texts: {
    'sign-invitation': (c) => ({
      subject: `Sign “${c.agreementTitle}” and record the date`,
      heading: `Sign “${c.agreementTitle}” and record the date`,
      paragraphs: [
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
      return {
        subject: `“${c.agreementTitle}” is signed and in force${signedOn === undefined ? '' : ` (signed ${signedOn})`}`,
        heading: `“${c.agreementTitle}” is in force`,
        paragraphs: [
          `All parties have signed${signedOn === undefined ? '' : `; the date of signing is ${date(signedOn)}`}. That day is not counted; periods begin on the next.`,
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
        'The parties agreed to end this agreement, and the coordinator has recorded the end.',
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
  },
};

const BOTH_SIDES =
  'Both parties get this notice. It states what follows from the agreement; either party may object as the agreement provides.';

const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A title within a sentence: "the needs-analysis report", but "the SLA report". */
function named(c: NoticeContext, obligation: string, occurrence: string | undefined): string {
  const title = c.titleOf(obligation);
  const within = /^[A-Z][^A-Z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
  return `the ${within}${occurrence === undefined ? '' : ` for ${period(occurrence)}`}`;
}

function deliverable(c: NoticeContext): string {
  return named(c, c.notice.obligation ?? '', c.notice.occurrence);
}

/** The heading of an item: `Quarterly survey, Q1 2027`. */
function headed(c: NoticeContext, { obligation, occurrence }: Missed): string {
  return `${c.titleOf(obligation)}${occurrence === undefined ? '' : `, ${period(occurrence).replace(/^the /, '')}`}`;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

function period(occurrence: string): string {
  const found = readPeriod(occurrence);
  switch (found.of) {
    case 'quarter':
      return `Q${found.number} ${found.year}`;
    case 'half-year':
      return `the ${found.number === 1 ? 'first' : 'second'} half of ${found.year}`;
    case 'month':
      return `${MONTHS[found.number - 1] ?? ''} ${found.year}`;
    case 'year':
      return found.year;
    case 'interval':
      return `the period from ${found.from}`;
  }
}

interface Verbs {
  verb: string;
  done: string;
  /** It was due, and … */
  missing: string;
  button: string;
  whose: (who: string) => string;
}

const VERBS: Record<Doing, Verbs> = {
  'hand-in': {
    verb: 'hand in',
    done: 'handed in',
    missing: 'has not arrived',
    button: 'hand in',
    whose: (who) => `${who} hands it in`,
  },
  complete: {
    verb: 'complete',
    done: 'completed',
    missing: 'is not recorded as completed',
    button: 'record as completed',
    whose: (who) => `${who} completes it`,
  },
  settle: {
    verb: 'settle',
    done: 'settled',
    missing: 'is not recorded as settled',
    button: 'record as settled',
    whose: (who) => `${who} settles it`,
  },
  acknowledge: {
    verb: 'acknowledge',
    done: 'acknowledged',
    missing: 'has not been acknowledged',
    button: 'acknowledge',
    whose: (who) => `${who} acknowledges it`,
  },
};

function actButton(c: NoticeContext, title: string): string {
  const { button, verb } = VERBS[c.doing];
  return capital(button === verb ? `${button} ${title}` : `${button}: ${title}`);
}

function verbsOf(c: NoticeContext, obligation: string): Verbs {
  return VERBS[doingOf(c.agreement.obligations.find(({ id }) => id === obligation)?.kind)];
}

const PERIODS: Record<CalendarPeriod, string> = {
  month: 'every month',
  quarter: 'every quarter',
  'half-year': 'every half-year',
  year: 'every year',
};

/** How often it comes again: every quarter. */
function rhythm(c: NoticeContext, rule: CompiledObligation): string {
  const { recurrence } = rule;
  if (!recurrence) return `each time with ${named(c, followedBy(rule) ?? '', undefined)}`;
  switch (recurrence.by) {
    case 'period':
      return PERIODS[recurrence.period];
    case 'month-day': {
      const [month = 1, day] = recurrence.monthDay.split('-').map(Number);
      return `every year on ${day} ${MONTHS[month - 1] ?? ''}`;
    }
    case 'interval': {
      const { unit, count } = recurrence.every;
      return count === 1 ? `every ${unit.slice(0, -1)}` : `every ${count} ${unit}`;
    }
  }
}

/** What it waits for: 10 days after the survey analysis is fulfilled. */
function waitsFor(c: NoticeContext, { deadline: { anchor, offset } }: CompiledObligation): string {
  const size = Math.abs(offset.count);
  const unit = offset.unit.replace('-', ' ');
  const length = size === 0 ? '' : `${size} ${size === 1 ? unit.slice(0, -1) : unit} `;
  const after = (point: string): string => `${length}${offset.count < 0 ? 'before' : 'after'} ${point}`;
  if (typeof anchor === 'string') return after(anchor === 'expiry' ? 'the end of the term' : 'the effect');
  if ('on' in anchor) return after(anchor.on);
  if ('obligation' in anchor) {
    return after(`${named(c, anchor.obligation, undefined)} is ${anchor.at === 'due' ? 'due' : 'fulfilled'}`);
  }
  const about = anchor.of === undefined ? '' : `${c.titleOf(anchor.of)}: `;
  const event = EVENT_WORDS[anchor.event as EventType] as Text | undefined;
  return after(`“${about}${event?.en ?? anchor.event}”`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

function date(day: LocalDate): string {
  return `${WEEKDAYS[weekday(day)] ?? ''} ${day}`;
}

function moment({ date: day, time, zone }: Moment): string {
  return `${date(day)}, ${time} (${zone})`;
}

function until(c: NoticeContext): string {
  return c.due ? moment(c.due) : 'the agreed time';
}

function party(c: NoticeContext, role: string): string {
  const name = c.organisationOf(role);
  return name === undefined ? c.roleOf(role) : `${c.roleOf(role)} (${name})`;
}

function owner(c: NoticeContext): string {
  return c.obligation ? party(c, c.obligation.responsible) : 'the responsible party';
}

function ownerRole(c: NoticeContext): string {
  return c.obligation ? c.roleOf(c.obligation.responsible) : 'the responsible party';
}

function list(names: string[]): string {
  if (names.length === 0) return 'the party concerned';
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function round(c: NoticeContext): string {
  const number = c.notice.facts.round ?? 1;
  return number > 1 ? ` (round ${number})` : '';
}

function isWholeReview({ obligation }: NoticeContext): boolean {
  const others = (obligation?.review?.reviewers ?? []).filter((reviewer) => reviewer !== obligation?.responsible);
  return others.length === 1;
}

function parties(c: NoticeContext): [string, string][] {
  return c.agreement.parties.flatMap((role): [string, string][] => {
    const name = c.organisationOf(role);
    return name === undefined ? [] : [[c.roleOf(role), name]];
  });
}

function dueDetails(c: NoticeContext, label: string): [string, string][] {
  if (!c.due) return [];
  const there: [string, string][] = c.dueThere ? [['On your clock', moment(c.dueThere)]] : [];
  return [[label, moment(c.due)], ...there];
}

function endDetails(c: NoticeContext, label: string): [string, string][] {
  return c.notice.facts.endedOn === undefined ? [] : [[label, date(c.notice.facts.endedOn)]];
}

function ended(c: NoticeContext): string {
  return c.notice.facts.endedOn === undefined ? '' : ` (${c.notice.facts.endedOn})`;
}

function formula(penalty: PenaltyFacts): string {
  return `${penalty.rate} of ${money(penalty.base, penalty.currency)} a day`;
}

function penaltyDetails(c: NoticeContext): [string, string][] {
  const { penalty } = c;
  if (!penalty) return [];
  return [
    ['Payable by', party(c, penalty.debtor)],
    ['Payable to', party(c, penalty.creditor)],
    ['Calculated as', `${money(penalty.base, penalty.currency)} × ${penalty.rate} × days late`],
    ...(penalty.graceDays > 0 ? [['Grace', days(penalty.graceDays)] as [string, string]] : []),
    ...(penalty.cap === undefined ? [] : [['At most', money(penalty.cap, penalty.currency)] as [string, string]]),
  ];
}

function accrued({ penalty }: NoticeContext, label: string): [string, string][] {
  return penalty?.amount === undefined ? [] : [[label, money(penalty.amount, penalty.currency)]];
}

function money(amount: string, currency: string): string {
  return `${currency} ${grouped(amount)}`;
}

function rung(name: string): string {
  const count = Number(name.slice(name.indexOf('-') + 1));
  if (name.startsWith('before-')) return `${days(count)} before`;
  if (name.startsWith('overdue-')) return `${days(count)} late`;
  return 'on the day';
}
