import { Big } from 'big.js';
import type { Text } from '../time.ts';
import type { CompiledGoal } from './compiled.ts';
import { type Judgement, onScale } from './judgement.ts';
import { NO_VERDICT_WORDS } from './vocabulary.ts';

type Goal = Pick<CompiledGoal, 'measure' | 'how' | 'by' | 'scale'>;

/** How a judgement was reckoned, its numbers filled in, one line a step: what a reader checks with a pocket calculator. */
export function explainJudgement(goal: Goal, judgement: Judgement): Text[] {
  const { needed, verdict, why } = judgement;
  return [
    ...(needed === null ? [] : [neededText(goal, judgement, needed)]),
    ...laidText(goal, judgement),
    ...comparison(goal, judgement),
    ...(verdict === 'no-verdict' && why !== undefined
      ? [{ zh: `不作判定：${NO_VERDICT_WORDS[why].says.zh}`, en: `no verdict: ${NO_VERDICT_WORDS[why].says.en}` }]
      : []),
  ];
}

function neededText(goal: Goal, { target, baseline }: Judgement, needed: string): Text {
  const value = withUnit(goal, needed);
  if (baseline === null || target === null) {
    return goal.how === 'at-most'
      ? { zh: `须不高于 ${value.zh}`, en: `needed: at most ${value.en}` }
      : { zh: `须达到 ${value.zh}`, en: `needed: at least ${value.en}` };
  }
  const sign = goal.how === 'raise' ? '+' : '−';
  const sum = goal.by === 'percent' ? `${baseline} × (1 ${sign} ${target}%)` : `${baseline} ${sign} ${target}`;
  return goal.how === 'raise'
    ? { zh: `须达到：基线 ${sum} = ${value.zh}`, en: `needed: baseline ${sum} = at least ${value.en}` }
    : { zh: `须降至：基线 ${sum} = ${value.zh}`, en: `needed: baseline ${sum} = at most ${value.en}` };
}

/** How a score comes onto the scale of 0 to 100. */
function laidText({ measure, scale }: Goal, { measured, data }: Judgement): Text[] {
  if (measure !== 'satisfaction-score' || scale !== 'percentage') return [];
  if (measured === null || !data?.scale || data.value === null) return [];
  const { min, max } = data.scale;
  const sum = `(${plain(data.value)} − ${min}) ÷ (${max} − ${min}) × 100 = ${plain(measured)}`;
  return [{ zh: `折算为百分制：${sum}`, en: `on a scale of 0 to 100: ${sum}` }];
}

function comparison(goal: Goal, { verdict, needed, measured, data }: Judgement): Text[] {
  if (measured === null || needed === null || verdict === 'no-verdict') return [];
  const isCeiling = goal.how === 'at-most' || goal.how === 'reduce';
  const order = new Big(measured).cmp(needed);
  const sign = order === 0 ? '=' : order > 0 ? '>' : '<';
  const allowed = isCeiling ? '≤' : '≥';
  const value = withUnit(goal, measured);
  const rest = restsOn(goal, data);
  const shown = verdict === 'reached' && order !== 0 ? allowed : sign;
  const outcome =
    verdict === 'reached'
      ? order === 0
        ? { zh: '恰为目标值，视为达成', en: 'at the mark, reached' }
        : { zh: '达成', en: 'reached' }
      : { zh: '未达成', en: 'not reached' };
  return [
    {
      zh: `测得 ${value.zh}${rest.zh} ${shown} ${plain(needed)}：${outcome.zh}`,
      en: `measured: ${value.en}${rest.en} ${shown} ${plain(needed)}: ${outcome.en}`,
    },
  ];
}

function restsOn(goal: Goal, data: Judgement['data']): Text {
  if (data === null) return { zh: '', en: '' };
  const { n, interval } = data;
  const span =
    interval && `${onScale(goal, data, interval.low).toFixed()}–${onScale(goal, data, interval.high).toFixed()}`;
  const zh = [...(n === null ? [] : [`n = ${n}`]), ...(span === null ? [] : [`95% 置信区间 ${span}`])];
  const en = [...(n === null ? [] : [`n = ${n}`]), ...(span === null ? [] : [`95% interval ${span}`])];
  return zh.length === 0 ? { zh: '', en: '' } : { zh: `（${zh.join('，')}）`, en: ` (${en.join(', ')})` };
}

/** Without zeros that say nothing. */
function plain(value: string): string {
  return new Big(value).toFixed();
}

function withUnit({ measure, scale }: Goal, value: string): Text {
  const number = plain(value);
  if (measure === 'first-response') {
    return { zh: `${number} 分钟`, en: `${number} ${number === '1' ? 'minute' : 'minutes'}` };
  }
  if (measure !== 'satisfaction-score') return { zh: `${number}%`, en: `${number}%` };
  return scale === 'percentage' ? { zh: `${number}/100`, en: `${number}/100` } : { zh: `${number} 分`, en: number };
}
