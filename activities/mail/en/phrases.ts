import type { CalendarPeriod, CompiledObligation } from '../../../domain/agreement/compiled.ts';
import type { EventType } from '../../../domain/agreement/event.ts';
import { EVENT_WORDS } from '../../../domain/agreement/vocabulary.ts';
import { MONTHS, occurrenceTitle } from '../../../domain/occurrence-title.ts';
import { readReference } from '../../../domain/agreement/reference.ts';
import { followedBy, recurs } from '../../../domain/agreement/opening.ts';
import { weekday } from '../../../domain/local-date.ts';
import type { LocalDate, Text } from '../../../domain/time.ts';
import { grouped } from '../../../domain/grouped-money.ts';
import type { Missed, Moment, NoticeContext, PenaltyFacts } from '../context.ts';
import { type Doing, doingOf, dutiesIn } from '../duty.ts';

export const BOTH_SIDES =
  'Both parties get this notice. It states what follows from the agreement; either party may object as the agreement provides.';

export const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A title within a sentence: "the needs-analysis report", but "the SLA report". */
export function named(c: NoticeContext, obligation: string, occurrence: string | undefined): string {
  const title = c.titleOf(obligation);
  const within = /^[A-Z][^A-Z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
  return `the ${within}${occurrence === undefined ? '' : ` for ${occurrenceTitle(occurrence).en}`}`;
}

export function deliverable(c: NoticeContext): string {
  return named(c, c.notice.obligation ?? '', c.notice.occurrence);
}

/** The heading of an item: `Quarterly survey, Q1 2027`. */
export function headed(
  c: NoticeContext,
  { obligation, occurrence }: Pick<Missed, 'obligation' | 'occurrence'>,
): string {
  return `${c.titleOf(obligation)}${occurrence === undefined ? '' : `, ${occurrenceTitle(occurrence).en.replace(/^the /, '')}`}`;
}

export interface Verbs {
  verb: string;
  done: string;
  /** It was due, and … */
  missing: string;
  button: string;
  whose: (who: string) => string;
}

export const VERBS: Record<Doing, Verbs> = {
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

export function actButton(c: NoticeContext, title: string): string {
  const { button, verb } = VERBS[c.doing];
  return capital(button === verb ? `${button} ${title}` : `${button}: ${title}`);
}

export function verbsOf(c: NoticeContext, obligation: string): Verbs {
  return VERBS[doingOf(c.agreement.obligations.find(({ id }) => id === obligation)?.kind)];
}

export const PERIODS: Record<CalendarPeriod, string> = {
  month: 'every month',
  quarter: 'every quarter',
  'half-year': 'every half-year',
  year: 'every year',
};

/** How often it comes again: every quarter. */
export function rhythm(c: NoticeContext, rule: CompiledObligation): string {
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
export function waitsFor(c: NoticeContext, { deadline: { anchor, offset } }: CompiledObligation): string {
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

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

export function date(day: LocalDate): string {
  return `${WEEKDAYS[weekday(day)] ?? ''} ${day}`;
}

export function moment({ date: day, time, zone }: Moment): string {
  return `${date(day)}, ${time} (${zone})`;
}

export function until(c: NoticeContext): string {
  return c.due ? moment(c.due) : 'the agreed time';
}

export function party(c: NoticeContext, role: string): string {
  const name = c.organisationOf(role);
  return name === undefined ? c.roleOf(role) : `${c.roleOf(role)} (${name})`;
}

export function owner(c: NoticeContext): string {
  return c.obligation ? party(c, c.obligation.responsible) : 'the responsible party';
}

export function ownerRole(c: NoticeContext): string {
  return c.obligation ? c.roleOf(c.obligation.responsible) : 'the responsible party';
}

export function list(names: string[]): string {
  if (names.length === 0) return 'the party concerned';
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

export function round(c: NoticeContext): string {
  const number = c.notice.facts.round ?? 1;
  return number > 1 ? ` (round ${number})` : '';
}

export function isWholeReview({ obligation }: NoticeContext): boolean {
  const others = (obligation?.review?.reviewers ?? []).filter((reviewer) => reviewer !== obligation?.responsible);
  return others.length === 1;
}

export function parties(c: NoticeContext): [string, string][] {
  return c.agreement.parties.flatMap((role): [string, string][] => {
    const name = c.organisationOf(role);
    return name === undefined ? [] : [[c.roleOf(role), name]];
  });
}

export function dueDetails(c: NoticeContext, label: string): [string, string][] {
  if (!c.due) return [];
  const there: [string, string][] = c.dueThere ? [['On your clock', moment(c.dueThere)]] : [];
  return [[label, moment(c.due)], ...there];
}

export function endDetails(c: NoticeContext, label: string): [string, string][] {
  return c.notice.facts.endedOn === undefined ? [] : [[label, date(c.notice.facts.endedOn)]];
}

export function ended(c: NoticeContext): string {
  return c.notice.facts.endedOn === undefined ? '' : ` (${c.notice.facts.endedOn})`;
}

export function formula(penalty: PenaltyFacts): string {
  return `${penalty.rate} of ${money(penalty.base, penalty.currency)} a day`;
}

export function penaltyDetails(c: NoticeContext): [string, string][] {
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

export function accrued({ penalty }: NoticeContext, label: string): [string, string][] {
  return penalty?.amount === undefined ? [] : [[label, money(penalty.amount, penalty.currency)]];
}

export function money(amount: string, currency: string): string {
  return `${currency} ${grouped(amount)}`;
}

export function rung(name: string): string {
  const count = Number(name.slice(name.indexOf('-') + 1));
  if (name.startsWith('before-')) return `${days(count)} before`;
  if (name.startsWith('overdue-')) return `${days(count)} late`;
  return 'on the day';
}

/** Of a notice about a seat, that seat. */
export function seatOf(c: NoticeContext): string {
  const { seat } = c.notice.facts;
  return seat === undefined || seat === 'coordinator' ? 'the coordinator' : c.roleOf(seat);
}

/** As what somebody gets a mail: Party A; Party A, standing in for Wenjing Li. */
export function capacity(c: NoticeContext): string {
  const { seat, addressee } = c.notice;
  if (seat === 'reader') return 'a reader';
  if (seat === 'trainee') return 'a trainee';
  const own = seat === 'coordinator' ? 'the coordinator' : c.roleOf(seat);
  if (c.notice.kind === 'seat-relieved' && c.notice.facts.until === undefined) return `${own} until now`;
  const absent = c.deputyFor ?? c.people.absent;
  if (c.deputyFor === undefined && addressee === undefined) return own;
  return absent === undefined ? `the deputy of ${own}` : `${own}, standing in for ${absent},`;
}

export function dutySentence(c: NoticeContext, text: string): string {
  const { duties = [], unread = [] } = c.notice.facts;
  if (duties.length > 0) return text;
  return unread.length > 0
    ? 'Something waits to be read; a mail of its own asks for that.'
    : 'Nothing waits at present.';
}

export function dutyItems(c: NoticeContext): { title: string; text: string }[] {
  return dutiesIn(c).map(({ obligation, occurrence, rule, due, judged }) => ({
    title: headed(c, { obligation, ...(occurrence === undefined ? {} : { occurrence }) }),
    text: due
      ? `${judged ? 'Review by' : 'Due'} ${moment(due)}`
      : rule && recurs(c.agreement, rule)
        ? `Comes again ${rhythm(c, rule)}`
        : rule
          ? `No date yet: ${waitsFor(c, rule)}`
          : '',
  }));
}

/** What is to be read: the agreement, or what was handed in. */
export function matterOf(c: NoticeContext): string {
  const { obligation, occurrence } = c.notice;
  return obligation === undefined ? `“${c.agreementTitle}”` : named(c, obligation, occurrence);
}

/** Party A (Huaxun); the coordinator. */
export function who(c: NoticeContext, seat: string | undefined, unknown = 'one side'): string {
  if (seat === undefined) return unknown;
  return seat === 'coordinator' ? 'the coordinator' : party(c, seat);
}

/** Party A; the coordinator. */
export function role(c: NoticeContext, seat: string | undefined, unknown = 'one side'): string {
  if (seat === undefined) return unknown;
  return seat === 'coordinator' ? 'the coordinator' : c.roleOf(seat);
}

/** A sum in the notice's currency, the agreement's by default. */
export function sum(c: NoticeContext, amount: string): string {
  return money(amount.replace(/^-/, ''), c.notice.facts.currency ?? c.agreement.currency);
}

/** A detail that is there only where its fact is. */
export function detail<T>(label: string, fact: T | undefined, write: (fact: T) => string): [string, string][] {
  return fact === undefined ? [] : [[label, write(fact)]];
}

/** `id`, `id#occurrence` as a heading. */
export function reference(c: NoticeContext, text: string): string {
  const { obligation, occurrence } = readReference(text);
  return headed(c, { obligation, ...(occurrence === undefined ? {} : { occurrence }) });
}

/** The duties of a suspension; all of them where none is named. */
export function dutiesOrAll(c: NoticeContext): string {
  const { duties = [] } = c.notice.facts;
  return duties.length > 0 ? duties.map((duty) => reference(c, duty)).join('; ') : 'all duties';
}

/** Clocks that got another date, one item each. */
export function redatedItems(c: NoticeContext): { title: string; text: string }[] {
  return (c.notice.facts.redated ?? []).map(({ obligation, occurrence, before, after }) => ({
    title: headed(c, { obligation, ...(occurrence === null ? {} : { occurrence }) }),
    text: `Due ${moment(c.dueOn(after, obligation))} instead of ${date(before)}`,
  }));
}

/** Who owes whom what. */
export function balanceItems(c: NoticeContext): { title: string; text: string }[] {
  return (c.notice.facts.balances ?? []).map(({ debtor, creditor, currency, amount }) => ({
    title: `${party(c, debtor)} owes ${party(c, creditor)}`,
    text: money(amount, currency),
  }));
}

/** Title in quotes. */
export function quoted(c: NoticeContext): string {
  return `“${c.agreementTitle}”`;
}

/** Of a payment, what is still to be paid. */
export function payable(c: NoticeContext): [string, string][] {
  if (c.obligation?.rule !== 'payment@1') return [];
  return [['Payable', money(c.notice.facts.unpaid ?? c.obligation.amount, c.obligation.currency)]];
}

/** What was written, line by line, after a word for it; nothing where nothing was. */
export function written(label: string, words: string | undefined): string[] {
  const lines = (words ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => (index === 0 ? `${label}: ${line}` : line));
}
