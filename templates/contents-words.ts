import type { Text } from '../domain/time.ts';
import type { Obligation, Penalty } from './obligation-schema.ts';
import { entryNamed } from './references.ts';
import type { Template } from './schema.ts';
import type { Term } from './term-schema.ts';

/** What a template says of dates and money, in words; what it leaves to be agreed is named by the term that asks for it. */
type Words = Pick<Template, 'terms' | 'obligations' | 'parties' | 'seats'>;

const UNITS: Record<string, { zh: string; en: [one: string, many: string] }> = {
  minutes: { zh: '分钟', en: ['minute', 'minutes'] },
  hours: { zh: '小时', en: ['hour', 'hours'] },
  days: { zh: '日', en: ['day', 'days'] },
  'working-days': { zh: '个工作日', en: ['working day', 'working days'] },
  'working-hours': { zh: '个工作小时', en: ['working hour', 'working hours'] },
  weeks: { zh: '周', en: ['week', 'weeks'] },
  months: { zh: '个月', en: ['month', 'months'] },
  years: { zh: '年', en: ['year', 'years'] },
};
const DURATION_UNITS: Record<string, string> = {
  M: 'months',
  D: 'days',
  W: 'weeks',
  Y: 'years',
  TH: 'hours',
  TM: 'minutes',
};
/** The fields of an offset and of an interval, and the unit of their terms. */
const FIELD_UNITS = {
  days: 'days',
  workingDays: 'working-days',
  months: 'months',
  years: 'years',
  hours: 'hours',
  duration: 'days',
} as const;
type LengthField = keyof typeof FIELD_UNITS;

interface Found {
  label: Text;
  /** Null: the text leaves it open. */
  value: unknown;
  unit: string | undefined;
}

/** A term, or one entry of a mapping, by its name. */
function termNamed({ terms }: Words, name: string): Found {
  const whole = terms.find((term) => term.name === name);
  if (whole) return { label: whole.label, value: valueOf(whole), unit: 'unit' in whole ? whole.unit : undefined };
  const { mapping, key } = entryNamed(name);
  const term = terms.find((one) => one.name === mapping);
  if (term?.type !== 'mapping') return { label: { zh: name, en: name }, value: null, unit: undefined };
  const entry = term.keys?.find(({ value }) => value === key)?.label ?? { zh: key, en: key };
  const values = valueOf(term) as Record<string, unknown> | null;
  return {
    label: { zh: `${term.label.zh}·${entry.zh}`, en: `${term.label.en}, ${entry.en}` },
    value: values?.[key] ?? null,
    unit: 'unit' in term.values ? term.values.unit : undefined,
  };
}

function valueOf(term: Term): unknown {
  return 'value' in term && term.value !== undefined ? term.value : null;
}

function counted(count: number | string, unit: string): Text {
  const words = UNITS[unit] ?? { zh: unit, en: [unit, unit] as [string, string] };
  return { zh: `${String(count)} ${words.zh}`, en: `${String(count)} ${words.en[Number(count) === 1 ? 0 : 1]}` };
}

/** How long a term says: `30 日`; null where the text leaves it open. */
function lengthOf(words: Words, name: string, unit: string): Text | null {
  const { value, unit: own } = termNamed(words, name);
  if (typeof value === 'number') return counted(value, own !== undefined && own in UNITS ? own : unit);
  if (typeof value !== 'string') return null;
  const [, time = '', count, letter = ''] = /^P(T?)(\d+)([A-Z])$/.exec(value) ?? [];
  const known = DURATION_UNITS[`${time}${letter}`];
  if (count !== undefined && known !== undefined) return counted(count, known);
  return /^\d+$/.test(value) ? counted(value, own ?? unit) : null;
}

function quoted(words: Words, name: string): Text {
  const { label } = termNamed(words, name);
  return { zh: `“${label.zh}”`, en: `“${label.en}”` };
}

/** The first of these fields that is there, with the name of its term. */
function lengthField(fields: Partial<Record<LengthField, unknown>>): [LengthField, string] | undefined {
  for (const field of Object.keys(FIELD_UNITS) as LengthField[]) {
    const name = fields[field];
    if (typeof name === 'string') return [field, name];
  }
  return undefined;
}

/** Whoever a role key, a seat, or a term of type map or party names. */
export function whoText(words: Words, who: string): Text {
  const known = words.parties[who] ?? words.seats.find(({ id }) => id === who)?.title;
  if (known) return known;
  if (who === 'other-party') return { zh: '对方', en: 'the other party' };
  if (who === 'coordinator') return { zh: '项目协调人', en: 'Coordinator' };
  if (who === 'third') return { zh: '第三方', en: 'Third party' };
  const { value } = termNamed(words, who);
  const by = quoted(words, who);
  const set = typeof value === 'string' ? words.parties[value] : undefined;
  return set
    ? { zh: `${set.zh}（可按${by.zh}另行约定）`, en: `${set.en} (may be agreed otherwise: ${by.en})` }
    : { zh: `按${by.zh}的约定`, en: `as agreed in ${by.en}` };
}

const PERIODS = {
  month: { zh: '每月', en: 'every month', of: { zh: '月', en: 'month' } },
  quarter: { zh: '每季度', en: 'every quarter', of: { zh: '季度', en: 'quarter' } },
  'half-year': { zh: '每半年', en: 'every half-year', of: { zh: '半年', en: 'half-year' } },
  year: { zh: '每年', en: 'every year', of: { zh: '年度', en: 'year' } },
} as const;

const EVENTS: Record<string, Text> = {
  'obligation-opened': { zh: '开始', en: 'begins' },
  'deliverable-submitted': { zh: '提交', en: 'is handed in' },
  'deliverable-accepted': { zh: '审核通过', en: 'is accepted' },
  'deliverable-rejected': { zh: '被退回', en: 'is rejected' },
  'obligation-overdue': { zh: '逾期', en: 'is overdue' },
  'overdue-withdrawn': { zh: '逾期撤销', en: 'is no longer overdue' },
  'obligation-fulfilled': { zh: '履行', en: 'is fulfilled' },
  'review-overdue': { zh: '审核逾期', en: 'has a review overdue' },
  'penalty-posted': { zh: '记违约金', en: 'has a penalty posted' },
  'penalty-credited': { zh: '冲销违约金', en: 'has a penalty credited' },
};

/** Day 0, as it stands before a length: `签署`, `the signing`. */
function pointText(words: Words, { deadline: { anchor } }: Obligation): Text {
  const title = (id: string): Text => {
    const found = words.obligations.find((one) => one.id === id)?.title ?? { zh: id, en: id };
    return { zh: `《${found.zh}》`, en: `“${found.en}”` };
  };
  if (anchor === 'signing') return { zh: '签署', en: 'the signing' };
  if (anchor === 'effect') return { zh: '生效', en: 'the effect' };
  if (anchor === 'expiry') return { zh: '有效期届满', en: 'the end of the term' };
  if ('term' in anchor) {
    const { zh, en } = quoted(words, anchor.term);
    return { zh: `${zh}所定之日`, en: `the day given by ${en}` };
  }
  if ('obligation' in anchor) {
    const { zh, en } = title(anchor.obligation);
    return anchor.at === 'due'
      ? { zh: `${zh}到期`, en: `the due time of ${en}` }
      : { zh: `${zh}履行`, en: `${en} is fulfilled` };
  }
  if ('event' in anchor) {
    const what = EVENTS[anchor.event] ?? { zh: anchor.event, en: anchor.event };
    if (anchor.of === undefined) return { zh: `任一义务${what.zh}`, en: `any duty ${what.en}` };
    const { zh, en } = title(anchor.of);
    return { zh: `${zh}${what.zh}`, en: `${en} ${what.en}` };
  }
  const { of } = PERIODS[anchor.period];
  return anchor.edge === 'start'
    ? { zh: `每个${of.zh}开始`, en: `the beginning of each ${of.en}` }
    : { zh: `每个${of.zh}结束`, en: `the end of each ${of.en}` };
}

/** When it is due: `签署后 30 日内，末日为休息日的顺延至次一工作日`. */
export function dueText(words: Words, obligation: Obligation): Text {
  const { deadline } = obligation;
  const point = pointText(words, obligation);
  const field = lengthField(deadline);
  const base = ((): Text => {
    // Again and again: the interval says when; the point alone would be day 0.
    if (field === undefined) {
      return obligation.every
        ? { zh: `自${point.zh}起按周期`, en: `at each interval from ${point.en} on` }
        : { zh: `${point.zh}时`, en: `at ${point.en}` };
    }
    const [kind, name] = field;
    const length = lengthOf(words, name, FIELD_UNITS[kind]);
    const label = quoted(words, name);
    const prefix = obligation.every ? { zh: '每期届至后，', en: 'of each interval: ' } : { zh: '', en: '' };
    if (deadline.before) {
      return length
        ? { zh: `${prefix.zh}${point.zh}前 ${length.zh}`, en: `${prefix.en}${length.en} before ${point.en}` }
        : {
            zh: `${prefix.zh}${point.zh}前，提前量待约定：${label.zh}`,
            en: `${prefix.en}before ${point.en}, by as much as is agreed: ${label.en}`,
          };
    }
    return length
      ? { zh: `${prefix.zh}${point.zh}后 ${length.zh}内`, en: `${prefix.en}within ${length.en} after ${point.en}` }
      : {
          zh: `${prefix.zh}${point.zh}后，期限待约定：${label.zh}`,
          en: `${prefix.en}after ${point.en}, within what is agreed: ${label.en}`,
        };
  })();
  const rolls = termNamed(words, deadline.rollover).value === 'next-working-day';
  return rolls
    ? {
        zh: `${base.zh}；末日为休息日的，顺延至次一工作日`,
        en: `${base.en}; a last day of rest moves to the next working day`,
      }
    : base;
}

/** How often: `每 3 个月`, `每季度`; null for what is due once. */
export function rhythmText(words: Words, obligation: Obligation): Text | null {
  const { anchor } = obligation.deadline;
  if (typeof anchor === 'object' && 'period' in anchor) {
    const { zh, en } = PERIODS[anchor.period];
    return { zh, en };
  }
  if (!obligation.every) return null;
  const field = lengthField(obligation.every);
  if (!field) return null;
  const length = lengthOf(words, field[1], FIELD_UNITS[field[0]]);
  const label = quoted(words, field[1]);
  return length
    ? { zh: `每 ${length.zh}`, en: `every ${length.en}` }
    : { zh: `周期待约定：${label.zh}`, en: `at the interval that is agreed: ${label.en}` };
}

/** Under which condition it is there at all; null: always. */
export function whenText(words: Words, { when }: Obligation): Text | null {
  if (!when) return null;
  const label = quoted(words, when.term);
  const term = words.terms.find(({ name }) => name === when.term);
  if (when.is === undefined) return { zh: `约定${label.zh}的，才有此项`, en: `only where ${label.en} is agreed` };
  const option = term && 'options' in term ? term.options?.find(({ value }) => value === when.is)?.label : undefined;
  const { zh, en } = option ?? { zh: when.is, en: when.is };
  return { zh: `${label.zh}为“${zh}”的，才有此项`, en: `only where ${label.en} is “${en}”` };
}

/** The time for a review, and for rework after a rejection. */
export function reviewText(words: Words, review: NonNullable<Obligation['review']>): Text {
  const window = lengthOf(words, review.windowDays, 'days');
  const rework = lengthOf(words, review.reworkDays, 'days');
  const open = { zh: '待约定', en: 'as agreed' };
  const list = review.reviewers.map((one) => whoText(words, one));
  const who = { zh: list.map(({ zh }) => zh).join('、'), en: list.map(({ en }) => en).join(', ') };
  const how =
    review.kind === 'joint' ? { zh: '共同审核', en: 'reviewed jointly by' } : { zh: '审核', en: 'reviewed by' };
  return {
    zh: `${who.zh}${how.zh}，期限：${(window ?? open).zh}；退回后修改：${(rework ?? open).zh}；逾期未答复不视为同意`,
    en: `${how.en} ${who.en} within ${(window ?? open).en}; rework after a rejection: ${(rework ?? open).en}; silence is never consent`,
  };
}

/** When reminders go out; null where none is agreed. */
export function reminderText(words: Words, { reminderLeadDays }: Obligation): Text | null {
  const { value } = termNamed(words, reminderLeadDays);
  const days = (Array.isArray(value) ? value : [value]).filter((one): one is number => typeof one === 'number');
  if (days.length === 0) return null;
  const list = [...days].sort((a, b) => b - a);
  return {
    zh: `到期前 ${list.join('、')} 日提醒，到期当日及逾期后按提醒阶梯催办`,
    en: `reminded ${list.join(', ')} days before, on the due day and, by the ladder, once it is late`,
  };
}

/** What a day of delay costs. */
export function penaltyText(words: Words, penalty: Penalty): Text {
  const base = quoted(words, penalty.base);
  const percent = (name: string | undefined): string | null => {
    const value = name === undefined ? null : termNamed(words, name).value;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
  const rate = percent(penalty.percentPerDay);
  const rateLabel = quoted(words, penalty.percentPerDay);
  const cap = percent(penalty.capPercent);
  const grace = penalty.graceDays === undefined ? null : lengthOf(words, penalty.graceDays, 'days');
  const capped =
    cap === null
      ? { zh: '未约定上限的不封顶', en: 'no cap unless one is agreed' }
      : { zh: `以 ${cap}% 为上限`, en: `at most ${cap} %` };
  const graced = grace === null ? { zh: '', en: '' } : { zh: `，宽限 ${grace.zh}`, en: `, after ${grace.en} of grace` };
  const creditor = whoText(words, penalty.creditor);
  return {
    zh: `每逾期一日，按${base.zh}的 ${rate === null ? `约定比例（${rateLabel.zh}）` : `${rate}%`}计${graced.zh}；${capped.zh}；归${creditor.zh}`,
    en: `each day of delay costs ${rate === null ? `the share agreed (${rateLabel.en})` : `${rate} %`} of ${base.en}${graced.en}; ${capped.en}; owed to ${creditor.en}`,
  };
}

/** Lengths that an obligation needs and the text leaves open: what switches it on. */
export function openTermsOf(words: Words, obligation: Obligation): { name: string; label: Text }[] {
  const { anchor } = obligation.deadline;
  const names = [
    lengthField(obligation.deadline)?.[1],
    obligation.every === undefined ? undefined : lengthField(obligation.every)?.[1],
    typeof anchor === 'object' && 'term' in anchor ? anchor.term : undefined,
  ].filter((name): name is string => name !== undefined);
  return names
    .filter((name) => termNamed(words, name).value === null)
    .map((name) => ({ name, label: termNamed(words, name).label }));
}
