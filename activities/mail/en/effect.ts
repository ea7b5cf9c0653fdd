import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { capital, date, detail, dutiesOrAll, parties, quoted, role, who } from './phrases.ts';

/** Before the effect: seals, consents, baselines. */
export const effectTexts: Pick<
  Wording['texts'],
  'seal-invitation' | 'approval-request' | 'agreement-withdrawn' | 'baseline-entered'
> = {
  'seal-invitation': (c) => ({
    subject: `Seal ${quoted(c)} and record the date`,
    heading: `Seal ${quoted(c)} and record the date`,
    paragraphs: [
      'This agreement takes effect when every side has signed and sealed it. Please have the paper document sealed for your side. Then record the date; you may add a scan.',
      'It is in force once all signatures and seals are recorded. Its periods begin on the day after the last of these dates.',
    ],
    details: parties(c),
    button: 'Record the seal',
    notes: ['The seal on paper is what counts. This entry records it and does not replace it.'],
  }),

  'approval-request': approvalRequest,

  'agreement-withdrawn': (c) => ({
    subject: `${quoted(c)} has been taken back: nothing to sign any more`,
    heading: `${quoted(c)} has been taken back`,
    paragraphs: [
      'The coordinator took this agreement back before it was in force. It never took effect.',
      'Invitations to sign, to seal or to review it have ended; there is nothing for you to do.',
    ],
  }),

  'baseline-entered': (c) => {
    const { about = '', by, value, status } = c.notice.facts;
    const goal = c.ruleTitle(about.replace(/^baseline:/, ''));
    if (status === 'locked') {
      return {
        subject: `The baseline of “${goal}” is confirmed${value === undefined ? '' : `: ${value}`} (${c.agreementTitle})`,
        heading: `The baseline of “${goal}” is confirmed`,
        paragraphs: [
          `All have confirmed the baseline of “${goal}”${value === undefined ? '' : `: ${value}`}. It does not change any more; the goal is measured against it.`,
        ],
        details: detail('Baseline', value, String),
      };
    }
    return {
      subject: `Confirm the baseline of “${goal}”${value === undefined ? '' : `: ${value}`} (${c.agreementTitle})`,
      heading: `Confirm the baseline of “${goal}”`,
      paragraphs: [
        `${capital(who(c, by))} entered the baseline of “${goal}”${value === undefined ? '' : `: ${value}`}. The goal is measured against it. Please check it and confirm.`,
        'Once all have confirmed, it does not change any more. Another value voids the confirmations so far.',
      ],
      details: [['Entered by', who(c, by)], ...detail('Baseline', value, String)],
      button: 'Confirm the baseline',
    };
  },
};

function approvalRequest(c: NoticeContext): NoticeText {
  const title = quoted(c);
  const { about, by } = c.notice.facts;
  switch (about?.replace(/^suspension:.*/, 'suspension').replace(/^posting:.*/, 'repeal-posting')) {
    case 'review':
      return {
        subject: `Review ${title} and confirm it before it is signed`,
        heading: `Review ${title} before it is signed`,
        paragraphs: [
          'All sides review this agreement before anybody signs. Please read it, and confirm with the button below if it is as agreed.',
          'Signatures can be recorded once all have confirmed. If something is wrong, write to the coordinator before you confirm.',
        ],
        details: parties(c),
        button: 'Confirm the review',
      };
    case 'policy':
      return {
        subject: `Approve ${title}`,
        heading: `Approve ${title}`,
        paragraphs: ['Please approve this policy. It can be posted then, and is in force from its posting.'],
        button: 'Approve',
      };
    case 'posting':
      return {
        subject: `Post ${title} and record the posting`,
        heading: `Post ${title} and record the posting`,
        paragraphs: [
          'This policy has been approved. Please post it and record that here: it is in force from its posting, and its periods begin on the day after.',
        ],
        button: 'Record the posting',
      };
    case 'repeal-posting':
      return {
        subject: `Post the repeal of ${title} and record it`,
        heading: `Post the repeal of ${title} and record it`,
        paragraphs: [
          'The repeal of this policy has been approved. Please post it and record that here: it ends with the posting.',
        ],
        button: 'Record the posting',
      };
    case 'suspension':
      return {
        subject: `Do you consent to a suspension of ${title}?`,
        heading: `${capital(role(c, by, 'the other side'))} asks for a suspension`,
        paragraphs: [
          `${capital(who(c, by, 'the other side'))} asks to suspend ${title} (${dutiesOrAll(c)}). It takes the consent of both sides; until you consent, all clocks run on.`,
        ],
        details: detail('From', c.notice.facts.from, date),
        button: 'Consent to the suspension',
      };
    default:
      return {
        subject: `Your consent is asked for: ${title}`,
        heading: 'Your consent is asked for',
        paragraphs: [`${capital(who(c, by))} asks for your consent in ${title}. It has no effect before you give it.`],
        button: 'Look at it and consent',
      };
  }
}
