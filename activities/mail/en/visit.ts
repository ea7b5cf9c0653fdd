import { occurrenceTitle } from '../../../domain/occurrence-title.ts';
import type { TierCount } from '../../../domain/visit/quarters.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { capital, date, detail, dueDetails, until } from './phrases.ts';

/** Visits to customers and call-backs. */
export const visitTexts: Pick<
  Wording['texts'],
  'visit-plan-warning' | 'visit-announced' | 'visit-reminder' | 'visit-missed' | 'visit-report-reminder'
> = {
  'visit-plan-warning': (c) => {
    const { counted, localDate = '' } = c.notice.facts;
    const { quarter = '', stage = 'end', until: upTo = localDate, tiers = [] } = counted ?? {};
    const year = localDate.slice(0, 4);
    const short = tiers.reduce((sum, tier) => sum + tier.short, 0);
    const who = `${short} ${short === 1 ? 'customer lacks' : 'customers lack'} a visit or a survey of ${year}`;
    const isAhead = stage === 'ahead';
    const isLast = quarter.endsWith('Q4');
    const title = occurrenceTitle(quarter).en;
    const stand = isAhead ? `${title} ends on ${date(localDate)}` : `${title} has ended`;
    return {
      subject: `${stand}: ${who}`,
      heading: who,
      paragraphs: [
        `${stand}. By what was entered up to ${date(upTo)}, these have not had the number of a year that ${c.agreementTitle} asks for:`,
        ...tiers.filter((tier) => tier.short > 0).map(tierText),
        isLast && !isAhead
          ? `The year ${year} is over: what is missing cannot be made up for in it. If something took place and was not entered, sign in and enter it.`
          : `The numbers are those of the calendar year, until ${year}-12-31. Sign in to see which customers these are and plan the visits and surveys; enter what took place and was not entered yet.`,
      ],
      details: [['Quarter', title], ...detail('Ends on', localDate, date)],
    };
  },

  'visit-announced': (c) => {
    const { status } = c.notice.facts;
    if (status === 'cancelled') {
      return {
        subject: `Cancelled: ${plannedFor(c)}`,
        heading: `${capital(what(c))} is cancelled`,
        paragraphs: [
          `${capital(what(c))}, planned for ${day(c)}, is cancelled. Sign in to read the reason, which is recorded.`,
        ],
        details: details(c),
      };
    }
    const moved = status === 'rescheduled';
    return {
      subject: `${moved ? 'New date' : 'Please take part'}: ${plannedFor(c)}`,
      heading: `${capital(what(c))} is ${moved ? 'moved to' : 'planned for'} ${day(c)}`,
      paragraphs: [
        moved
          ? `${capital(what(c))} takes place on ${day(c)} instead. Sign in to read the reason, which is recorded.`
          : `${capital(what(c))} takes place on ${day(c)}. Please keep that day free.`,
      ],
      details: details(c),
    };
  },

  'visit-reminder': (c) => ({
    subject: `Coming up: ${plannedFor(c)}`,
    heading: `${capital(what(c))} is planned for ${day(c)}`,
    paragraphs: [
      `By the plan, ${what(c)} takes place on ${day(c)}. ${isCallBack(c) ? 'Afterwards, sign in and enter its day and what came of it.' : 'Afterwards, sign in, enter its day, and hand in the report.'}`,
      'If it cannot take place on that day, sign in to give it another day or cancel it, with the reason.',
    ],
    details: details(c),
  }),

  'visit-missed': (c) => ({
    subject: `Did not take place as planned: ${plannedFor(c)}`,
    heading: `${capital(what(c))} did not take place as planned`,
    paragraphs: [
      `${capital(what(c))} was planned for ${day(c)}. By the end of that day nobody had entered that it took place, and it is recorded as missed.`,
      'If it did take place, sign in and enter the day. If not, give it another day, or cancel it with the reason.',
    ],
    details: details(c),
  }),

  'visit-report-reminder': (c) => {
    const { daysLate = 0 } = c.notice.facts;
    const title = isCallBack(c) ? 'outcome of the call-back' : 'report of the visit';
    const late = `${daysLate} ${daysLate === 1 ? 'day' : 'days'} late`;
    return {
      subject:
        daysLate > 0
          ? `The ${title} to ${customer(c)} is ${late}: hand it in now`
          : `Hand in the ${title} to ${customer(c)} by ${until(c)}`,
      heading: daysLate > 0 ? `The ${title} is ${late}` : `Hand in the ${title}`,
      paragraphs: [
        `${capital(what(c))} took place on ${day(c)}. The ${title} ${daysLate > 0 ? `was due by ${until(c)} and has not arrived` : `is due by ${until(c)}`}.`,
        isCallBack(c) ? 'A call-back is complete with its outcome.' : 'A visit is complete with its report.',
      ],
      details: [...details(c), ...dueDetails(c, 'Report due')],
    };
  },
};

const TIERS: Record<TierCount['tier'], [string, string]> = {
  ordinary: ['ordinary customer', 'ordinary customers'],
  key: ['key customer', 'key customers'],
  vip: ['VIP', 'VIPs'],
};

/** 12 key customers, 3 of them short: visits 9 of 12, 3 missing; … */
function tierText({ tier, customers, short, visits, surveys }: TierCount): string {
  const counts: [string, TierCount['visits']][] = [
    ['visits', visits],
    ['comprehensive surveys, visits among them,', surveys],
  ];
  const said = counts
    .filter(([, { needed }]) => needed > 0)
    .map(([what, { needed, held, short: missing }]) => `${what} ${held} of ${needed}, ${missing} missing`);
  return `${customers} ${TIERS[tier][customers === 1 ? 0 : 1]}, ${short} of them short: ${said.join('; ')}.`;
}

function isCallBack(c: NoticeContext): boolean {
  return c.notice.facts.kind === 'call-back';
}

function customer(c: NoticeContext): string {
  return c.customer ?? 'the customer';
}

/** the visit to Huaxun */
function what(c: NoticeContext): string {
  return `the ${isCallBack(c) ? 'call-back' : 'visit'} to ${customer(c)}`;
}

function day(c: NoticeContext): string {
  return date(c.notice.facts.localDate ?? '');
}

function plannedFor(c: NoticeContext): string {
  return `${isCallBack(c) ? 'call-back' : 'visit'} to ${customer(c)} on ${day(c)}`;
}

function details(c: NoticeContext): [string, string][] {
  const { process, localDate } = c.notice.facts;
  return [
    ['Customer', customer(c)],
    ...detail(c.notice.kind === 'visit-report-reminder' ? 'Took place on' : 'Planned for', localDate, date),
    ...detail('Reference', process, String),
  ];
}
