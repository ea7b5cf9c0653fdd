import type { MatterKind } from '../../../domain/agreement/matter.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { book, date, detail, dueDetails, reference, role, until, who, written } from './phrases.ts';

export const KINDS: Record<MatterKind, string> = {
  request: '请求',
  incident: '保密事件',
  dispute: '争议',
  meeting: '会议',
};

/** Requests, confidentiality incidents, disputes, meetings. */
export const matterTexts: Pick<
  Wording['texts'],
  'matter-opened' | 'matter-reminder' | 'matter-carried' | 'matter-overdue'
> = {
  'matter-opened': (c) => {
    const { by, kind, from, localDate } = c.notice.facts;
    const when = c.due && kind !== 'meeting' ? `于${until(c)}前` : '';
    const day = from ?? localDate;
    switch (kind as MatterKind | undefined) {
      case 'meeting':
        return {
          subject: `请${day === undefined ? '' : `于 ${day} `}参加会议：${book(c.agreementTitle)}`,
          heading: `${role(c, by)}召集会议`,
          paragraphs: [
            `${who(c, by)}就${book(c.agreementTitle)}召集会议${day === undefined ? '' : `，日期为 ${date(day)}`}。会后登记会议纪要和决议，每项决议载明负责人和期限。`,
            ...written('主题', c.words.topic),
            ...written('内容', c.words.details ?? c.words.agenda),
          ],
          details: detail('会议日期', day, date),
          button: '查看会议',
        };
      case 'incident':
        return {
          subject: `保密事件：${role(c, by)}已登记，请立即处理：${book(c.agreementTitle)}`,
          heading: '保密事件',
          paragraphs: [
            `${who(c, by)}登记了一起保密事件。请依照保密约定立即采取措施，并书面回复处理情况。`,
            '保密义务不因协议中止或终止而免除。',
            ...written('主题', c.words.topic),
            ...written('内容', c.words.details ?? c.words.agenda),
          ],
          details: matterDetails(c),
          button: '回复处理情况',
        };
      case 'dispute':
        return {
          subject: `${role(c, by)}提出争议，请${when}协商解决：${book(c.agreementTitle)}`,
          heading: '争议协商',
          paragraphs: [
            `${who(c, by)}就${book(c.agreementTitle)}提出争议。${c.due ? `双方应于${until(c)}前协商；协商不成的，依照约定的争议解决方式处理。` : '请双方协商解决；协商不成的，依照约定的争议解决方式处理。'}`,
            ...written('主题', c.words.topic),
            ...written('内容', c.words.details ?? c.words.agenda),
          ],
          details: matterDetails(c),
          button: '查看并回复',
        };
      default:
        return {
          subject: c.asked
            ? `请${when}答复${role(c, by, '对方')}的请求：${book(c.agreementTitle)}`
            : `${role(c, by)}提出请求：${book(c.agreementTitle)}`,
          heading: `${role(c, by)}的请求`,
          paragraphs: [
            `${who(c, by)}依照约定向${c.asked ? '贵方' : '对方'}提出请求。${c.due ? `${c.asked ? '请贵方' : '对方应'}于${until(c)}前答复。` : ''}`,
            '未答复不视为同意；相关义务的期限不因该请求自动变更，需要变更的，由双方另行约定。',
            ...written('主题', c.words.topic),
            ...written('内容', c.words.details ?? c.words.agenda),
          ],
          details: matterDetails(c),
          button: '答复请求',
        };
    }
  },

  'matter-reminder': (c) => {
    const { by, verdict, days } = c.notice.facts;
    return {
      subject: `请求尚待答复${days === undefined ? '' : `（已 ${days} 天）`}：${role(c, by, '对方')}，${book(c.agreementTitle)}`,
      heading: `${role(c, by)}的请求尚待答复`,
      paragraphs: [
        `${who(c, by)}依照约定向贵方提出的请求，至今尚未答复${c.due ? `，答复期限为${until(c).trim()}` : ''}。`,
        verdict === 'refused'
          ? '贵方书面同意之前视为不许可；不答复即为不许可。本提醒不改变请求的状态。'
          : '未答复不视为同意。本提醒不改变任何义务的期限。',
        ...written('主题', c.words.topic),
        ...written('内容', c.words.details ?? c.words.agenda),
      ],
      details: matterDetails(c),
      button: '答复请求',
    };
  },

  'matter-carried': (c) => {
    const { by, verdict, seat, until: dueOn } = c.notice.facts;
    const steps: Record<string, string> = {
      answer: '已答复',
      refuse: '已被拒绝',
      close: '已了结',
      escalate: '转入约定的争议解决方式',
      decide: '已作出决议',
    };
    const result = `${kindOf(c)}${steps[verdict ?? ''] ?? '有新的进展'}`;
    return {
      subject: `${result}：${book(c.agreementTitle)}`,
      heading: result,
      paragraphs: [
        `${who(c, by)}登记：${result}，内容见协议页面。`,
        ...(seat === undefined && dueOn === undefined
          ? []
          : [`该决议由${who(c, seat, '指定的人员')}${dueOn === undefined ? '' : `于 ${date(dueOn)}前`}落实。`]),
      ],
      details: matterDetails(c),
    };
  },

  'matter-overdue': (c) => {
    const dispute = c.notice.facts.kind === 'dispute';
    return {
      subject: dispute
        ? `争议协商期限已届满，尚未解决：${book(c.agreementTitle)}`
        : `${kindOf(c)}答复期限已过${c.asked ? '，请尽快答复' : '，尚未答复'}：${book(c.agreementTitle)}`,
      heading: dispute ? '争议协商期限已届满' : `${kindOf(c)}逾期未答复`,
      paragraphs: [
        dispute
          ? `双方未能在${until(c)}前协商解决争议。此后可以依照约定的争议解决方式处理，也可以继续协商。`
          : `答复期限为${until(c).trim()}，目前尚未收到答复。未答复不视为同意。`,
      ],
      details: matterDetails(c),
      button: dispute ? '查看并回复' : `答复${kindOf(c)}`,
    };
  },
};

function kindOf(c: NoticeContext): string {
  return KINDS[c.notice.facts.kind as MatterKind] ?? '事项';
}

function matterDetails(c: NoticeContext): [string, string][] {
  const { obligation, occurrence, facts } = c.notice;
  const { by, about, kind } = facts;
  return [
    ...detail('编号', about?.replace(/^matter:/, ''), String),
    ...detail('登记方', by, (seat) => who(c, seat)),
    ...detail('所涉义务', obligation, (id) => reference(c, id + (occurrence === undefined ? '' : `#${occurrence}`))),
    ...(c.due ? dueDetails(c, kind === 'dispute' ? '协商期限' : '答复期限') : []),
  ];
}
