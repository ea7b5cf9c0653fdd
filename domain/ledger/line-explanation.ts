import { Big } from 'big.js';
import type { CompiledAgreement, CompiledLiability, CompiledObligation } from '../agreement/compiled.ts';
import type { Due, LedgerKind, LedgerLine } from '../agreement/event.ts';
import type { Claim } from '../agreement/state.ts';
import { addMoney, isZeroMoney, negateMoney } from '../money.ts';
import { chargeOf } from '../penalty.ts';
import { calendarOf } from '../redating/repinned.ts';
import type { Text } from '../time.ts';

/** What a line of the ledger rests on beside itself. */
export interface LineContext {
  agreement: Pick<CompiledAgreement, 'calendar' | 'repins' | 'zone' | 'life'>;
  claims: readonly Claim[];
  /** The obligation that it belongs to, and when that was due, where there is one. */
  rule: CompiledObligation | undefined;
  due: Due | null;
  /** The calendar's version by which that was found; missing: the one that is pinned now. */
  reckonedBy?: string;
  clauses: readonly string[];
  /** False: accrued and not posted yet. */
  posted: boolean;
}

const NAMES: Record<LedgerKind, Text> = {
  fee: { zh: '应付款项', en: 'a sum that is to be paid' },
  payment: {
    zh: '付款：先抵应付款项，再抵迟延付款违约金',
    en: 'a payment: it goes to the sum first, then to the late fee',
  },
  penalty: { zh: '迟延履行违约金', en: 'a penalty for late performance' },
  'late-fee': {
    zh: '迟延付款违约金，以未付且未暂扣的金额为基数',
    en: 'a late fee on what was unpaid and not held back',
  },
  'credit-note': { zh: '冲销：此前入账而不应付的部分', en: 'a credit note: posted before and not owed' },
  'cost-share': { zh: '依约分担的费用', en: 'a share of a cost, as agreed' },
  reward: { zh: '依约给付的奖励', en: 'a reward, as agreed' },
  deduction: { zh: '依约扣减的款项', en: 'a deduction, as agreed' },
  claim: { zh: '双方就索赔议定的赔偿', en: 'what was agreed of a claim' },
  deposit: { zh: '依约交付的保证金', en: 'a deposit, as agreed' },
  refund: { zh: '依约退还的款项', en: 'a refund, as agreed' },
};

/**
 * Why a line of the ledger is there and what its sum is made of: clause, base, rate, days, days that do not count,
 * calendar, and the formula with its numbers.
 */
export function explainLine(line: LedgerLine, context: LineContext): Text[] {
  const steps = [
    nameOf(line, context),
    ...formulaOf(line, context),
    ...groundsOf(line, context),
    ...daysOf(line, context),
    ...(context.clauses.length === 0
      ? []
      : [{ zh: `依据 ${context.clauses.join('、')}`, en: `under ${context.clauses.join(', ')}` }]),
  ];
  return context.posted
    ? steps
    : [...steps, { zh: '截至该日应计，尚未入账', en: 'accrued by that day, not posted yet' }];
}

function nameOf({ kind, about, amount, currency }: LedgerLine, { due }: LineContext): Text {
  const [what, which = ''] = (about ?? '').split(/:(.*)/);
  if (kind === 'credit-note' && what === 'waiver') {
    return { zh: `债权方减免第 ${which} 号，以冲销入账`, en: `waiver ${which} of the creditor, by credit note` };
  }
  if (kind === 'credit-note' && what === 'item') {
    return {
      zh: '终止后清理时不再收取的款项，以冲销入账',
      en: 'let go in the settlement after the end, by credit note',
    };
  }
  const name = NAMES[kind];
  if (kind === 'fee' && due) {
    return {
      zh: `${name.zh} ${amount} ${currency}，付款期限最后一日 ${due.localDate}`,
      en: `${name.en}: ${amount} ${currency}, last day ${due.localDate}`,
    };
  }
  return which === '' ? name : { zh: `${name.zh}（${which}）`, en: `${name.en} (${which})` };
}

/** Base × rate × days; and where the line is not just that, why. */
function formulaOf({ base, rate, days, amount, currency, kind, about }: LedgerLine, { rule }: LineContext): Text[] {
  if (base === undefined || rate === undefined || days === undefined) {
    return kind === 'credit-note' && days !== undefined && about === undefined ? [difference(amount, currency)] : [];
  }
  const percent = `${new Big(rate).times(100).toFixed()} %`;
  const exact = new Big(base).times(rate).times(days);
  const product = `${base} ${currency} × ${percent} × ${String(days)}`;
  const formula = {
    zh: `${product} 日 = ${exact.toFixed()} ${currency}`,
    en: `${product} ${Math.abs(days) === 1 ? 'day' : 'days'} = ${exact.toFixed()} ${currency}`,
  };
  if (exact.eq(amount)) return [formula];
  const charge = rule && chargeOf(rule);
  const grace = charge?.graceDays ?? 0;
  const cap = charge?.cap ?? null;
  return [
    formula,
    ...(grace > 0
      ? [{ zh: `宽限期 ${String(grace)} 日不计`, en: `${String(grace)} days of grace are not charged` }]
      : []),
    ...(cap === null ? [] : [{ zh: `以 ${cap} ${currency} 为限`, en: `at most ${cap} ${currency} in all` }]),
    difference(amount, currency),
  ];
}

/** What a line rests on beside an obligation: an agreed claim, a sum booked by hand, what was let go after the end. */
function groundsOf(line: LedgerLine, { agreement: { life }, claims }: LineContext): Text[] {
  const { about, amount, currency, debtor, kind } = line;
  const [what, which] = (about ?? '').split(/:(.*)/);
  if (what === 'claim') {
    const claim = claims.find(({ id }) => id === which);
    return claim
      ? claimSteps(
          line,
          claim,
          life?.liabilities.find(({ id }) => id === claim.liability),
        )
      : [];
  }
  if (what === 'booking') {
    const share = life?.bookings.find((one) => one.id === which && one.kind === kind)?.shares?.[debtor];
    const byHand = { zh: '凭所附文件登记', en: 'booked by hand, with its document' };
    if (share === undefined) return [byHand];
    const percent = `${new Big(share).times(100).toFixed()} %`;
    return [
      byHand,
      { zh: `${debtor} 依约分担总额的 ${percent}`, en: `${debtor} bears ${percent} of the whole, as agreed` },
    ];
  }
  if (what !== 'item') return [];
  const unpaid = `${negateMoney(amount)} ${currency}`;
  return [{ zh: `未付部分 ${unpaid}`, en: `the part that was unpaid: ${unpaid}` }];
}

/** Claimed, agreed within the cap, less the penalties for the same duty. */
function claimSteps(
  { amount, currency }: LedgerLine,
  { amount: claimed, lossOn, setOff }: Claim,
  liability: CompiledLiability | undefined,
): Text[] {
  const agreed = addMoney(amount, setOff);
  const within = liability?.cap
    ? { zh: '在责任限额内商定', en: 'agreed within the cap' }
    : { zh: '商定', en: 'agreed' };
  return [
    {
      zh: `损失发生于 ${lossOn}，主张 ${claimed} ${currency}；${within.zh} ${agreed} ${currency}`,
      en: `loss of ${lossOn}: ${claimed} ${currency} claimed, ${agreed} ${currency} ${within.en}`,
    },
    ...(isZeroMoney(setOff)
      ? []
      : [
          {
            zh: `扣除同一义务已入账的违约金：${agreed} − ${setOff} = ${amount} ${currency}`,
            en: `less the penalties posted for the same duty: ${agreed} − ${setOff} = ${amount} ${currency}`,
          },
        ]),
  ];
}

function difference(amount: string, currency: string): Text {
  return {
    zh: `累计应付数四舍五入至最小货币单位，减去此前已入账数，本行为 ${amount} ${currency}`,
    en: `all that is owed, rounded half-up once, less what was posted before: ${amount} ${currency}`,
  };
}

/** Which days are counted, and by which calendar the last day was found. */
function daysOf({ days, excludedDays, about }: LedgerLine, { agreement, due, ...found }: LineContext): Text[] {
  const { zone } = agreement;
  const calendar = calendarOf(agreement, found);
  const dated = { zh: `日历 ${calendar.id}@${calendar.version}`, en: `calendar ${calendar.id}@${calendar.version}` };
  if (days === undefined || about !== undefined) return due ? [dated] : [];
  return [
    ...(excludedDays === undefined || excludedDays === 0
      ? []
      : [
          {
            zh: `中止期间 ${String(excludedDays)} 日不计入`,
            en: `${String(excludedDays)} suspended ${excludedDays === 1 ? 'day does' : 'days do'} not count`,
          },
        ]),
    ...(due
      ? [
          {
            zh: `日数为期限最后一日 ${due.localDate} 之后的日历日，首尾均计（${zone.id}）`,
            en: `days are calendar days after the last day ${due.localDate}, both ends included (${zone.id})`,
          },
          dated,
        ]
      : []),
  ];
}
