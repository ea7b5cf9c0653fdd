import { goalsTold } from '../../../domain/goal/digest.ts';
import { explainJudgement } from '../../../domain/goal/formula.ts';
import { NO_VERDICT_WORDS } from '../../../domain/goal/vocabulary.ts';
import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { book, date, detail, reference } from './phrases.ts';

/** What became of the goals of the agreement, each at its date. */
export const goalTexts: Pick<Wording['texts'], 'goal-judged'> = {
  'goal-judged': (c) => {
    const { about = '', judged, localDate } = c.notice.facts;
    const goal = `“${c.ruleTitle(about)}”`;
    if (!judged) return { subject: goal, heading: goal, paragraphs: [] };
    if (c.notice.facts.goals) return digest(c);
    const day = localDate === undefined ? '' : `截至 ${localDate}，`;
    const outcomes = {
      reached: { short: `目标达成：${goal}`, said: `${day}${goal}已经达成。` },
      'not-reached': { short: `目标未达成：${goal}`, said: `${day}${goal}未达成。` },
      'no-verdict': { short: `目标未能判定：${goal}`, said: `${day}${goal}未能判定。` },
    };
    const { short, said } = outcomes[judged.verdict];
    return {
      subject: `${short}（${book(c.agreementTitle)}）`,
      heading: short,
      paragraphs: [
        said,
        ...explainJudgement(judged, judged).map(({ zh }) => `${zh}。`),
        ...(judged.why === undefined ? [] : [NO_VERDICT_WORDS[judged.why].cure.zh]),
      ],
      details: [...detail('判定截止日', localDate, date), ...source(c)],
      notes: notes(c),
    } satisfies NoticeText;
  },
};

const OUTCOMES = { reached: '达成', 'not-reached': '未达成', 'no-verdict': '未能判定' } as const;

/** Goals that were judged for the same moment, each with its figures. */
function digest(c: NoticeContext): NoticeText {
  const goals = goalsTold(c.notice);
  const counts = (['reached', 'not-reached', 'no-verdict'] as const).flatMap((verdict) => {
    const count = goals.filter(({ judged }) => judged.verdict === verdict).length;
    return count === 0 ? [] : [`${count} 项${OUTCOMES[verdict]}`];
  });
  const short = `${goals.length} 项目标的判定结果：${counts.join('，')}`;
  return {
    subject: `${short}（${book(c.agreementTitle)}）`,
    heading: short,
    paragraphs: [`${book(c.agreementTitle)}约定的 ${goals.length} 项目标已到判定日，结果如下。`],
    items: goals.map(({ about, localDate, judged }) => ({
      title: `${c.ruleTitle(about)}：${OUTCOMES[judged.verdict]}`,
      text: [
        `截至 ${localDate}。`,
        ...explainJudgement(judged, judged).map(({ zh }) => `${zh}。`),
        ...(judged.why === undefined ? [] : [NO_VERDICT_WORDS[judged.why].cure.zh]),
        ...(judged.data === null ? [] : [`判定依据：${reference(c, judged.data.source)}。`]),
      ].join(''),
    })),
    notes: notes(c),
  };
}

function notes(c: NoticeContext): string[] {
  return [`判定结果有何后果，以${book(c.agreementTitle)}的约定为准。对数据有异议的，请与项目协调人联系。`];
}

function source(c: NoticeContext): [string, string][] {
  const data = c.notice.facts.judged?.data ?? null;
  return data === null ? [] : [['判定依据', reference(c, data.source)]];
}
