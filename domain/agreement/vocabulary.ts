import type { Text } from '../time.ts';
import type { ObligationKind } from './compiled.ts';
import type { EventType, LedgerLine } from './event.ts';
import type { NoticeKind } from './notice.ts';
import type { RejectionCode } from './rejection.ts';
import type { AgreementStatus, ObligationStatus } from './state.ts';

/**
 * Every word that goes over the wire, with what it means: `docs/vocabulary.md` is made from it. Later versions add
 * words and rename none.
 */
export const EVENT_WORDS: Record<EventType, Text> = {
  'agreement-started': {
    zh: '项目协调人启动协议，等待签署',
    en: 'the coordinator started the agreement; signatures are awaited',
  },
  'agreement-signed': { zh: '一方的纸面签署已登记', en: 'a party’s signature on paper was recorded' },
  'agreement-in-force': {
    zh: '各方均已签署，协议生效，期限起算',
    en: 'all parties have signed; the clocks run from day 0',
  },
  'obligation-opened': { zh: '义务或其一期开始计期', en: 'the clock of an obligation, or of an occurrence, began' },
  'deliverable-submitted': { zh: '交付物已提交', en: 'a deliverable was handed in' },
  'deliverable-accepted': { zh: '一方审核通过', en: 'a reviewer accepted' },
  'deliverable-rejected': { zh: '一方审核不通过，列明意见', en: 'a reviewer rejected, with numbered points' },
  'obligation-overdue': { zh: '期限届满而未履行', en: 'the due time passed unfulfilled' },
  'overdue-withdrawn': {
    zh: '查明已按时提交，撤销逾期',
    en: 'a hand-in in time came to light: the overdue is withdrawn',
  },
  'obligation-fulfilled': { zh: '义务履行完毕', en: 'the obligation is fulfilled' },
  'review-overdue': {
    zh: '审核期届满而未答复；逾期未答复不视为同意',
    en: 'the review window passed without an answer; silence is no consent',
  },
  'penalty-posted': { zh: '违约金入账', en: 'penalty posted to the ledger' },
  'penalty-credited': { zh: '违约金冲销', en: 'penalty reversed by a credit note' },
  'agreement-terminated': { zh: '协议终止', en: 'the agreement was terminated' },
  'agreement-expired': { zh: '协议到期', en: 'the term ended' },
};

export const AGREEMENT_STATUS_WORDS: Record<AgreementStatus | 'draft' | 'starting', Text> = {
  draft: { zh: '草稿', en: 'draft' },
  starting: { zh: '启动中', en: 'starting' },
  'awaiting-signatures': { zh: '待签署', en: 'awaiting signatures' },
  active: { zh: '履行中', en: 'active' },
  terminated: { zh: '已终止', en: 'terminated' },
  expired: { zh: '已到期', en: 'expired' },
};

export const OBLIGATION_STATUS_WORDS: Record<ObligationStatus, Text> = {
  pending: { zh: '待履行', en: 'pending' },
  'in-review': { zh: '审核中', en: 'in review' },
  rework: { zh: '退回修改', en: 'rework' },
  overdue: { zh: '已逾期', en: 'overdue' },
  fulfilled: { zh: '已履行', en: 'fulfilled' },
  'fulfilled-late': { zh: '逾期履行', en: 'fulfilled late' },
  waived: { zh: '已豁免', en: 'waived' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

export const OBLIGATION_KIND_WORDS: Record<ObligationKind, Text> = {
  deliverable: { zh: '交付物', en: 'deliverable' },
  survey: { zh: '满意度调查', en: 'survey' },
  analysis: { zh: '分析', en: 'analysis' },
  report: { zh: '报告', en: 'report' },
  improvement: { zh: '改进', en: 'improvement' },
  training: { zh: '培训', en: 'training' },
  meeting: { zh: '会议', en: 'meeting' },
  visit: { zh: '走访', en: 'visit' },
  evaluation: { zh: '评价考核', en: 'evaluation' },
  monitoring: { zh: '监控', en: 'monitoring' },
  payment: { zh: '付款', en: 'payment' },
  acknowledgement: { zh: '知悉', en: 'acknowledgement' },
  duty: { zh: '其他义务', en: 'other duty' },
};

export const NOTICE_WORDS: Record<NoticeKind, Text> = {
  'sign-invitation': { zh: '邀请登记签署', en: 'asks a party to record its signature' },
  'agreement-in-force': {
    zh: '告知协议生效及各期限',
    en: 'tells that the agreement is in force, and what is due when',
  },
  reminder: { zh: '提交期限的提醒', en: 'a rung of the ladder of a hand-in' },
  'review-reminder': { zh: '审核期限的提醒', en: 'a rung of the ladder of a review' },
  summary: { zh: '未能按时发出的提醒之汇总', en: 'rungs that were missed, in one mail' },
  'review-request': { zh: '请求审核', en: 'asks for a review' },
  'deliverable-submitted': { zh: '告知对方已提交', en: 'tells the other side of a hand-in' },
  'deliverable-accepted': { zh: '告知审核通过', en: 'tells that a reviewer accepted' },
  'deliverable-rejected': { zh: '告知审核不通过及整改期限', en: 'tells of a rejection, and when it is due again' },
  'penalty-started': { zh: '告知双方违约金开始计算', en: 'tells both sides that a penalty runs' },
  'penalty-stopped': { zh: '告知双方违约金停止计算', en: 'tells both sides that it stopped' },
  'overdue-withdrawn': { zh: '告知双方逾期已撤销', en: 'tells both sides that an overdue was withdrawn' },
  'agreement-terminated': { zh: '告知协议终止', en: 'tells of the termination' },
  'agreement-expired': { zh: '告知协议到期', en: 'tells of the expiry' },
};

export const LEDGER_WORDS: Record<LedgerLine['kind'], Text> = {
  penalty: { zh: '违约金；days 为迟延日数，含宽限日', en: 'penalty; `days` are late days, days of grace included' },
  'credit-note': { zh: '冲销', en: 'credit note' },
};

export const REJECTION_WORDS: Record<RejectionCode, Text> = {
  'already-signed': { zh: '该方已签署', en: 'this party has signed already' },
  'signed-on-in-future': { zh: '签署日期晚于今天', en: 'the date on paper is after today' },
  'signed-on-too-early': { zh: '签署日期早于十年之前', en: 'the date on paper is more than ten years ago' },
  'signed-after-expiry': { zh: '签署日晚于有效期截止日', en: 'the signing date is after the last day of the term' },
  'not-in-force': { zh: '协议尚未生效', en: 'the agreement is not in force yet' },
  'not-responsible': { zh: '此事不由该方办理', en: 'this is not this party’s to do' },
  'not-submitted': { zh: '没有待审核的提交', en: 'nothing is under review' },
  'points-missing': { zh: '不通过须列明至少一条意见', en: 'a rejection needs at least one numbered point' },
  'already-fulfilled': { zh: '该义务已了结', en: 'the obligation is settled already' },
  'not-open-yet': { zh: '尚未到可办理的时间', en: 'it cannot be done yet' },
  'checklist-incomplete': { zh: '必备内容不齐', en: 'a required part is missing' },
  'evidence-missing': { zh: '代为登记须附凭证', en: 'an entry for somebody else needs its document' },
  'handed-in-out-of-range': {
    zh: '补录的提交时间不在本轮期间之内',
    en: 'the time entered for a hand-in is not within this round',
  },
  'unknown-obligation': { zh: '协议中没有该义务', en: 'the agreement has no such obligation' },
  'agreement-ended': { zh: '协议已终止或到期', en: 'the agreement has ended' },
};

export const RUNG_WORDS: Record<string, Text> = {
  'before-7, before-3, before-1': { zh: '届满前 7、3、1 日', en: '7, 3 and 1 days before' },
  due: { zh: '届满当日', en: 'on the last day' },
  'overdue-1, overdue-3, overdue-7, overdue-14, …': {
    zh: '逾期第 1、3、7 日，此后每周',
    en: 'days 1, 3, 7 after it, then weekly',
  },
};
