import type { NoticeContext, Wording } from '../context.ts';
import { date, deliverable, detail, dueDetails, moment, owner, ownerRole, role, until, who } from './phrases.ts';

/** A survey's cycle, from the questionnaire to its report. */
export const surveyTexts: Pick<
  Wording['texts'],
  | 'survey-approval-request'
  | 'survey-date-proposed'
  | 'survey-date-reminder'
  | 'survey-published'
  | 'survey-missed'
  | 'survey-report-released'
  | 'results-published'
> = {
  'survey-approval-request': (c) => {
    const title = cycle(c);
    return {
      subject: `请审批${title}的问卷${c.due ? `，本期调查须于${until(c)}前完成` : ''}`,
      heading: `请审批${title}的问卷`,
      paragraphs: [
        `${title}的问卷已设计完成，请贵方登录系统，在该期调查的页面查看问卷后审批。`,
        '问卷经审批后方可发布；未答复不视为同意。审批之后问卷又有修改的，须重新审批。',
      ],
      details: [
        ...cycleDetails(c),
        ...detail('问卷版本', c.notice.facts.round, (version) => `第 ${version} 版`),
        ...dueDetails(c, '本期调查期限'),
      ],
    };
  },

  'survey-date-proposed': (c) => {
    const title = cycle(c);
    const { by, localDate } = c.notice.facts;
    const on = localDate === undefined ? '' : `（${localDate}）`;
    return {
      subject: `请答复是否同意${title}的调查日期${on}`,
      heading: '请答复是否同意调查日期',
      paragraphs: [
        `${who(c, by, '对方')}提议${localDate === undefined ? '' : `于 ${date(localDate)}`}开展${title}。`,
        '请贵方登录系统，在该期调查的页面表示同意，或另行提出日期。日期经双方同意后，该期调查方可发布；未答复不视为同意。',
      ],
      details: [...cycleDetails(c), ...detail('提议的日期', localDate, date)],
    };
  },

  'survey-date-reminder': (c) => {
    const title = cycle(c);
    return {
      subject: `请于${until(c)}前商定${title}的调查日期`,
      heading: '调查日期尚未商定',
      paragraphs: [
        `${title}的调查日期尚未商定。`,
        '请贵方登录系统，在该期调查的页面提出日期，或对已提议的日期表示同意。日期经双方同意后，该期调查方可发布；未答复不视为同意。',
      ],
      details: [...cycleDetails(c), ...dueDetails(c, '商定日期的期限')],
    };
  },

  'survey-published': (c) => {
    const title = cycle(c);
    const { closesOn } = c.notice.facts;
    const open = closesOn === undefined ? '' : `，答卷截至${moment(c.dueOn(closesOn))}`;
    return {
      subject: `${title}已发布${open}`,
      heading: `${title}已发布`,
      paragraphs: [
        `${title}已发布，问卷和样本自发布时锁定${open}。`,
        '截止前，系统只提醒尚未答卷的客户；截止之后收到的答卷单独保存，不计入本期结果。',
      ],
      details: [...cycleDetails(c), ...detail('答卷截止', closesOn, (day) => moment(c.dueOn(day)).trim())],
    };
  },

  'survey-missed': (c) => {
    const title = cycle(c);
    const own = c.obligation?.responsible === c.notice.seat;
    return {
      subject: `${title}未按期发布，${own ? '请' : `${ownerRole(c)}应`}尽快补办`,
      heading: `${title}未按期发布`,
      paragraphs: [
        `${title}${c.due ? `应于${until(c)}前完成` : '期限已届满'}，期限届满时问卷尚未发布，本期记为未按期开展，不并入下一期。`,
        '本期仍可补办：问卷发布之后按原有步骤继续，逾期天数如实记录。',
      ],
      details: [
        ...cycleDetails(c),
        ...dueDetails(c, '本期调查期限'),
        ...(c.obligation ? [['责任方', owner(c)] as [string, string]] : []),
      ],
    };
  },

  'survey-report-released': (c) => {
    const title = cycle(c);
    const { by } = c.notice.facts;
    const verdict = VERDICTS[c.notice.facts.verdict ?? ''];
    return {
      subject: `${title}的报告已发布${verdict === undefined ? '' : `：${verdict}`}`,
      heading: `${title}的报告已发布`,
      paragraphs: [
        `${by === undefined ? '' : `${role(c, by)}已发布`}${title}的报告${by === undefined ? '已发布' : ''}${verdict === undefined ? '' : `，结论：${verdict}`}。`,
        '报告载有各项结果及其置信区间、计算口径、与以往各期的比较和分析意见，可登录系统，在该期调查的页面下载（网页、PDF、Excel）。',
      ],
      details: cycleDetails(c),
    };
  },

  'results-published': (c) => {
    const { by } = c.notice.facts;
    const title = c.notice.obligation === undefined ? '改进事项' : deliverable(c);
    return {
      subject: `${title}的结果和改进进展已公布`,
      heading: `${title}的结果和改进进展已公布`,
      paragraphs: [
        `${by === undefined ? '' : `${role(c, by)}已向员工公布`}${title}的结果和改进措施进展${by === undefined ? '已向员工公布' : ''}。公布的内容不含客户姓名、联系方式和单份答卷。`,
      ],
      details: detail('编号', c.notice.facts.process, String),
    };
  },
};

/** Of a verdict against the target. */
const VERDICTS: Record<string, string> = {
  reached: '已达到约定目标',
  missed: '未达到约定目标',
  none: '不作达标结论',
};

/** 《季度满意度调查》（2027 年第一季度）; without its duty, 满意度调查 by its reference. */
function cycle(c: NoticeContext): string {
  return c.notice.obligation === undefined ? `满意度调查 ${c.notice.facts.process ?? ''}`.trim() : deliverable(c);
}

function cycleDetails(c: NoticeContext): [string, string][] {
  return detail('编号', c.notice.facts.process, String);
}
