import { goalsTold } from '../../../domain/goal/digest.ts';
import { explainJudgement } from '../../../domain/goal/formula.ts';
import { NO_VERDICT_WORDS } from '../../../domain/goal/vocabulary.ts';
import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { date, detail, quoted, reference } from './phrases.ts';

/** What became of the goals of the agreement, each at its date. */
export const goalTexts: Pick<Wording['texts'], 'goal-judged'> = {
  'goal-judged': (c) => {
    const { about = '', judged, localDate } = c.notice.facts;
    const goal = `“${c.ruleTitle(about)}”`;
    if (!judged) return { subject: goal, heading: goal, paragraphs: [] };
    if (c.notice.facts.goals) return digest(c);
    const day = localDate === undefined ? '' : ` as of ${localDate}`;
    const outcomes = {
      reached: { short: `Goal reached: ${goal}${day}`, said: `The goal ${goal} has been reached${day}.` },
      'not-reached': { short: `Goal not reached: ${goal}${day}`, said: `The goal ${goal} has not been reached${day}.` },
      'no-verdict': {
        short: `No verdict on the goal ${goal}${day}`,
        said: `The goal ${goal} could not be judged${day}.`,
      },
    };
    const { short, said } = outcomes[judged.verdict];
    return {
      subject: `${short} (${c.agreementTitle})`,
      heading: short,
      paragraphs: [
        said,
        ...explainJudgement(judged, judged).map(({ en }) => `${en.charAt(0).toUpperCase()}${en.slice(1)}.`),
        ...(judged.why === undefined ? [] : [NO_VERDICT_WORDS[judged.why].cure.en]),
      ],
      details: [...detail('Judged as of', localDate, date), ...source(c)],
      notes: notes(c),
    } satisfies NoticeText;
  },
};

const OUTCOMES = { reached: 'reached', 'not-reached': 'not reached', 'no-verdict': 'no verdict' } as const;

/** Goals that were judged for the same moment, each with its figures. */
function digest(c: NoticeContext): NoticeText {
  const goals = goalsTold(c.notice);
  const counts = (['reached', 'not-reached', 'no-verdict'] as const).flatMap((verdict) => {
    const count = goals.filter(({ judged }) => judged.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict === 'no-verdict' ? 'without a verdict' : OUTCOMES[verdict]}`];
  });
  const short = `${goals.length} goals were judged: ${counts.join(', ')}`;
  return {
    subject: `${short} (${c.agreementTitle})`,
    heading: short,
    paragraphs: [`The date has come for ${goals.length} goals of ${quoted(c)}. This is how they stand.`],
    items: goals.map(({ about, localDate, judged }) => ({
      title: `${c.ruleTitle(about)}: ${OUTCOMES[judged.verdict]}`,
      text: [
        `As of ${localDate}.`,
        ...explainJudgement(judged, judged).map(({ en }) => `${en.charAt(0).toUpperCase()}${en.slice(1)}.`),
        ...(judged.why === undefined ? [] : [NO_VERDICT_WORDS[judged.why].cure.en]),
        ...(judged.data === null ? [] : [`Rests on ${reference(c, judged.data.source)}.`]),
      ].join(' '),
    })),
    notes: notes(c),
  };
}

function notes(c: NoticeContext): string[] {
  return [`What follows from it is what ${quoted(c)} says. Whoever doubts a figure turns to the coordinator.`];
}

function source(c: NoticeContext): [string, string][] {
  const data = c.notice.facts.judged?.data ?? null;
  return data === null ? [] : [['Rests on', reference(c, data.source)]];
}
