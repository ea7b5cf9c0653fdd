import type { NoticeContext, Wording } from '../context.ts';
import {
  capital,
  date,
  deliverable,
  detail,
  dueDetails,
  moment,
  owner,
  ownerRole,
  role,
  until,
  who,
} from './phrases.ts';

/** A survey's cycle, from the questionnaire to its report. */
export const surveyTexts: Pick<
  Wording['texts'],
  | 'survey-approval-request'
  | 'survey-date-proposed'
  | 'survey-date-reminder'
  | 'survey-published'
  | 'survey-missed'
  | 'survey-report-released'
  | 'results-published'
> = {
  'survey-approval-request': (c) => {
    const title = cycle(c);
    return {
      subject: `Approve the questionnaire of ${title}${c.due ? `, due ${until(c)}` : ''}`,
      heading: `Approve the questionnaire of ${title}`,
      paragraphs: [
        `The questionnaire of ${title} has been designed. Please sign in, read it on the page of this survey, and approve it there.`,
        'It can be published only when it is approved; silence is no consent. A questionnaire that is changed afterwards needs approval again.',
      ],
      details: [
        ...cycleDetails(c),
        ...detail('Questionnaire', c.notice.facts.round, (version) => `version ${version}`),
        ...dueDetails(c, 'This survey is due'),
      ],
    };
  },

  'survey-date-proposed': (c) => {
    const title = cycle(c);
    const { by, localDate } = c.notice.facts;
    return {
      subject: `Answer the date proposed for ${title}${localDate === undefined ? '' : `: ${localDate}`}`,
      heading: 'Agree on the date of the survey',
      paragraphs: [
        `${capital(who(c, by, 'the other side'))} proposes to hold ${title}${localDate === undefined ? '' : ` on ${date(localDate)}`}.`,
        'Please sign in and agree on the page of this survey, or propose another date there. The survey can be published only once both sides agree; silence is no consent.',
      ],
      details: [...cycleDetails(c), ...detail('Proposed date', localDate, date)],
    };
  },

  'survey-date-reminder': (c) => {
    const title = cycle(c);
    return {
      subject: `Agree on the date of ${title} by ${until(c)}`,
      heading: 'The date of the survey is undecided',
      paragraphs: [
        `The date of ${title} has not been agreed yet.`,
        'Please sign in and propose a date on the page of this survey, or agree to the one that was proposed. The survey can be published only once both sides agree; silence is no consent.',
      ],
      details: [...cycleDetails(c), ...dueDetails(c, 'To be agreed by')],
    };
  },

  'survey-published': (c) => {
    const title = cycle(c);
    const { closesOn } = c.notice.facts;
    const open = closesOn === undefined ? '' : `; answers count until ${moment(c.dueOn(closesOn))}`;
    return {
      subject: `${capital(title)} is published${open}`,
      heading: `${capital(title)} is published`,
      paragraphs: [
        `${capital(title)} is published: questionnaire and sample are frozen from now on${open}.`,
        'Until then only those who have not answered are reminded. What arrives later is kept apart and does not count.',
      ],
      details: [...cycleDetails(c), ...detail('Answers until', closesOn, (day) => moment(c.dueOn(day)))],
    };
  },

  'survey-missed': (c) => {
    const title = cycle(c);
    const own = c.obligation?.responsible === c.notice.seat;
    return {
      subject: `${capital(title)} was not published in time: ${own ? 'publish it now' : `${ownerRole(c)} must publish it`}`,
      heading: `${capital(title)} was not published in time`,
      paragraphs: [
        `${capital(title)} ${c.due ? `was due by ${until(c)}` : 'is past its due time'} and had not been published by then. It is recorded as missed and not merged into the next one.`,
        'It can still be made good: once it is published it goes on as usual, and the days late stay on record.',
      ],
      details: [
        ...cycleDetails(c),
        ...dueDetails(c, 'This survey was due'),
        ...(c.obligation ? [['Owed by', owner(c)] as [string, string]] : []),
      ],
    };
  },

  'survey-report-released': (c) => {
    const title = cycle(c);
    const { by } = c.notice.facts;
    const verdict = VERDICTS[c.notice.facts.verdict ?? ''];
    return {
      subject: `The report of ${title} is released${verdict === undefined ? '' : `: ${verdict}`}`,
      heading: `The report of ${title} is released`,
      paragraphs: [
        `${by === undefined ? `The report of ${title} is released` : `${capital(role(c, by))} has released the report of ${title}`}${verdict === undefined ? '' : `: ${verdict}`}.`,
        'It holds every figure with its confidence interval, how each is calculated, the earlier surveys beside this one, and the analyst’s judgement. Sign in to download it on the page of this survey (web page, PDF, Excel).',
      ],
      details: cycleDetails(c),
    };
  },

  'results-published': (c) => {
    const { by } = c.notice.facts;
    const title = c.notice.obligation === undefined ? 'the improvements' : deliverable(c);
    return {
      subject: `Results of ${title} and the state of improvements are published`,
      heading: 'Results and the state of improvements are published',
      paragraphs: [
        `${by === undefined ? `The results of ${title} and the state of the measures have been published to staff` : `${capital(role(c, by))} has published the results of ${title} and the state of the measures to staff`}. They name no customers and show no single answer.`,
      ],
      details: detail('Reference', c.notice.facts.process, String),
    };
  },
};

/** Of a verdict against the target. */
const VERDICTS: Record<string, string> = {
  reached: 'the agreed target is reached',
  missed: 'the agreed target is missed',
  none: 'no verdict',
};

/** The quarterly satisfaction survey for Q1 2027; without its duty, the survey by its reference. */
function cycle(c: NoticeContext): string {
  return c.notice.obligation === undefined ? `the survey ${c.notice.facts.process ?? ''}`.trim() : deliverable(c);
}

function cycleDetails(c: NoticeContext): [string, string][] {
  return detail('Reference', c.notice.facts.process, String);
}
