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
      notes: [`What follows from it is what ${quoted(c)} says. Whoever doubts a figure turns to the coordinator.`],
    } satisfies NoticeText;
  },
};

function source(c: NoticeContext): [string, string][] {
  const data = c.notice.facts.judged?.data ?? null;
  return data === null ? [] : [['Rests on', reference(c, data.source)]];
}
