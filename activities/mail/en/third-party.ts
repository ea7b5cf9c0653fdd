import { ENGAGEMENT_EVENT_WORDS } from '../../../domain/engagement/vocabulary.ts';
import type { EngagementEventType } from '../../../domain/engagement/event.ts';
import type { EngagementRequest } from '../../../domain/engagement/telling.ts';
import { type EngagementStep, stepAsked } from '../../../domain/engagement/steps.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { capital, date, detail, dueDetails, list, parties, quoted, until, who } from './phrases.ts';

type ThirdPartyNotice = 'engagement-request' | 'engagement-reminder' | 'engagement-news' | 'engagement-notice';

/** What is asked: within a subject, and what it means that nobody does it. */
const ASKED: Record<EngagementRequest, { what: string; more: string }> = {
  reply: {
    what: 'answer the application to bring in a third party',
    more: 'Agree, refuse with your reasons, or ask for more, which makes the clock stand still. Silence is not consent.',
  },
  provide: {
    what: 'provide what was asked for about your application',
    more: 'The time to answer it stands still until you do.',
  },
  review: {
    what: 'review the draft of the third-party agreement',
    more: 'Nobody signs before both parties have accepted it. Whoever returns it says what is to change.',
  },
  sign: {
    what: 'sign the third-party agreement and record the date',
    more: 'No work, no access and no payment before all signatories have signed.',
  },
  milestone: { what: 'hand in what your agreement has for this milestone', more: 'Hand it in with its documents.' },
  accept: {
    what: 'accept what the third party has handed in, or return it',
    more: 'Everyone who accepts does so for itself. Whoever returns it says what is to be put right.',
  },
  effect: {
    what: 'review what the use of it has brought',
    more: 'A poor effect is the third party’s to put right, and can support a claim.',
  },
  support: {
    what: 'answer the third party’s request for support',
    more: 'Delay from a request that is not answered in time is not laid to the third party.',
  },
  pay: {
    what: 'pay the third party your share of its costs',
    more: 'Record the payment under the costs of this involvement once it is made; the oldest cost is settled first. The contract adds nothing to a payment that is late.',
  },
  cap: {
    what: 'agree to another cap of the third party’s liability, or decline',
    more: 'The old cap holds until both parties agree and the third party consents.',
  },
  'cap-consent': {
    what: 'consent to another cap of your liability, or decline',
    more: 'Silence is no consent: without it the old cap stays.',
  },
  loss: {
    what: 'answer what is asked of you for a loss',
    more: 'You may agree, wholly or in part, or dispute it. Nothing is owed before you agree.',
  },
  end: {
    what: 'decide whether the third party’s involvement ends',
    more: 'Both parties decide; it ends when the third party has had written notice.',
  },
  purpose: {
    what: 'say whether the purpose of the involvement was achieved',
    more: 'The agreed term of the involvement is over. It ends when both parties say so and the third party has written notice.',
  },
  settle: { what: 'confirm that this is settled', more: 'The other side says so; once you confirm, it is.' },
};

/** What the button of each says. */
const BUTTONS: Record<EngagementStep, string> = {
  reply: 'Answer the application',
  provide: 'Provide it',
  review: 'Review the draft',
  sign: 'Sign, or refuse',
  milestone: 'Hand it in',
  accept: 'Accept or return it',
  effect: 'Review the effect',
  support: 'Answer the request',
  cap: 'Answer',
  'cap-consent': 'Consent or decline',
  loss: 'Answer',
  end: 'Decide',
  purpose: 'Confirm',
  settle: 'Confirm',
  work: 'Open your page',
};

/** A third party’s involvement: what somebody is asked for, what happened, and what the third party is written. */
export const thirdPartyTexts: Pick<Wording['texts'], ThirdPartyNotice> = {
  'engagement-request': (c) => ({
    subject: `${c.due ? `By ${until(c)}: ` : ''}${asked(c).what} (${name(c)})`,
    heading: capital(asked(c).what),
    paragraphs: [`This is about “${name(c)}”, an involvement of a third party under ${quoted(c)}.`, asked(c).more],
    details: [...details(c), ...dueDetails(c, 'By')],
    ...button(c),
  }),

  'engagement-reminder': (c) => ({
    subject: isLate(c)
      ? `${days(c)} late: ${asked(c).what} (${name(c)})`
      : `By ${until(c)}: ${asked(c).what} (${name(c)})`,
    heading: isLate(c) ? `${days(c)} late: ${asked(c).what}` : capital(asked(c).what),
    paragraphs: [
      isLate(c)
        ? `This was to be done by ${until(c)}, and still can be; it is then recorded as late.`
        : `This is to be done by ${until(c)}.`,
      asked(c).more,
    ],
    details: [...details(c), ...dueDetails(c, 'By')],
    ...button(c),
  }),

  'engagement-news': (c) => ({
    subject: `${name(c)}: ${news(c)}`,
    heading: capital(news(c)),
    paragraphs: [`This is about “${name(c)}”, an involvement of a third party under ${quoted(c)}.`, ...consequence(c)],
    details: details(c),
    ...button(c),
  }),

  'engagement-notice': (c) => {
    const { what, status } = c.notice.facts;
    const both = capital(list(parties(c).map(([title]) => title)));
    const isCap = what === 'cap';
    if (status === 'by-hand' || (status === 'by-law' && c.notice.facts.serves === undefined)) {
      return {
        subject: `Give the third party written notice: ${isCap ? 'another cap' : 'the end'} (${name(c)})`,
        heading: 'Give the third party its written notice by hand',
        paragraphs: [
          `Both parties have agreed on ${isCap ? 'another cap of its liability' : 'the end of its involvement'}. The third party has no e-mail address here: give it the notice on paper, and record the day with its receipt.`,
          isCap
            ? 'The old cap holds until it consents.'
            : 'The involvement ends on the day on which the notice reaches it.',
        ],
        details: details(c),
      };
    }
    return {
      subject: `Written notice: ${isCap ? 'another cap of your liability' : 'your involvement ends'} (${name(c)})`,
      heading: `Written notice: ${isCap ? 'another cap of your liability' : 'your involvement ends'}`,
      paragraphs: [
        'To the third party:',
        isCap
          ? `${both} have agreed on another cap of your liability in “${name(c)}” under ${quoted(c)}, and notify you of it in writing, in the name of both. It holds from the day of your consent; until then, and without it, the old cap stays.`
          : `${both} have decided to end your involvement “${name(c)}” under ${quoted(c)}, and notify you of it in writing, in the name of both. It ends on the day on which this notice reaches you. Hand-over, fees, data and access are settled with you.`,
      ],
      details: details(c),
      ...button(c),
    };
  },
};

/** The third party’s name; where there is none, what the engagement is called. */
function name(c: NoticeContext): string {
  return c.words.topic ?? c.notice.facts.process ?? '';
}

function asked(c: NoticeContext): { what: string; more: string } {
  return ASKED[c.notice.facts.what as EngagementRequest];
}

function news(c: NoticeContext): string {
  return ENGAGEMENT_EVENT_WORDS[c.notice.facts.status as EngagementEventType].en;
}

/** What follows from it, where the words of the event do not say so. */
function consequence(c: NoticeContext): string[] {
  switch (c.notice.facts.status as EngagementEventType) {
    case 'engagement-not-answered':
      return ['Nobody may be brought in. The application can still be answered, late, or be made again.'];
    case 'engagement-refused':
      return ['You may apply again, under the same name or another.'];
    case 'engagement-in-force':
      return ['From its first day on work may begin, access be given, and costs be paid.'];
    case 'engagement-over':
      return ['The main contract goes on, with every duty as it was.'];
    default:
      return [];
  }
}

function button(c: NoticeContext): { button?: string } {
  const step = stepAsked(c.notice)?.step;
  return step === undefined ? {} : { button: BUTTONS[step] };
}

function isLate(c: NoticeContext): boolean {
  return (c.notice.facts.daysLate ?? 0) > 0;
}

function days(c: NoticeContext): string {
  const { daysLate = 0 } = c.notice.facts;
  return daysLate === 1 ? '1 day' : `${daysLate} days`;
}

function details(c: NoticeContext): [string, string][] {
  const {
    process,
    about,
    by,
    against,
    status,
    amount,
    cap,
    currency,
    percent,
    on,
    from,
    signedOn,
    endedOn,
    until: through,
  } = c.notice.facts;
  const isNumbered = about !== undefined && /^(round-\d+|cap-\d+|cost-\d+-.+|draft)$/.test(about);
  return [
    ...detail('Involvement', process, String),
    ...detail('About', isNumbered ? undefined : about, String),
    ...detail('By', by, (seat) => who(c, seat, 'the other side')),
    ...detail('Owed by', against, (seat) => who(c, seat, 'the other side')),
    ...detail('Sum', amount, (sum) => `${currency ?? ''} ${sum}`.trim()),
    ...detail('Cap', cap, (sum) => `${currency ?? ''} ${sum}`.trim()),
    ...detail('Share of the cap', percent, (share) => `${share}%`),
    ...detail('Signed on', signedOn, date),
    ...detail('First day', from, date),
    ...detail('Day', on, date),
    ...detail('Notice runs through', through, date),
    ...detail('Ended on', endedOn, date),
    ...(status === 'engagement-payment-overdue' ? dueDetails(c, 'By') : []),
  ];
}
