import { addDays } from '../local-date.ts';
import type { Text } from '../time.ts';
import type { CompiledAgreement, SuspensionGround } from './compiled.ts';
import type { Move, ObligationState, Pause } from './state.ts';

const GROUNDS: Record<SuspensionGround, Text> = {
  'force-majeure': { zh: '不可抗力', en: 'force majeure' },
  'agreed-pause': { zh: '双方约定', en: 'agreed pause' },
  'other-side-holds': { zh: '对方原因', en: 'the other side holds it up' },
  'missing-input': { zh: '对方未提供必要资料', en: 'input is missing' },
};

/** Each suspension, amendment, override and newer calendar that moved the due time of what is open, with the dates before and after. */
export function explainMoves({ zone }: CompiledAgreement, state: ObligationState): Text[] {
  const { pauses, due } = state;
  const moves = state.moves.filter((move) => !move.review);
  const steps = moves.flatMap((move) => {
    const [before, after] = [move.before.localDate, move.due.localDate];
    const dates: Text = {
      zh: `最后一日由 ${before} 变更为 ${after}`,
      en: `the last day moves from ${before} to ${after}`,
    };
    return [...causesOf(move, pauses), dates];
  });
  const open = pauses.filter(({ until }) => until === null).map(explainPause);
  const end: Text[] =
    due && moves.length > 0
      ? [{ zh: `现于 ${due.localDate} 届满（${zone.id}）`, en: `now ends on ${due.localDate} ${zone.id}` }]
      : [];
  return [...steps, ...end, ...open];
}

function causesOf({ by, about, lostDays }: Move, pauses: readonly Pause[]): Text[] {
  switch (by) {
    case 'suspension': {
      const numbers = about.split('+').map(Number);
      return [
        ...pauses.filter(({ number }) => numbers.includes(number)).map(explainPause),
        {
          zh: `扣除中止的 ${lostDays} 日`,
          en: `${lostDays} suspended ${lostDays === 1 ? 'day does' : 'days do'} not count`,
        },
      ];
    }
    case 'amendment':
      return [{ zh: `变更 ${about} 生效，按新的约定计算`, en: `amendment ${about} took effect: the new rule counts` }];
    case 'override':
      return [{ zh: '经有权岗位个案调整', en: 'changed for this case by whoever may do so' }];
    case 'calendar':
      return [
        {
          zh: `项目协调人已接受改用工作日历 ${about}，按其重新计算`,
          en: `the coordinator accepted calendar ${about}: it counts from then on`,
        },
      ];
  }
}

function explainPause({ ground, from, until }: Pause): Text {
  const why = GROUNDS[ground];
  if (until === null)
    return {
      zh: `自 ${from} 起中止（${why.zh}），期限停止计算`,
      en: `suspended since ${from} (${why.en}): the clock stands still`,
    };
  if (until <= from)
    return { zh: `${from} 当日中止并恢复（${why.zh}）`, en: `suspended and resumed on ${from} (${why.en})` };
  const last = addDays(until, -1);
  return { zh: `${from} 至 ${last} 中止（${why.zh}）`, en: `suspended from ${from} to ${last} (${why.en})` };
}
