import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { deliverable, detail, dueDetails, role, rung, until, who } from './phrases.ts';

/** From a finding to its proven effect, and the answer to whoever raised it. */
export const improvementTexts: Pick<
  Wording['texts'],
  | 'finding-assigned'
  | 'cause-reminder'
  | 'plan-reminder'
  | 'plan-submitted'
  | 'plan-decided'
  | 'measure-reminder'
  | 'check-reminder'
  | 'plan-reopened'
  | 'answer-reminder'
> = {
  'finding-assigned': (c) =>
    c.notice.facts.status === 'raised'
      ? {
          subject: `请对${improvement(c)}进行分类`,
          heading: '请对新提出的问题进行分类',
          paragraphs: [
            `${improvement(c)}已提出。请登录系统，在其页面确定类别、严重程度和制定计划的部门；也可以并入其他问题，或者写明理由后不予改进。`,
          ],
          details: facts(c),
        }
      : assigned(c),

  'cause-reminder': (c) =>
    reminder(c, {
      act: '查明',
      what: `${improvement(c)}的原因`,
      label: '原因调查期限',
      more: '查明后请登录系统，在该改进事项的页面记录原因；也可以随改进计划一并写明。',
    }),

  'plan-reminder': (c) => reminder(c, { act: '提交', what: `${improvement(c)}的改进计划`, label: '计划提交期限' }),

  'measure-reminder': (c) =>
    reminder(c, {
      act: '完成',
      what: `${improvement(c)}的改进措施${c.notice.facts.about === undefined ? '' : `（${measure(c.notice.facts.about)}）`}`,
      label: '措施完成期限',
      ...(c.notice.facts.verdict === 'behind' ? { found: '经检查，措施进度落后。' } : {}),
      more: '完成后请登录系统登记，并附上证明材料。',
    }),

  'check-reminder': (c) =>
    reminder(c, {
      act: '检查',
      what: `${improvement(c)}的进展`,
      label: '检查期限',
      more: '检查由措施责任人以外的人员进行，结论为“按计划进行”或“进度落后”。',
    }),

  'answer-reminder': (c) =>
    reminder(c, {
      act: '答复',
      what: `提出${improvement(c)}的客户`,
      label: '答复期限',
      more: '请把处理结果告知提出问题的客户，并在系统登记。客户未获答复之前，该改进事项不能了结；无法得知由谁提出的，请登记说明。',
    }),

  'plan-submitted': (c) => {
    const { by: author } = c.notice.facts;
    return {
      subject: c.asked ? `请${by(c)}审批${improvement(c)}的改进计划` : `${improvement(c)}的改进计划已提交`,
      heading: c.asked ? `请${by(c)}审批改进计划` : '改进计划已提交',
      paragraphs: [
        `${who(c, author, '责任方')}已提交${improvement(c)}的改进计划${late(c)}。`,
        ...(c.asked ? ['请登录系统，在该改进事项的页面查看后批准，或逐条列明意见退回。未答复不视为同意。'] : []),
      ],
      details: [...facts(c), ...dueDetails(c, '审批期限')],
    };
  },

  'plan-decided': (c) => {
    const { by: decider, verdict } = c.notice.facts;
    const rejected = verdict === 'rejected' || verdict === 'reject';
    return rejected
      ? {
          subject: `${improvement(c)}的改进计划被退回，请${by(c)}修改后重新提交`,
          heading: `请${by(c)}修改改进计划`,
          paragraphs: [
            `${who(c, decider, '审批方')}已退回${improvement(c)}的改进计划，并逐条列明了意见。请按意见修改后重新提交。`,
          ],
          details: [...facts(c), ...dueDetails(c, '重新提交期限')],
        }
      : {
          subject: `${improvement(c)}的改进计划已获批准，请按期落实各项措施`,
          heading: '改进计划已获批准',
          paragraphs: [
            `${who(c, decider, '审批方')}已批准${improvement(c)}的改进计划。请各项措施的责任岗位按计划日期完成并登记，届时另行提醒。`,
          ],
          details: facts(c),
        };
  },

  'plan-reopened': (c) => {
    const { goal, value, process } = c.notice.facts;
    return {
      subject: `${improvement(c)}未达到预期效果，请${by(c)}提交新的改进计划`,
      heading: '改进效果未达到，改进计划重新制定',
      paragraphs: [
        ...(goal !== undefined && value !== undefined
          ? [`本轮改进的目标为不低于 ${goal} 分，其后一期调查测得 ${value} 分，未达到目标。`]
          : ['经核验，本轮改进措施未见预期效果。']),
        `${process === undefined ? '该改进事项' : `改进事项 ${process} `}进入第 ${c.notice.facts.round ?? 2} 轮，请重新分析原因，提交新的改进计划。`,
      ],
      details: [...facts(c), ...dueDetails(c, '计划提交期限')],
    };
  },
};

/** To whoever plans. */
function assigned(c: NoticeContext): NoticeText {
  return {
    subject: `请${by(c)}提交${improvement(c)}的改进计划`,
    heading: `请${by(c)}提交改进计划`,
    paragraphs: [
      `${improvement(c)}已交由贵方制定改进计划。计划须写明目标和改进措施，每项措施有责任岗位和完成日期；按照约定须先分析原因的，先写明原因。`,
      ...(c.due ? [] : ['本协议没有约定提交计划的期限，请尽快提交。']),
      '请登录系统，在该改进事项的页面提交。',
    ],
    details: [...facts(c), ...dueDetails(c, '计划提交期限')],
  };
}

/** A rung of a ladder, before its last day, on it, or after. */
function reminder(
  c: NoticeContext,
  { act, what, label, found, more }: { act: string; what: string; label: string; found?: string; more?: string },
): NoticeText {
  const { rungs = [] } = c.notice;
  const { daysLate = 0 } = c.notice.facts;
  const overdue = c.phase === 'overdue' || daysLate > 0;
  const { against, seat = against } = c.notice.facts;
  const last = c.phase === 'last-day' && !overdue ? '最后一日：' : '';
  const someone = seat === undefined ? '应' : `${role(c, seat)}应`;
  const details = [
    ...facts(c),
    ...dueDetails(c, label),
    ...(seat === undefined ? [] : [['责任方', who(c, seat)] as [string, string]]),
    ...(daysLate > 0 ? [['累计逾期', `${daysLate} 天（截至本通知当日）`] as [string, string]] : []),
    ...(rungs.length > 1 ? [['合并的提醒', rungs.map(rung).join('、')] as [string, string]] : []),
  ];
  const subject = overdue
    ? `${act}${what}已逾期${daysLate > 0 ? ` ${daysLate} 天` : ''}${c.asked ? `，请尽快${act}` : ''}`
    : `${last}${c.asked ? '请' : someone}${by(c)}${act}${what}`;
  return {
    subject,
    heading: subject.replace('最后一日：', ''),
    paragraphs: [
      ...(found === undefined ? [] : [found]),
      overdue
        ? `按照约定，${seat === undefined ? '' : who(c, seat)}应${by(c)}${act}${what}，目前尚未登记。${c.asked ? `请尽快${act}。` : ''}`
        : `${c.asked ? '请贵方' : `${seat === undefined ? '责任方' : who(c, seat)}应`}${by(c)}${act}${what}。`,
      ...(more === undefined || !c.asked ? [] : [more]),
    ],
    details,
  };
}

/** 于……前; nothing where no date is agreed. */
function by(c: NoticeContext): string {
  return c.due ? `于${until(c)}前` : '';
}

function late(c: NoticeContext): string {
  const { daysLate = 0 } = c.notice.facts;
  return daysLate > 0 ? `，逾期 ${daysLate} 天` : '';
}

/** “服务态度”改进事项; 改进事项 quarterly-survey#2027-Q1/attitude. */
function improvement(c: NoticeContext): string {
  const { process, dimension } = c.notice.facts;
  const about = dimension === undefined ? undefined : c.dimensionTitle(dimension);
  if (c.notice.obligation !== undefined) return `${deliverable(c)}${about === undefined ? '' : `“${about}”`}改进事项`;
  return `改进事项${process === undefined ? '' : ` ${process}${about === undefined ? ' ' : ''}`}${about === undefined ? '' : `（${about}）`}`;
}

/** 措施 1 */
function measure(id: string): string {
  return id.replace(/^measure-(?=\d+$)/, '措施 ');
}

function facts(c: NoticeContext): [string, string][] {
  const { process, dimension, about, goal, round } = c.notice.facts;
  return [
    ...detail('编号', process, String),
    ...detail('所涉维度', dimension === undefined ? undefined : (c.dimensionTitle(dimension) ?? dimension), String),
    ...(c.notice.kind === 'measure-reminder' ? detail('措施', about, measure) : []),
    ...detail('目标', goal, (score) => `不低于 ${score} 分`),
    ...detail('轮次', round === undefined || round < 2 ? undefined : round, (number) => `第 ${number} 轮`),
  ];
}
