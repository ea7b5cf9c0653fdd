import { Big } from 'big.js';
import type { Change } from '../../domain/agreement/event.ts';
import type { Text } from '../../domain/time.ts';
import type { Template } from '../../templates/schema.ts';
import { matterTitle, seatTitles } from '../views.ts';

const FIELDS: Record<Change['field'], Text> = {
  due: { zh: '期限', en: 'due' },
  responsible: { zh: '责任方', en: 'owed by' },
  amount: { zh: '金额', en: 'amount' },
  rate: { zh: '每日比率', en: 'rate a day' },
  cap: { zh: '上限', en: 'cap' },
  grace: { zh: '宽限期', en: 'days of grace' },
  interval: { zh: '周期', en: 'interval' },
  next: { zh: '后续到期日', en: 'next dates' },
  window: { zh: '审核期限', en: 'time for review' },
  rework: { zh: '重新提交期限', en: 'time for rework' },
  checklist: { zh: '必备内容', en: 'parts to hand in' },
  kept: { zh: '沿用原约定', en: 'keeps what was agreed before' },
  added: { zh: '新增', en: 'added' },
  removed: { zh: '取消', en: 'removed' },
  expiry: { zh: '截止日', en: 'last day' },
  other: { zh: '约定内容', en: 'content' },
};

const NONE: Text = { zh: '未约定', en: 'not agreed' };
const CHANGED: Text = { zh: '有变化', en: 'changes' };

/** One change as two sides: of what, in which respect, from what, to what; null where a side has nothing to say. */
interface ChangeSides {
  subject: Text;
  respect: Text;
  from: Text | null;
  to: Text | null;
}

/** A change for two columns, before and after. */
function changeSides(change: Change, template: Template | undefined): ChangeSides {
  const sides = { subject: changedTitle(change.of, template), respect: FIELDS[change.field] };
  if (change.field === 'kept') {
    const stays = { zh: `${change.before ?? ''} 到期`, en: `due ${change.before ?? ''}` };
    return { ...sides, from: stays, to: stays };
  }
  // What is new or goes has one side alone, and what it is stands in its respect.
  if (change.field === 'added' || change.field === 'removed') return { ...sides, from: null, to: null };
  if (change.before === null && change.after === null) return { ...sides, from: null, to: CHANGED };
  return {
    ...sides,
    from: valueText(change, change.before, template),
    to: valueText(change, change.after, template),
  };
}

function valueText(change: Change, given: string | null, template: Template | undefined): Text {
  if (given === null) return NONE;
  if (change.field === 'responsible') return seatTitles(template)[given] ?? { zh: given, en: given };
  if (PERIODS.includes(change.field)) return periodText(given);
  if (change.field === 'next') return { zh: given.replaceAll(', ', '、'), en: given };
  if (change.field === 'checklist') return partTitles(given, change.of, template);
  if (change.field === 'rate') return percentText(given);
  return { zh: given, en: given };
}

/** What one change is, in words: of what, from what to what. */
export function changeText(change: Change, template: Template | undefined): Text {
  const subject = changedTitle(change.of, template);
  const field = FIELDS[change.field];
  if (change.field === 'added' || change.field === 'removed') {
    return { zh: `${field.zh}：${subject.zh}`, en: `${field.en}: ${subject.en}` };
  }
  if (change.before === null && change.after === null) {
    return { zh: `${subject.zh}：${field.zh}${CHANGED.zh}`, en: `${subject.en}: ${field.en} ${CHANGED.en}` };
  }
  if (change.field === 'kept') {
    const due = change.before ?? '';
    return {
      zh: `${subject.zh}：${due} 到期，沿用原约定，不受本次变更影响`,
      en: `${subject.en}: due ${due}, ${field.en}; this change does not touch it`,
    };
  }
  const [before, after] = [valueText(change, change.before, template), valueText(change, change.after, template)];
  return {
    zh: `${subject.zh}：${field.zh}由 ${before.zh} 改为 ${after.zh}`,
    en: `${subject.en}: ${field.en} from ${before.en} to ${after.en}`,
  };
}

/** A change as the life of an agreement shows it. */
export function changeView(change: Change, template: Template | undefined) {
  return {
    ...change,
    text: changeText(change, template),
    ...changeSides(change, template),
    clauses: changeClauses(change, template),
  };
}

/** The clauses of what changes, as the template has them. */
function changeClauses({ of }: Change, template: Template | undefined): string[] {
  const at = of.indexOf(':');
  const [kind, name] = at < 0 ? [of, of] : [of.slice(0, at), of.slice(at + 1)];
  const id = name.replace(/^penalty:/, '').split('#')[0] ?? name;
  switch (kind) {
    case 'expiry':
      return template?.clauses.expiry ?? [];
    case 'term':
      return template?.terms.find((term) => term.name === name)?.clauses ?? [];
    case 'life':
      return [];
    default:
      return [...(template?.obligations ?? []), ...(template?.rules ?? [])].find((one) => one.id === id)?.clauses ?? [];
  }
}

const UNITS: Record<string, Text> = {
  hours: { zh: '小时', en: 'hours' },
  days: { zh: '天', en: 'days' },
  'working-days': { zh: '个工作日', en: 'working days' },
  months: { zh: '个月', en: 'months' },
  years: { zh: '年', en: 'years' },
};

const OFTEN: Record<string, Text> = {
  month: { zh: '每月', en: 'every month' },
  quarter: { zh: '每季度', en: 'every quarter' },
  'half-year': { zh: '每半年', en: 'every half-year' },
  year: { zh: '每年', en: 'every year' },
};

const PERIODS: Change['field'][] = ['due', 'grace', 'interval', 'window', 'rework'];

/** What the parts of a hand-in are called. */
function partTitles(given: string, of: string, template: Template | undefined): Text {
  const id = of.slice(of.indexOf(':') + 1);
  const parts = template?.obligations.find((one) => one.id === id)?.checklist ?? [];
  const titles = given.split(', ').map((part) => parts.find((one) => one.id === part)?.title ?? { zh: part, en: part });
  return { zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en).join(', ') };
}

/** A date as it is, a period in words: `30 days`. */
function periodText(given: string): Text {
  const [, count = '', unit = ''] = /(-?\d+) ([a-z-]+)$/.exec(given) ?? [];
  const words = UNITS[unit];
  const often = OFTEN[given];
  if (often) return often;
  return words ? { zh: `${count} ${words.zh}`, en: `${count} ${words.en}` } : { zh: given, en: given };
}

function percentText(fraction: string): Text {
  const percent = `${new Big(fraction).times(100).toFixed()}%`;
  return { zh: percent, en: percent };
}

const LIFE: Record<string, Text> = {
  effect: { zh: '生效条件', en: 'Coming into force' },
  baselines: { zh: '基线值', en: 'Baselines' },
  amendment: { zh: '变更方式', en: 'How it is amended' },
  override: { zh: '特殊调整', en: 'Overrides' },
  suspension: { zh: '中止履行', en: 'Suspension' },
  renewal: { zh: '续签', en: 'Renewal' },
  terminations: { zh: '终止方式', en: 'Ways to an end' },
  afterwards: { zh: '终止后的义务', en: 'Duties after the end' },
  liabilities: { zh: '赔偿责任', en: 'Liability' },
  bookings: { zh: '凭单入账的款项', en: 'Sums that may be booked' },
  disputes: { zh: '争议解决', en: 'Disputes' },
  requests: { zh: '请求与答复', en: 'Requests' },
  confidentiality: { zh: '保密', en: 'Confidentiality' },
  meetings: { zh: '会议', en: 'Meetings' },
  penaltyWarning: { zh: '违约金提示线', en: 'Warning about penalties' },
};

/** What `Change.of` names, as the template calls it. */
function changedTitle(of: string, template: Template | undefined): Text {
  const at = of.indexOf(':');
  const [kind, id] = at < 0 ? [of, of] : [of.slice(0, at), of.slice(at + 1)];
  switch (kind) {
    case 'expiry':
      return { zh: '协议有效期', en: 'Term of the agreement' };
    case 'term':
      return template?.terms.find(({ name }) => name === id)?.label ?? { zh: id, en: id };
    case 'life':
      return LIFE[id] ?? { zh: id, en: id };
    case 'cap': {
      if (!id.startsWith('penalty:')) {
        return template?.rules.find((rule) => rule.id === id)?.title ?? { zh: id, en: id };
      }
      const duty = matterTitle(template, id.slice('penalty:'.length));
      return { zh: `${duty.zh}违约金`, en: `Penalty of ${duty.en}` };
    }
    default:
      return matterTitle(template, id);
  }
}
