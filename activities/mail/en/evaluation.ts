import type { ConsequenceKind } from '../../../domain/evaluation/compiled.ts';
import { CONSEQUENCE_WORDS } from '../../../domain/evaluation/vocabulary.ts';
import { readReference } from '../../../domain/agreement/reference.ts';
import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { capital, date, detail, money, named } from './phrases.ts';

/** Evaluations: the scheme, the result and the days to object, what was decided. */
export const evaluationTexts: Pick<
  Wording['texts'],
  | 'evaluation-scheme-missing'
  | 'evaluation-scheme-request'
  | 'evaluation-result'
  | 'evaluation-confirm-request'
  | 'evaluation-objection-reminder'
  | 'evaluation-objected'
  | 'evaluation-objection-answered'
  | 'evaluation-corrected'
  | 'evaluation-final'
  | 'evaluation-published'
  | 'evaluation-decision-request'
  | 'evaluation-decided'
  | 'evaluation-explanation-request'
> = {
  'evaluation-scheme-missing': (c) => ({
    subject: `There is no scheme yet: ${what(c)}`,
    heading: `${capital(what(c))} has begun without a scheme`,
    paragraphs: [
      `The period has begun, and ${c.agreementTitle} has no indicators, weights and scoring yet. Nothing can be scored before.`,
      'Please agree on a scheme; the coordinator enters it as terms of the agreement.',
    ],
    details: details(c),
  }),

  'evaluation-scheme-request': (c) => ({
    subject: `Please acknowledge the scheme: ${what(c)}`,
    heading: `Please acknowledge the scheme of ${what(c)}`,
    paragraphs: [
      'Before anything is scored, all sides acknowledge the scheme and its version. Sign in to see indicators, weights and scoring, and acknowledge them.',
      'While one side has not, nothing can be scored.',
    ],
    details: [...details(c), ...detail('Version', c.notice.facts.what, String)],
  }),

  'evaluation-result': (c) => ({
    subject: `Provisional result: ${what(c)}${of(c)}${totalOf(c)}`,
    heading: `The provisional result of ${what(c)} is there`,
    paragraphs: [
      `This is the provisional result for ${who(c)}. Scores, weights, records and the calculation are shown when you sign in.`,
      ...windowText(c),
      ...verdictText(c),
    ],
    details: results(c),
  }),

  'evaluation-confirm-request': (c) => ({
    subject: `Please confirm: ${what(c)}${of(c)}`,
    heading: `Please confirm the provisional result of ${what(c)}`,
    paragraphs: [
      `Somebody who has not scored confirms the result for ${who(c)} before it can be final. Sign in to see the scores and their records.`,
    ],
    details: results(c),
  }),

  'evaluation-objection-reminder': (c) => ({
    subject: `The days to object are ending: ${what(c)}${of(c)}`,
    heading: `The days to object to ${what(c)} are ending`,
    paragraphs: [...windowText(c), 'If you do not object there is nothing to do; the result is final then.'],
    details: results(c),
  }),

  'evaluation-objected': (c) => ({
    subject: `Objection: ${what(c)}${of(c)}${indicatorOf(c)}`,
    heading: `${capital(who(c))} objects to the result of ${what(c)}`,
    paragraphs: [
      `The objection is about ${indicatorOf(c) === '' ? 'the whole result' : indicatorOf(c).slice(2)}; its reason is shown when you sign in. Please answer it. Where it is upheld, somebody who neither scored nor is evaluated corrects the score, with a reason.`,
    ],
    details: results(c),
  }),

  'evaluation-objection-answered': (c) => {
    const isUpheld = c.notice.facts.status === 'uphold';
    return {
      subject: `Objection ${isUpheld ? 'upheld' : 'rejected'}: ${what(c)}${of(c)}`,
      heading: `The objection to ${what(c)} was answered`,
      paragraphs: [
        isUpheld
          ? 'The objection is upheld; the score will be corrected.'
          : 'The objection is rejected; the score stands.',
        'The reason is shown when you sign in.',
      ],
      details: results(c),
    };
  },

  'evaluation-corrected': (c) => ({
    subject: `A score was corrected: ${what(c)}${of(c)}${indicatorOf(c)}`,
    heading: `A score of ${what(c)} was corrected`,
    paragraphs: [
      `${indicatorOf(c) === '' ? 'A score' : capital(indicatorOf(c).slice(2))} was corrected by somebody who had not scored it. Both values and the reason are shown when you sign in.`,
    ],
    details: results(c),
  }),

  'evaluation-final': (c) => ({
    subject: `Final result: ${what(c)}${of(c)}${totalOf(c)}`,
    heading: `The result of ${what(c)} is final`,
    paragraphs: [`The result for ${who(c)} is final and is not corrected any more.`, ...verdictText(c)],
    details: results(c),
    notes: ['What follows from it is decided by those entitled to; nothing happens by itself.'],
  }),

  'evaluation-published': (c) => ({
    subject: `Results published: ${what(c)}`,
    heading: `The results of ${what(c)} are published`,
    paragraphs: [
      'All results of this period are final. They are published with what they rest on; sign in to see them.',
    ],
    details: details(c),
  }),

  'evaluation-decision-request': (c) => ({
    subject: `Please decide what follows: ${what(c)}${of(c)}`,
    heading: `What follows from ${what(c)} is to be decided`,
    paragraphs: [
      `${consequenceOf(c) === '' ? 'The agreed bands and terms propose what may follow' : `Proposed: ${consequenceOf(c)}`}. Nothing happens by itself: sign in and take or decline each proposal, with a reason.`,
    ],
    details: results(c),
  }),

  'evaluation-decided': (c) => {
    const { status, amount, currency = '' } = c.notice.facts;
    const isTaken = status === 'approve';
    return {
      subject: `${isTaken ? 'Approved' : 'Declined'}: ${consequenceOf(c)}, ${what(c)}${of(c)}`,
      heading: `What follows from ${what(c)} was decided`,
      paragraphs: [
        `For ${who(c)}, this was ${isTaken ? 'approved' : 'declined'}: ${consequenceOf(c)}. The reason is shown when you sign in.`,
      ],
      details: [...results(c), ...detail('Sum', amount, (sum) => money(sum, currency))],
    };
  },

  'evaluation-explanation-request': (c) => ({
    subject: 'Please explain a late response to a customer',
    heading: 'Please explain a late response to a customer',
    paragraphs: [
      'A customer’s feedback was not responded to in time and is on the list of late responses. Sign in to explain it; whoever is entitled to decides afterwards whether anything follows.',
    ],
    details: details(c),
  }),
};

function what(c: NoticeContext): string {
  const { obligation, occurrence, facts } = c.notice;
  if (obligation !== undefined) return named(c, obligation, occurrence);
  const { obligation: name } = readReference(facts.process ?? '');
  return c.ruleTitle(name);
}

function isSeat(c: NoticeContext, subject: string): boolean {
  const { parties, seats, seatParties = {} } = c.agreement;
  return parties.includes(subject) || seats.includes(subject) || Object.hasOwn(seatParties, subject);
}

/** A member of staff is not named in a mail. */
function who(c: NoticeContext): string {
  const { about = 'agreement' } = c.notice.facts;
  if (about === 'agreement') return 'the agreement';
  return isSeat(c, about) ? c.roleOf(about) : 'a member of staff';
}

function of(c: NoticeContext): string {
  const { about = 'agreement' } = c.notice.facts;
  return about === 'agreement' ? '' : ` (${who(c)})`;
}

function totalOf(c: NoticeContext): string {
  const { value } = c.notice.facts;
  return value === undefined ? '' : `, ${value} points`;
}

function indicatorOf(c: NoticeContext): string {
  const { dimension } = c.notice.facts;
  return dimension === undefined ? '' : `, ${c.dimensionTitle(dimension) ?? dimension}`;
}

function consequenceOf(c: NoticeContext): string {
  const { kind } = c.notice.facts;
  return kind !== undefined && Object.hasOwn(CONSEQUENCE_WORDS, kind)
    ? CONSEQUENCE_WORDS[kind as ConsequenceKind].en
    : '';
}

function windowText(c: NoticeContext): string[] {
  const { localDate } = c.notice.facts;
  return localDate === undefined
    ? []
    : [`Objections with a reason can be made until ${date(localDate)}, that day included.`];
}

function verdictText(c: NoticeContext): string[] {
  const { verdict } = c.notice.facts;
  if (verdict === undefined) return [];
  return [
    verdict === 'performed'
      ? 'All that must hold for success does: the contract counts as performed.'
      : 'Not all that must hold for success does: however high the total, the contract does not count as performed.',
  ];
}

function details(c: NoticeContext): [string, string][] {
  return detail('Reference', c.notice.facts.process, String);
}

function results(c: NoticeContext): [string, string][] {
  const { value, localDate } = c.notice.facts;
  return [
    ['Evaluated', who(c)],
    ...detail('Total', value, String),
    ...detail('Objections until', localDate, date),
    ...details(c),
  ] satisfies NoticeText['details'];
}
