import type { NoticeContext, Wording } from '../context.ts';
import { capital, date, detail, dueDetails, until } from './phrases.ts';

/** Visits to customers and call-backs. */
export const visitTexts: Pick<
  Wording['texts'],
  'visit-announced' | 'visit-reminder' | 'visit-missed' | 'visit-report-reminder'
> = {
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
