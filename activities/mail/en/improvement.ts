import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { capital, days, detail, dueDetails, headed, role, rung, until, who } from './phrases.ts';

/** From a finding to its proven effect, and the answer to whoever raised it. */
export const improvementTexts: Pick<
  Wording['texts'],
  | 'finding-assigned'
  | 'cause-reminder'
  | 'plan-reminder'
  | 'plan-submitted'
  | 'plan-decided'
  | 'measure-reminder'
  | 'check-reminder'
  | 'plan-reopened'
  | 'answer-reminder'
> = {
  'finding-assigned': (c) =>
    c.notice.facts.status === 'raised'
      ? {
          subject: `Classify ${improvement(c)}`,
          heading: 'Classify a new finding',
          paragraphs: [
            `${capital(improvement(c))} has been raised. Please sign in and classify it on its page: its category, how grave it is, and who is to plan. It may also join another finding, or be dismissed with its reason.`,
          ],
          details: facts(c),
        }
      : assigned(c),

  'cause-reminder': (c) =>
    reminder(c, {
      act: 'find',
      what: `the cause of ${improvement(c)}`,
      label: 'Cause due',
      more: 'When it is found, please sign in and record it on the page of this improvement, or write it with the plan.',
    }),

  'plan-reminder': (c) => reminder(c, { act: 'hand in', what: `the plan for ${improvement(c)}`, label: 'Plan due' }),

  'measure-reminder': (c) =>
    reminder(c, {
      act: 'complete',
      what: `${c.notice.facts.about === undefined ? 'the measure' : measure(c.notice.facts.about)} of ${improvement(c)}`,
      label: 'Measure due',
      ...(c.notice.facts.verdict === 'behind' ? { found: 'A check found the measures behind.' } : {}),
      more: 'When it is done, please sign in and record it there with its evidence.',
    }),

  'check-reminder': (c) =>
    reminder(c, {
      act: 'check',
      what: `the progress of ${improvement(c)}`,
      label: 'Check due',
      more: 'Somebody other than the owners of the measures checks; the result is “on track” or “behind”.',
    }),

  'answer-reminder': (c) =>
    reminder(c, {
      act: 'answer',
      what: `the customers who raised ${improvement(c)}`,
      label: 'Answer due',
      more: 'Please tell those who raised it what came of it, and record that. It is not closed before they have the answer; where nobody is known, record that.',
    }),

  'plan-submitted': (c) => ({
    subject: c.asked
      ? `Approve the plan for ${improvement(c)}${by(c)}`
      : `The plan for ${improvement(c)} has been handed in`,
    heading: c.asked ? `Approve the improvement plan${by(c)}` : 'The improvement plan has been handed in',
    paragraphs: [
      `${capital(who(c, c.notice.facts.by, 'the responsible side'))} has handed in the plan for ${improvement(c)}${late(c)}.`,
      ...(c.asked
        ? [
            'Please sign in, read it on the page of this improvement, and approve it or send it back with numbered points. Silence is no consent.',
          ]
        : []),
    ],
    details: [...facts(c), ...dueDetails(c, 'Approve by')],
  }),

  'plan-decided': (c) => {
    const { by: decider, verdict } = c.notice.facts;
    const rejected = verdict === 'rejected' || verdict === 'reject';
    const whoDecided = capital(who(c, decider, 'the approver'));
    return rejected
      ? {
          subject: `Sent back: revise the plan for ${improvement(c)}${by(c)}`,
          heading: `Revise the improvement plan${by(c)}`,
          paragraphs: [
            `${whoDecided} has sent back the plan for ${improvement(c)} with numbered points. Please revise it and hand it in again.`,
          ],
          details: [...facts(c), ...dueDetails(c, 'Due again')],
        }
      : {
          subject: `Approved: carry out the plan for ${improvement(c)}`,
          heading: 'The improvement plan is approved',
          paragraphs: [
            `${whoDecided} has approved the plan for ${improvement(c)}. Each measure is now to be completed and recorded by its date; reminders will follow.`,
          ],
          details: facts(c),
        };
  },

  'plan-reopened': (c) => {
    const { goal, value } = c.notice.facts;
    return {
      subject: `Not effective: new plan for ${improvement(c)}${by(c)}`,
      heading: 'The effect was not reached: a new plan is needed',
      paragraphs: [
        goal !== undefined && value !== undefined
          ? `The goal of this round was a score of at least ${goal}; the next survey measured ${value}.`
          : 'The measures of this round were examined and did not have the expected effect.',
        `${capital(improvement(c))} enters round ${c.notice.facts.round ?? 2}. Please look for the cause again and hand in a new plan.`,
      ],
      details: [...facts(c), ...dueDetails(c, 'Plan due')],
    };
  },
};

/** To whoever plans. */
function assigned(c: NoticeContext): NoticeText {
  return {
    subject: `Hand in the plan for ${improvement(c)}${by(c)}`,
    heading: `Hand in an improvement plan${by(c)}`,
    paragraphs: [
      `You are asked for the plan of ${improvement(c)}: its goal and its measures, each with the seat that answers for it and a date. Where the agreement asks for the cause, the cause comes first.`,
      ...(c.due ? [] : ['The agreement gives no time for the plan; please hand it in soon.']),
      'Please sign in and hand it in on the page of this improvement.',
    ],
    details: [...facts(c), ...dueDetails(c, 'Plan due')],
  };
}

/** A rung of a ladder, before its last day, on it, or after. */
function reminder(
  c: NoticeContext,
  { act, what, label, found, more }: { act: string; what: string; label: string; found?: string; more?: string },
): NoticeText {
  const { rungs = [] } = c.notice;
  const { daysLate = 0, against, seat = against } = c.notice.facts;
  const overdue = c.phase === 'overdue' || daysLate > 0;
  const last = c.phase === 'last-day' && !overdue ? 'Last day: ' : '';
  const owes = seat === undefined ? 'the one responsible' : role(c, seat);
  const lateness = daysLate > 0 ? `${days(daysLate)} late` : 'overdue';
  const demand = c.asked ? `${act} ${what}` : `${owes} must ${act} ${what}`;
  const subject = overdue ? `${capital(demand)}: ${lateness}` : `${last}${last ? demand : capital(demand)}${by(c)}`;
  return {
    subject,
    heading: overdue ? subject : capital(`${demand}${by(c)}`),
    paragraphs: [
      ...(found === undefined ? [] : [found]),
      overdue
        ? `This was due from ${c.asked ? 'you' : seat === undefined ? owes : who(c, seat)}${by(c)} and is not recorded as done.${c.asked ? ' Please do it now.' : ''}`
        : `${c.asked ? 'Under the agreement you are' : `Under the agreement ${seat === undefined ? owes : who(c, seat)} is`} to ${act} ${what}${by(c)}.`,
      ...(more === undefined || !c.asked ? [] : [more]),
    ],
    details: [
      ...facts(c),
      ...dueDetails(c, label),
      ...(seat === undefined ? [] : [['Owed by', who(c, seat)] as [string, string]]),
      ...(daysLate > 0 ? [['Late so far', `${days(daysLate)}, as of this notice`] as [string, string]] : []),
      ...(rungs.length > 1 ? [['Reminders in this mail', rungs.map(rung).join(', ')] as [string, string]] : []),
    ],
  };
}

/** ` by …`; nothing where no date is agreed. */
function by(c: NoticeContext): string {
  return c.due ? ` by ${until(c)}` : '';
}

function late(c: NoticeContext): string {
  const { daysLate = 0 } = c.notice.facts;
  return daysLate > 0 ? `, ${days(daysLate)} late` : '';
}

/** “Service attitude” (Quarterly satisfaction survey, Q1 2027); improvement <reference>. */
function improvement(c: NoticeContext): string {
  const { obligation, occurrence } = c.notice;
  const { process, dimension } = c.notice.facts;
  const about = dimension === undefined ? undefined : c.dimensionTitle(dimension);
  if (obligation !== undefined) {
    const from = headed(c, { obligation, ...(occurrence === undefined ? {} : { occurrence }) });
    return `${about === undefined ? 'the improvement' : `“${about}”`} (${from})`;
  }
  return `improvement${process === undefined ? '' : ` ${process}`}${about === undefined ? '' : ` (${about})`}`;
}

/** Measure 1. */
function measure(id: string): string {
  return id.replace(/^measure-(?=\d+$)/, 'measure ');
}

function facts(c: NoticeContext): [string, string][] {
  const { process, dimension, about, goal, round } = c.notice.facts;
  return [
    ...detail('Reference', process, String),
    ...detail('Dimension', dimension === undefined ? undefined : (c.dimensionTitle(dimension) ?? dimension), String),
    ...(c.notice.kind === 'measure-reminder' ? detail('Measure', about, measure) : []),
    ...detail('Goal', goal, (score) => `a score of at least ${score}`),
    ...detail('Round', round === undefined || round < 2 ? undefined : round, String),
  ];
}
