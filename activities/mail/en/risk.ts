import { RISK_INDICATOR_WORDS, RISK_LEVEL_WORDS, RISK_OPERATOR_WORDS } from '../../../domain/risk/vocabulary.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { capital, date, detail, dueDetails, list, until } from './phrases.ts';

type RiskNotice = Extract<keyof Wording['texts'], `risk-${string}`>;

/** Risks: their register, their measures, and the warnings of them. */
export const riskTexts: Pick<Wording['texts'], RiskNotice> = {
  'risk-registered': (c) => ({
    subject: `New on the register of risks: ${name(c)} (${level(c)})`,
    heading: `${name(c)} is on the register of risks`,
    paragraphs: [
      `It is rated ${level(c)}. ${c.due ? `Plan measures against it by ${until(c)}, each with an owner.` : 'The contract sets no date for measures against it.'}`,
    ],
    details: [...details(c), ...dueDetails(c, 'Measures due')],
  }),

  'risk-unguarded': (c) => ({
    subject: `Nothing is watched: ${name(c)}`,
    heading: `${name(c)} has no indicator`,
    paragraphs: [
      `${c.agreementTitle} provides for early warning, and this risk has neither indicator nor threshold: nobody is warned as it grows.`,
      'Sign in to set an indicator and the value at which it warns.',
    ],
    details: details(c),
  }),

  'risk-response-reminder': (c) => ({
    subject: late(c) ? `${days(c)} late, no measure yet: ${name(c)}` : `Plan measures by ${until(c)}: ${name(c)}`,
    heading: late(c) ? `Measures are ${days(c)} late` : 'Please plan measures against a risk',
    paragraphs: [
      late(c)
        ? `Measures against ${name(c)} were due by ${until(c)}, and there is none.`
        : `Measures against ${name(c)} (${level(c)}) are due by ${until(c)}, each with an owner.`,
    ],
    details: [...details(c), ...dueDetails(c, 'Due')],
  }),

  'risk-measure-assigned': (c) => ({
    subject: `A measure that is yours: ${name(c)}`,
    heading: `You own a measure against ${name(c)}`,
    paragraphs: [
      ...measure(c),
      `${c.due ? `Please have it done by ${until(c)}. ` : ''}Once it is done, sign in and say so, with what shows it.`,
    ],
    details: [...details(c), ...dueDetails(c, 'Due')],
  }),

  'risk-measure-reminder': (c) => ({
    subject: late(c) ? `${days(c)} late, a measure: ${name(c)}` : `A measure is due by ${until(c)}: ${name(c)}`,
    heading: late(c) ? `A measure is ${days(c)} late` : 'Please carry out a measure',
    paragraphs: [
      ...measure(c),
      late(c)
        ? `It was due by ${until(c)}, and nobody has entered that it is done.`
        : `It is due by ${until(c)}. Once it is done, sign in and say so.`,
    ],
    details: [...details(c), ...dueDetails(c, 'Due')],
  }),

  'risk-level-changed': (c) => {
    const { count = 0, localDate } = c.notice.facts;
    const by = localDate === undefined ? '' : ` by ${date(localDate)}`;
    return {
      subject: `Now ${level(c)}: ${name(c)}`,
      heading: `${name(c)} went from ${before(c)} to ${level(c)}`,
      paragraphs: [
        count > 0
          ? `Its level has changed, so ${count === 1 ? 'its measure is' : `its ${count} measures are`} open again: please adjust and carry out${by}.`
          : `Its level has changed: please look over the measures against it${by}.`,
      ],
      details: details(c),
    };
  },

  'risk-review-reminder': (c) => ({
    subject: late(c) ? `${days(c)} late, the review of ${name(c)}` : `Review by ${until(c)}: ${name(c)}`,
    heading: late(c) ? `The review of a risk is ${days(c)} late` : 'Please review a risk',
    paragraphs: [
      late(c)
        ? `The review of ${name(c)} was due by ${until(c)}, and none was entered.`
        : `${capital(name(c))} is to be reviewed by ${until(c)}: confirm its rating, or rate it anew.`,
    ],
    details: [...details(c), ...dueDetails(c, 'Due')],
  }),

  'risk-measure-review-reminder': (c) => ({
    subject: late(c)
      ? `${days(c)} late, the review of measures: ${name(c)}`
      : `Review the measures by ${until(c)}: ${name(c)}`,
    heading: late(c) ? `The review of measures is ${days(c)} late` : 'Please say whether the measures work',
    paragraphs: [
      `Each measure against ${name(c)} ${late(c) ? 'was' : 'is'} to be assessed by ${until(c)}. One that does not work gets its new version with the verdict.`,
    ],
    details: [...details(c), ...dueDetails(c, 'Due')],
  }),

  'risk-warning': (c) => ({
    subject: `Warning: ${name(c)} (${indicator(c)})`,
    heading: `${name(c)} crossed its threshold`,
    paragraphs: [
      `It stands at ${value(c)} (${indicator(c)}); the threshold is ${operator(c)} ${c.notice.facts.goal ?? ''}.`,
      c.due
        ? `Please act now, and sign in to acknowledge this warning by ${until(c)}; else it is passed on.`
        : 'Please act now, and sign in to acknowledge this warning.',
    ],
    details: [
      ...details(c),
      ['Indicator', indicator(c)],
      ['Stands at', value(c)],
      ...detail('Shown by', c.notice.facts.what, String),
      ...dueDetails(c, 'Acknowledge by'),
    ],
  }),

  'risk-warning-overdue': (c) => {
    const { open = [] } = c.notice.facts;
    return {
      subject: `Warning not acknowledged: ${name(c)}`,
      heading: `A warning of ${name(c)} was not acknowledged in time`,
      paragraphs: [
        `Its threshold was crossed and the departments were warned. Not acknowledged within the agreed hours by ${list(open.map((seat) => c.roleOf(seat)))}. Please see that they act, and that they acknowledge it.`,
      ],
      details: [...details(c), ['Indicator', indicator(c)], ['Stood at', value(c)]],
    };
  },

  'risk-occurred': (c) => {
    const { count = 0 } = c.notice.facts;
    const { items = [] } = c.words;
    return {
      subject: `It has happened, act now: ${name(c)}`,
      heading: `${name(c)} has come true`,
      paragraphs: [
        count > 0
          ? `The emergency checklist has begun: ${count} ${count === 1 ? 'step' : 'steps'}. Act now, and enter each step as it is done; its time is recorded, and who entered it.`
          : 'This risk has no emergency checklist. Please act now.',
        ...items.slice(0, count).map(({ what }, index) => `${index + 1}. ${what}`),
      ],
      details: details(c),
    };
  },

  'risk-register-empty': (c) => ({
    subject: 'The first cycle is over, and the register of risks is empty',
    heading: 'The register of risks is empty',
    paragraphs: [
      `${c.agreementTitle} asks for risks to be identified and rated at intervals. The first one ended on ${date(c.notice.facts.localDate ?? '')}, and no risk is on the register.`,
      'Sign in to register the risks that there are; if there are none, say so in what is handed in on risks.',
    ],
    details: [...detail('Ended on', c.notice.facts.localDate, date)],
  }),
};

function name(c: NoticeContext): string {
  return `“${c.words.topic ?? c.notice.facts.process ?? ''}”`;
}

function wordOf(words: Record<string, { en: string }>, key: string | undefined): string {
  return words[key ?? '']?.en ?? key ?? '';
}

function level(c: NoticeContext): string {
  return wordOf(RISK_LEVEL_WORDS, c.notice.facts.status);
}

function before(c: NoticeContext): string {
  return wordOf(RISK_LEVEL_WORDS, c.notice.facts.ground);
}

function indicator(c: NoticeContext): string {
  return wordOf(RISK_INDICATOR_WORDS, c.notice.facts.ground);
}

function operator(c: NoticeContext): string {
  return wordOf(RISK_OPERATOR_WORDS, c.notice.facts.kind);
}

function value(c: NoticeContext): string {
  return c.notice.facts.value ?? '';
}

function days(c: NoticeContext): string {
  const { daysLate = 0 } = c.notice.facts;
  return `${daysLate} ${daysLate === 1 ? 'day' : 'days'}`;
}

function late(c: NoticeContext): boolean {
  return (c.notice.facts.daysLate ?? 0) > 0;
}

function measure(c: NoticeContext): string[] {
  const { details: what } = c.words;
  return what === undefined ? [] : [`The measure: ${what}`];
}

function details(c: NoticeContext): [string, string][] {
  const { about, process } = c.notice.facts;
  return [['Risk', c.words.topic ?? process ?? ''], ['Level', level(c)], ...detail('Measure', about, String)];
}
