import type { ConsequenceKind } from '../../../domain/evaluation/compiled.ts';
import { CONSEQUENCE_WORDS } from '../../../domain/evaluation/vocabulary.ts';
import { readReference } from '../../../domain/agreement/reference.ts';
import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { book, date, detail, money, titled } from './phrases.ts';

/** Evaluations: the scheme, the result and the days to object, what was decided. */
export const evaluationTexts: Pick<
  Wording['texts'],
  | 'evaluation-scheme-missing'
  | 'evaluation-scheme-request'
  | 'evaluation-result'
  | 'evaluation-confirm-request'
  | 'evaluation-objection-reminder'
  | 'evaluation-objected'
  | 'evaluation-objection-answered'
  | 'evaluation-corrected'
  | 'evaluation-final'
  | 'evaluation-published'
  | 'evaluation-decision-request'
  | 'evaluation-decided'
  | 'evaluation-explanation-request'
> = {
  'evaluation-scheme-missing': (c) => ({
    subject: `请尽快制定考核标准：${what(c)}`,
    heading: `${what(c)}已开始，考核标准尚未制定`,
    paragraphs: [
      `考核周期已经开始，${book(c.agreementTitle)}中尚未约定指标、权重和评分标准。标准制定之前不能评分。`,
      '请与各方商定考核标准，由项目协调人登记为协议条款。',
    ],
    details: details(c),
  }),

  'evaluation-scheme-request': (c) => ({
    subject: `请确认考核标准：${what(c)}`,
    heading: `请确认${what(c)}的考核标准`,
    paragraphs: [
      '评分之前，各方须确认所用的考核标准及其版本。请登录系统查看指标、权重和评分标准，确认无误后登记确认。',
      '尚有一方未确认的，任何一项都不能评分。',
    ],
    details: [...details(c), ...detail('标准版本', c.notice.facts.what, String)],
  }),

  'evaluation-result': (c) => ({
    subject: `初步结果：${what(c)}${of(c)}${totalOf(c)}`,
    heading: `${what(c)}的初步结果已得出`,
    paragraphs: [
      `${who(c)}本期的初步结果已得出。各项得分、权重、依据及计算过程可登录系统查看。`,
      ...windowText(c),
      ...verdictText(c),
    ],
    details: results(c),
  }),

  'evaluation-confirm-request': (c) => ({
    subject: `请复核确认：${what(c)}${of(c)}`,
    heading: `请复核${what(c)}的初步结果`,
    paragraphs: [`${who(c)}的初步结果须由评分人以外的人复核确认，确认后方可确定。请登录系统查看评分及依据。`],
    details: results(c),
  }),

  'evaluation-objection-reminder': (c) => ({
    subject: `异议期即将届满：${what(c)}${of(c)}`,
    heading: `${what(c)}的异议期即将届满`,
    paragraphs: [...windowText(c), '没有异议的，无须办理；届满后结果确定。'],
    details: results(c),
  }),

  'evaluation-objected': (c) => ({
    subject: `收到异议：${what(c)}${of(c)}${indicatorOf(c)}`,
    heading: `${who(c)}对${what(c)}的结果提出异议`,
    paragraphs: [
      `${indicatorOf(c) === '' ? '异议针对整个结果' : `异议针对${indicatorOf(c).slice(1)}`}，理由可登录系统查看。请予答复；异议成立的，由评分人和考核对象以外的人写明理由后更正评分。`,
    ],
    details: results(c),
  }),

  'evaluation-objection-answered': (c) => {
    const isUpheld = c.notice.facts.status === 'uphold';
    return {
      subject: `异议${isUpheld ? '成立' : '不成立'}：${what(c)}${of(c)}`,
      heading: `对${what(c)}结果的异议已答复`,
      paragraphs: [
        isUpheld ? '经核实，异议成立，评分将予更正。' : '经核实，异议不成立，评分不变。',
        '答复的理由可登录系统查看。',
      ],
      details: results(c),
    };
  },

  'evaluation-corrected': (c) => ({
    subject: `评分已更正：${what(c)}${of(c)}${indicatorOf(c)}`,
    heading: `${what(c)}的评分已更正`,
    paragraphs: [
      `${indicatorOf(c) === '' ? '一项评分' : indicatorOf(c).slice(1)}已由评分人以外的人更正，更正前后的分值和理由可登录系统查看。`,
    ],
    details: results(c),
  }),

  'evaluation-final': (c) => ({
    subject: `结果已确定：${what(c)}${of(c)}${totalOf(c)}`,
    heading: `${what(c)}的结果已确定`,
    paragraphs: [`${who(c)}的结果已经确定，不再更正。`, ...verdictText(c)],
    details: results(c),
    notes: ['结果如何应用，由有权决定的一方另行决定，系统不自动执行。'],
  }),

  'evaluation-published': (c) => ({
    subject: `考核结果公布：${what(c)}`,
    heading: `${what(c)}的结果现予公布`,
    paragraphs: ['本期全部结果均已确定，现连同评分依据一并公布，可登录系统查看。'],
    details: details(c),
  }),

  'evaluation-decision-request': (c) => ({
    subject: `请决定结果如何应用：${what(c)}${of(c)}`,
    heading: `${what(c)}的结果有待决定如何应用`,
    paragraphs: [
      `${consequenceOf(c) === '' ? '按约定的分档和条款，系统提出了结果应用的建议' : `现提出建议：${consequenceOf(c)}`}。建议不自动执行，请登录系统逐项决定采纳或者不采纳，并写明理由。`,
    ],
    details: results(c),
  }),

  'evaluation-decided': (c) => {
    const { status, amount, currency = '' } = c.notice.facts;
    const isTaken = status === 'approve';
    return {
      subject: `${isTaken ? '决定采纳' : '决定不采纳'}${consequenceOf(c)}：${what(c)}${of(c)}`,
      heading: `${what(c)}的结果应用已决定`,
      paragraphs: [
        `就${who(c)}的结果，${isTaken ? `决定采纳：${consequenceOf(c)}` : `决定不采纳：${consequenceOf(c)}`}。理由可登录系统查看。`,
      ],
      details: [...results(c), ...detail('金额', amount, (sum) => money(sum, currency))],
    };
  },

  'evaluation-explanation-request': (c) => ({
    subject: `请说明情况：未及时响应客户反馈`,
    heading: '请就未及时响应客户反馈的情况作出说明',
    paragraphs: [
      '以下客户反馈未在约定期限内响应，已列入责任追究清单。请登录系统说明情况；是否追究由有权决定的人在听取说明后决定。',
    ],
    details: details(c),
  }),
};

/** 《周期评分》（2026-06-30起）; of one that people opened, its rule. */
function what(c: NoticeContext): string {
  const { obligation, occurrence, facts } = c.notice;
  if (obligation !== undefined) return titled(c, obligation, occurrence);
  const { obligation: name } = readReference(facts.process ?? '');
  return book(c.ruleTitle(name));
}

function isSeat(c: NoticeContext, subject: string): boolean {
  const { parties, seats, seatParties = {} } = c.agreement;
  return parties.includes(subject) || seats.includes(subject) || Object.hasOwn(seatParties, subject);
}

/** 乙方; a member of staff is not named in a mail. */
function who(c: NoticeContext): string {
  const { about = 'agreement' } = c.notice.facts;
  if (about === 'agreement') return '协议履行';
  return isSeat(c, about) ? c.roleOf(about) : '一名服务人员';
}

function of(c: NoticeContext): string {
  const { about = 'agreement' } = c.notice.facts;
  return about === 'agreement' ? '' : `（${who(c)}）`;
}

function totalOf(c: NoticeContext): string {
  const { value } = c.notice.facts;
  return value === undefined ? '' : `，${value} 分`;
}

function indicatorOf(c: NoticeContext): string {
  const { dimension } = c.notice.facts;
  return dimension === undefined ? '' : `，${c.dimensionTitle(dimension) ?? dimension}`;
}

function consequenceOf(c: NoticeContext): string {
  const { kind } = c.notice.facts;
  return kind !== undefined && Object.hasOwn(CONSEQUENCE_WORDS, kind)
    ? CONSEQUENCE_WORDS[kind as ConsequenceKind].zh
    : '';
}

function windowText(c: NoticeContext): string[] {
  const { localDate } = c.notice.facts;
  return localDate === undefined ? [] : [`对结果有异议的，请于 ${date(localDate)}（含当日）前提出，并写明理由。`];
}

function verdictText(c: NoticeContext): string[] {
  const { verdict } = c.notice.facts;
  if (verdict === undefined) return [];
  return [
    verdict === 'performed'
      ? '约定的各项成功条件均已满足，视为履约成功。'
      : '约定的成功条件未全部满足，无论总分高低，均不视为履约成功。',
  ];
}

function details(c: NoticeContext): [string, string][] {
  return detail('编号', c.notice.facts.process, String);
}

function results(c: NoticeContext): [string, string][] {
  const { value, localDate } = c.notice.facts;
  return [
    ['考核对象', who(c)],
    ...detail('总分', value, String),
    ...detail('异议期截止', localDate, date),
    ...details(c),
  ] satisfies NoticeText['details'];
}
