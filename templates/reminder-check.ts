import type { Contradiction } from './contradiction.ts';
import { contradiction, termNamed, valueInForce } from './contradiction.ts';
import type { Obligation } from './obligation-schema.ts';
import type { Template } from './schema.ts';

/** The fewest days that 1, 2, … 11 calendar months in a row have. */
const SHORTEST_MONTHS = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
const PERIOD_MONTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

function daysOfMonths(months: number): number {
  return Math.floor(months / 12) * 365 + (SHORTEST_MONTHS[months % 12] ?? 0);
}

/** The fewest days of an ISO 8601 duration of one unit; undefined for any other text. */
function daysOfDuration(text: string): number | undefined {
  const read = /^P(?:(\d+)([YMWD])|T(\d+)H)$/.exec(text);
  if (!read) return undefined;
  const count = Number(read[1] ?? read[3]);
  switch (read[2]) {
    case 'Y':
      return count * 365;
    case 'M':
      return daysOfMonths(count);
    case 'W':
      return count * 7;
    case 'D':
      return count;
    default:
      return count / 24;
  }
}

type Span = Partial<Record<'days' | 'workingDays' | 'months' | 'years' | 'hours' | 'duration', string | undefined>>;

/** The fewest days that a span can have; undefined where there is none, or its length is not said in the template. */
function shortest(template: Template, span: Span): number | undefined {
  for (const unit of ['days', 'workingDays', 'months', 'years', 'hours', 'duration'] as const) {
    if (span[unit] === undefined) continue;
    const value = valueInForce(termNamed(template, span[unit]));
    if (unit === 'duration') return typeof value === 'string' ? daysOfDuration(value) : undefined;
    const count = Number(value);
    if (value === undefined || !Number.isFinite(count)) return undefined;
    switch (unit) {
      case 'days':
      case 'workingDays':
        return count;
      case 'months':
        return daysOfMonths(count);
      case 'years':
        return Math.floor(count * 365);
      case 'hours':
        return count / 24;
    }
  }
  return undefined;
}

function hasOffset({ deadline }: Obligation): boolean {
  const { days, workingDays, months, years, hours, duration } = deadline;
  return [days, workingDays, months, years, hours, duration].some((name) => name !== undefined);
}

/** Days between the beginning of an occurrence and its due date, at least; undefined where no reminder can be too early. */
function room(template: Template, obligation: Obligation): number | undefined {
  const { deadline, every } = obligation;
  const { anchor } = deadline;
  if (deadline.before) return undefined;
  if (every) return shortest(template, every);
  const offset = shortest(template, deadline);
  if (typeof anchor === 'object' && 'period' in anchor) {
    const period = daysOfMonths(PERIOD_MONTHS[anchor.period]);
    if (anchor.edge === 'start') return hasOffset(obligation) ? offset : period;
    return hasOffset(obligation) ? period + (offset ?? 0) : period;
  }
  if (hasOffset(obligation)) return offset;
  // A date, an end or another's due date is known beforehand; that something happens is not.
  const isKnown =
    anchor === 'expiry' ||
    (typeof anchor === 'object' && ('term' in anchor || ('obligation' in anchor && anchor.at === 'due')));
  return isKnown ? undefined : 0;
}

/** Reminders that would go out before the day from which the time is counted, by the values that the template itself holds. */
export function checkReminders(template: Template): Contradiction[] {
  return template.obligations.flatMap((obligation, index) => {
    const leads = valueInForce(termNamed(template, obligation.reminderLeadDays));
    const days = room(template, obligation);
    if (!Array.isArray(leads) || days === undefined) return [];
    const early = (leads as unknown[]).filter((lead) => typeof lead === 'number' && lead > days);
    if (early.length === 0) return [];
    const most = Math.floor(days);
    return contradiction(
      ['obligations', index, 'reminderLeadDays'],
      `至多提前 ${most} 日的提醒，否则早于起算日；${obligation.reminderLeadDays} 中有 ${early.join('、')}`,
      `reminders of at most ${most} days, lest they precede day 0; ${obligation.reminderLeadDays} has ${early.join(', ')}`,
    );
  });
}
