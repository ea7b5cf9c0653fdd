import { CASE_CLOCK_WORDS, CASE_TYPE_WORDS } from '../../../domain/case/vocabulary.ts';
import type { CaseClockId, CaseType } from '../../../domain/case/compiled.ts';
import { clocksTold } from '../../../domain/case/telling.ts';
import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { capital, detail, dueDetails, until, who } from './phrases.ts';

/** Complaints, requests, enquiries and feedback: what whoever handles them, or a party, is written. */
export const caseTexts: Pick<
  Wording['texts'],
  | 'case-opened'
  | 'case-passed'
  | 'case-warning'
  | 'case-late'
  | 'case-customer-word'
  | 'case-reopened'
  | 'case-negotiation'
  | 'case-decision'
  | 'case-reported'
  | 'case-told'
> = {
  'case-opened': (c) => ({
    subject: `Please respond: ${isMajor(c) ? 'major ' : ''}${what(c)}`,
    heading: `A new ${noun(c)} came in`,
    paragraphs: [
      `The ${noun(c)}${of(c)} was registered, and its clocks run from when it came in. Please read it and respond yourself: an automatic receipt is no response.`,
      ...(isMajor(c)
        ? ['It is a major one. Where the contract asks for a negotiation or a decision, you hear of that apart.']
        : []),
    ],
    details: details(c),
  }),

  'case-passed': (c) => ({
    subject: `Passed on to you: ${what(c)}`,
    heading: `A ${noun(c)} was passed on to you`,
    paragraphs: [
      `The ${noun(c)}${of(c)} is yours to handle now. Clocks that run go on as they are; sign in to see it and how much time is left.`,
    ],
    details: details(c),
  }),

  'case-warning': (c) => ({
    subject: `${capital(clock(c))} due ${until(c)}: ${what(c)}`,
    heading: `The time for the ${clock(c)} is nearly over`,
    paragraphs: [
      `The ${clock(c)} of the ${noun(c)}${of(c)} ${isMany(c) ? 'are' : 'is'} due ${until(c)} and not done yet.`,
    ],
    details: [...details(c), ...dueDetails(c, 'Due')],
  }),

  'case-late': (c) => {
    const { count = 1 } = c.notice.facts;
    const isProgress = c.notice.facts.about === 'progress';
    return {
      subject: isProgress
        ? `No report of progress, ${count} in a row: ${what(c)}`
        : `${capital(clock(c))} overdue: ${what(c)}`,
      heading: isProgress ? 'The customer has not heard how it stands' : `The time for the ${clock(c)} is over`,
      paragraphs: [
        isProgress
          ? `The customer was to hear how the ${noun(c)}${of(c)} stands by ${until(c)}, and nothing of it is on record. The next interval runs from then.`
          : `The ${clock(c)} of the ${noun(c)}${of(c)} ${isMany(c) ? 'were due' : 'was due'} ${until(c)} and ${isMany(c) ? 'are' : 'is'} not on record. That it is late stays on record, even if it is done later.`,
        ...new Set(clocksTold(c.notice).flatMap(({ verdict }) => meaning(verdict))),
      ],
      details: [...details(c), ...dueDetails(c, 'Due')],
    };
  },

  'case-customer-word': (c) => {
    const { title, text } = SAID[c.notice.facts.verdict ?? 'note'] ?? SAID['note'] ?? { title: '', text: '' };
    return {
      subject: `${title}: ${what(c)}`,
      heading: title,
      paragraphs: [`About the ${noun(c)}${of(c)}: ${text}`, 'Sign in to read the words and what came before.'],
      details: details(c),
    };
  },

  'case-reopened': (c) => ({
    subject: `Reopened, round ${c.notice.facts.round ?? 2}: ${what(c)}`,
    heading: `The ${noun(c)} was reopened`,
    paragraphs: [
      `The ${noun(c)}${of(c)} is in round ${c.notice.facts.round ?? 2}. What happened before stays on record; the clocks of this round run anew.`,
    ],
    details: details(c),
  }),

  'case-negotiation': (c) => ({
    subject: `Please negotiate the solution: major ${what(c)}`,
    heading: 'Both parties negotiate the solution of a major problem',
    paragraphs: [
      `The ${noun(c)}${of(c)} counts as major or complex. By the contract both parties negotiate its solution, and each agrees for itself before a result can be entered. Silence is no consent.`,
    ],
    details: details(c),
  }),

  'case-decision': (c) => ({
    subject: `Please decide on a special survey: major ${what(c)}`,
    heading: 'Is a special survey held?',
    paragraphs: [
      `The ${noun(c)}${of(c)} is a major one. Please decide whether a special satisfaction survey follows; if it is declined, say why. Until then the case cannot be closed.`,
    ],
    details: details(c),
  }),

  'case-reported': (c) => ({
    subject: `Please confirm the report: ${what(c)}`,
    heading: `A ${noun(c)} was reported to you`,
    paragraphs: [
      `The department that handles the ${noun(c)}${of(c)} has reported it. Please read and confirm the report; without that the case cannot be closed.`,
    ],
    details: details(c),
  }),

  'case-told': (c) => told(c),
};

/** What a party that is itself the customer is told (S003-C). */
function told(c: NoticeContext): NoticeText {
  const { ground = 'progress', verdict, days } = c.notice.facts;
  const words = c.words.details ?? c.words.note ?? c.words.reason;
  const said = words === undefined || words.trim() === '' ? [] : words.split(/\n+/);
  const term = days === undefined ? '' : ` within ${days} days`;
  const texts: Record<string, [heading: string, text: string]> = {
    receipt: [
      'Your request was received',
      `Your ${noun(c)} was registered under the number below. Sign in at any time to see how it stands.`,
    ],
    progress:
      verdict === 'responded'
        ? ['Your request was responded to', `Whoever handles your ${noun(c)} has responded.`]
        : ['How it stands', `Your ${noun(c)} is being handled. This is how it stands.`],
    plan: [
      'Please confirm the service plan',
      'The service plan is there. Please confirm it, or say what is to be changed.',
    ],
    information: [
      'Please correct your information',
      `The clocks stand still because your information is said to be incomplete or wrong. Please correct it${term}, or contest that; either lets the clocks run again.`,
    ],
    result: [
      'The result',
      verdict === 'accept'
        ? `Your ${noun(c)} was carried out. Please accept it with a score, or reject it, and it is done again.`
        : `Your ${noun(c)} has its result. If it is not really solved, ask for it to be reopened.`,
    ],
    'follow-up': ['Is it really solved?', `Please tell us whether your ${noun(c)} is really solved.`],
  };
  const [heading, text] = texts[ground] ?? ['How it stands', ''];
  return { subject: `${heading}: ${what(c)}`, heading, paragraphs: [text, ...said], details: details(c) };
}

const SAID: Record<string, { title: string; text: string }> = {
  satisfied: { title: 'The customer is satisfied', text: 'the customer is satisfied with the result.' },
  'not-satisfied': {
    title: 'The customer is not satisfied, the case is open again',
    text: 'the customer is not satisfied with the result. The case is open again, with clocks of its own.',
  },
  'plan-confirmed': {
    title: 'The customer confirmed the plan',
    text: 'the customer confirmed the plan; it can be carried out.',
  },
  'plan-changed': {
    title: 'The customer wants the plan changed',
    text: 'the customer wants the plan changed. Please propose another one; the time to resolve it runs on.',
  },
  corrected: {
    title: 'The customer corrected its information',
    text: 'the customer corrected its information; the clocks run again.',
  },
  contested: {
    title: 'The customer contests what was said',
    text: 'the customer says that its information is right. The clocks run again; what they stood still so far stays.',
  },
  note: { title: 'The customer added words', text: 'the customer added words.' },
  'follow-up': {
    title: 'Please follow up with the customer',
    text: 'it is time to ask whether the problem is really solved, and to enter what the customer says.',
  },
  'solution-half': {
    title: 'One party agreed to the solution',
    text: 'one party agreed to the negotiated solution, the other has not yet.',
  },
  'solution-agreed': {
    title: 'Both parties agreed to the solution',
    text: 'both parties agreed to the negotiated solution.',
  },
};

function meaning(verdict: string | undefined): string[] {
  switch (verdict) {
    case 'breach':
      return [
        'By the contract the provider bears the whole responsibility. The customer may claim its loss, whose amount is to be proven; none is assumed.',
      ];
    case 'breach-candidate':
      return [
        'This may be a breach. Whether anything is claimed is the customer’s decision; nothing is deducted by itself.',
      ];
    case 'accountability':
      return [
        'A late response goes on record of whoever was responsible. What follows is decided by people, after their explanation.',
      ];
    case 'contested-not':
      return [
        'The customer neither corrected nor contested it in time: it is put down as a breach on the customer’s side.',
      ];
    case 'target-missed':
      return ['It counts in the figures and is no breach.'];
    default:
      return [];
  }
}

function noun(c: NoticeContext): string {
  return CASE_TYPE_WORDS[(c.notice.facts.kind ?? 'complaint') as CaseType].en;
}

function clock(c: NoticeContext): string {
  const clocks = clocksTold(c.notice).map(({ about }) => CASE_CLOCK_WORDS[about as CaseClockId].en);
  return clocks.length === 0 ? CASE_CLOCK_WORDS.resolution.en : clocks.join(' and ');
}

function isMany(c: NoticeContext): boolean {
  return clocksTold(c.notice).length > 1;
}

/** complaint T-1 */
function what(c: NoticeContext): string {
  return `${noun(c)} ${c.notice.facts.process ?? ''}`;
}

/** of Jiangnan */
function of(c: NoticeContext): string {
  return c.customer === undefined ? '' : ` of ${c.customer}`;
}

function isMajor(c: NoticeContext): boolean {
  return c.notice.facts.status === 'major';
}

function details(c: NoticeContext): [string, string][] {
  const { process, round, seat } = c.notice.facts;
  return [
    ...detail('Number', process, String),
    ...detail('Customer', c.customer, String),
    ...(isMajor(c) ? [['Severity', 'major'] as [string, string]] : []),
    ...(round !== undefined && round > 1 ? [['Round', String(round)] as [string, string]] : []),
    ...detail('Handled by', seat, (one) => who(c, one)),
  ];
}
