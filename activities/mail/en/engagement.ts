import type { EngagementEndGround } from '../../../domain/agreement/compiled.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { capital, date, detail, list, parties, quoted, role, who, written } from './phrases.ts';

const GROUNDS: Record<EngagementEndGround, string> = {
  'unable-to-perform': 'the third party cannot perform',
  breach: 'the third party is in breach',
  'purpose-achieved': 'the purpose of its involvement is achieved',
};

/** The end of a third party's involvement, and what is settled afterwards. */
export const engagementTexts: Pick<
  Wording['texts'],
  'engagement-end-consent' | 'engagement-end-notice' | 'engagement-ended' | 'third-access'
> = {
  'engagement-end-consent': (c) => {
    const { by, what } = c.notice.facts;
    if (what !== undefined) {
      const item = c.itemTitle(what);
      return {
        subject: `Confirm what remains after the third party: ${item} (${c.agreementTitle})`,
        heading: `Confirm: ${item}`,
        paragraphs: [
          `${capital(who(c, by, 'the other side'))} says that this is settled: ${item}. Once you confirm, it is.`,
          ...written('Note', c.words.note),
        ],
        button: 'Confirm it',
      };
    }
    return {
      subject: `Decide whether the third party’s involvement ends: ${groundOf(c)} (${c.agreementTitle})`,
      heading: 'Decide whether the third party’s involvement ends',
      paragraphs: [
        `${capital(who(c, by, 'the other side'))} wants the third party’s involvement to end because ${groundOf(c)}. Both parties decide; it ends when the third party has had written notice in the name of both.`,
        ...written('Reasons', c.words.reason),
        'Until you agree the involvement goes on; silence is no consent. The main contract is not touched.',
      ],
      details: [['Ground', groundOf(c)]],
      button: 'Agree to its end',
    };
  },

  'engagement-end-notice': (c) => {
    const { serves, status } = c.notice.facts;
    const both = capital(list(parties(c).map(([title]) => title)));
    if (serves !== undefined) {
      return {
        subject: `Written notice: your involvement ends (${c.agreementTitle})`,
        heading: 'Written notice: your involvement ends',
        paragraphs: [
          'To the third party:',
          `${both} have decided to end your involvement under ${quoted(c)}, because ${groundOf(c)}. They hereby notify you in writing, in the name of both.`,
          'Your involvement ends on the day on which this notice reaches you. Hand-over, fees, return and deletion of data and the removal of access are settled with you. What you are liable for from before is not touched.',
        ],
        details: [['Ground', groundOf(c)]],
      };
    }
    const byHand = status === 'by-hand';
    return {
      subject: `${byHand ? 'Give the third party written notice of the end' : 'The third party has been sent notice of the end'}: ${quoted(c)}`,
      heading: `${both} have decided on the end of the third party’s involvement`,
      paragraphs: [
        byHand
          ? 'The third party has no address for mail: give it notice in writing in the name of both and record that with its receipt. Only then does the involvement end.'
          : 'The third party has been sent written notice in the name of both; the involvement ends on the day on which that reaches it.',
      ],
      details: [['Ground', groundOf(c)]],
    };
  },

  'third-access': (c) => {
    const { by, status, about } = c.notice.facts;
    const results: Record<string, string> = {
      undertake: 'The third party has undertaken secrecy',
      grant: 'The third party has access',
      withdraw: 'The third party’s access is withdrawn',
      suspend: 'The third party’s access is suspended after an incident',
    };
    const result = results[status ?? ''] ?? 'The third party’s access has changed';
    return {
      subject: `${result}: ${quoted(c)}`,
      heading: result,
      paragraphs: [
        status === 'suspend'
          ? 'A confidentiality incident was recorded, and the third party’s access is suspended at once: give it nothing more. Once the incident is closed, a party has to give access again.'
          : `Recorded by ${who(c, by)}. The third party undertakes secrecy in writing before it has access.`,
      ],
      details: detail('Incident', about, String),
    };
  },

  'engagement-ended': (c) => {
    const { endedOn, open = [] } = c.notice.facts;
    return {
      subject: `The third party’s involvement has ended, settle what remains: ${quoted(c)}`,
      heading: 'The third party’s involvement has ended',
      paragraphs: [
        `The written notice has reached the third party: its involvement ended${endedOn === undefined ? '' : ` on ${date(endedOn)}`}. ${capital(quoted(c))} goes on with the duties of both as they were; breaches on record and claims survive.`,
        'Both parties confirm each of these:',
      ],
      items: open.map((item) => ({ title: capital(c.itemTitle(item)), text: 'to be confirmed by both' })),
      details: [['Ground', groundOf(c)], ...detail('Ended on', endedOn, date)],
    };
  },
};

function groundOf(c: NoticeContext): string {
  const { ground, by } = c.notice.facts;
  return GROUNDS[ground as EngagementEndGround] ?? role(c, by);
}
