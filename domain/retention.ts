import type { Text } from './time.ts';

/** How long something is kept, and why: one rule for all rows of a kind. */
export interface RetentionRule {
  id: string;
  what: Text;
  /** Days after `from`; 0: as soon as it has come; null: nothing is removed by itself. */
  days: number | null;
  /** What the days count from. */
  from: Text;
  why: Text;
  /** Law or purpose. */
  ground: Text;
}

const YEAR = 365;
const PROOF: Text = {
  zh: '《民法典》第 188 条（诉讼时效三年）；《个人信息保护法》第 13 条第 1 款第 2 项、第 47 条第 2 款',
  en: 'Civil Code art. 188 (limitation of three years); PIPL art. 13(1)(2) and 47(2)',
};
const LOGS: Text = {
  zh: '《网络安全法》：网络日志留存不少于六个月；《个人信息保护法》第 51 条、第 54 条',
  en: 'Cybersecurity Law: network logs for at least six months; PIPL art. 51 and 54',
};
const MINIMUM: Text = {
  zh: '《个人信息保护法》第 19 条：保存期限为实现处理目的所必要的最短时间',
  en: 'PIPL art. 19: no longer than the purpose needs',
};

/** Years after an agreement's end for which those who acted in it stay named (Civil Code art. 188). */
export const PROOF_YEARS = 3;

/** The rules, each carried out daily by the worker (activities/retention.ts) unless `days` is null. */
export const RETENTION = [
  {
    id: 'record',
    what: { zh: '协议、事件、台账、文件', en: 'Agreements, events, ledger, documents' },
    days: null,
    from: { zh: '—', en: '—' },
    why: {
      zh: '哈希链只增不删；事件中没有姓名与地址',
      en: 'the hash chain only grows; events bear no names or addresses',
    },
    ground: PROOF,
  },
  {
    id: 'people',
    what: { zh: '通讯录中的人员', en: 'People of the directory' },
    days: null,
    from: { zh: '—', en: '—' },
    why: {
      zh: '由管理员删除；在协议中任职、签署、提交或审核过的，至协议结束满三年',
      en: 'erased by an administrator; whoever sits, signed, handed in or reviewed: not before three years after the end',
    },
    ground: PROOF,
  },
  {
    id: 'notice-addresses',
    what: { zh: '通知的收件地址与主题', en: 'Address and subject of notices' },
    days: PROOF_YEARS * YEAR,
    from: { zh: '协议结束', en: 'the end of the agreement' },
    why: { zh: '证明通知已送达', en: 'proof that the notice was served' },
    ground: PROOF,
  },
  {
    id: 'requests',
    what: { zh: '请求及其答复（按幂等键）', en: 'Requests and their answers by Idempotency-Key' },
    days: 30,
    from: { zh: '收到请求之日', en: 'the request' },
    why: { zh: '重复的请求得到同一答复', en: 'the same request again gets the same answer' },
    ground: MINIMUM,
  },
  {
    id: 'access-log',
    what: { zh: '查阅、导出、下载记录', en: 'Log of views, exports and downloads' },
    days: 3 * YEAR,
    from: { zh: '记录之日', en: 'the entry' },
    why: { zh: '供本人知悉何人查阅过其信息；审计', en: 'people see who looked at their data; audit' },
    ground: LOGS,
  },
  {
    id: 'refusals',
    what: { zh: '被拒绝的请求', en: 'Requests that were refused' },
    days: 3 * YEAR,
    from: { zh: '拒绝之日', en: 'the refusal' },
    why: { zh: '留存被拒绝请求的证据；安全审计', en: 'proof of what was tried; security audit' },
    ground: LOGS,
  },
  {
    id: 'attempts',
    what: { zh: '登录等操作的尝试次数', en: 'Counts of attempts' },
    days: 0,
    from: { zh: '计数到期', en: 'the count expires' },
    why: { zh: '防止暴力猜测', en: 'stops guessing' },
    ground: MINIMUM,
  },
  {
    id: 'sessions',
    what: { zh: '登录会话（含 IP 与浏览器）', en: 'Sessions, with IP address and browser' },
    days: 0,
    from: { zh: '会话到期', en: 'the session expires' },
    why: { zh: '保持登录', en: 'staying signed in' },
    ground: MINIMUM,
  },
  {
    id: 'verifications',
    what: { zh: '一次性验证', en: 'One-time verifications' },
    days: 0,
    from: { zh: '验证到期', en: 'they expire' },
    why: { zh: '重设密码、确认邮箱', en: 'reset of a password, proof of an address' },
    ground: MINIMUM,
  },
  {
    id: 'api-keys',
    what: { zh: '已到期的访问密钥', en: 'API keys that have expired' },
    days: 90,
    from: { zh: '密钥到期', en: 'the key expires' },
    why: { zh: '供本人查看曾有的密钥', en: 'people see which they had' },
    ground: MINIMUM,
  },
  {
    id: 'links',
    what: { zh: '已到期或撤销的办理链接', en: 'Links to act that have expired or were withdrawn' },
    days: YEAR,
    from: { zh: '到期或撤销之日', en: 'the end of the link' },
    why: { zh: '打开旧邮件中的链接时，可说明失效原因', en: 'an old mail’s link can say why it works no more' },
    ground: MINIMUM,
  },
  {
    id: 'survey-trials',
    what: { zh: '问卷测试发送的链接及试填内容', en: 'Links of surveys’ test sends, and what was filled in by them' },
    days: 3,
    from: { zh: '发送之日', en: 'the test send' },
    why: { zh: '试填问卷', en: 'trying a questionnaire out' },
    ground: MINIMUM,
  },
  {
    id: 'feeds',
    what: { zh: '已撤销的日历订阅', en: 'Calendar feeds that were withdrawn' },
    days: YEAR,
    from: { zh: '撤销之日', en: 'the withdrawal' },
    why: { zh: '同上', en: 'the same' },
    ground: MINIMUM,
  },
  {
    id: 'inbound-mail',
    what: { zh: '退信与投诉回执', en: 'Delivery reports and complaints' },
    days: 180,
    from: { zh: '收到之日', en: 'receipt' },
    why: { zh: '核对通知是否送达；结果已记入通知', en: 'whether notices were served; the notice keeps the outcome' },
    ground: MINIMUM,
  },
  {
    id: 'case-contacts',
    what: {
      zh: '工单反映人的称呼、邮箱、电话及查询链接',
      en: 'Name, e-mail, telephone and links of whoever brought a case in',
    },
    days: YEAR,
    from: { zh: '工单办结', en: 'the case is closed' },
    why: {
      zh: '办结后回访、重新打开；客户名录中的信息另行管理',
      en: 'asking whether it holds, and opening it again; what the directory of customers has is apart',
    },
    ground: MINIMUM,
  },
  {
    id: 'webhook-deliveries',
    what: { zh: '事件推送记录', en: 'Deliveries of events to other systems' },
    days: 90,
    from: { zh: '送达或放弃推送', en: 'delivery, or giving up' },
    why: { zh: '重新推送', en: 'sending them again' },
    ground: MINIMUM,
  },
  {
    id: 'tasks',
    what: { zh: '已办结的待办', en: 'Tasks that are done' },
    days: 3 * YEAR,
    from: { zh: '办结之日', en: 'the day they were done' },
    why: { zh: '证明项目协调人已处理', en: 'proof that the coordinator saw to it' },
    ground: PROOF,
  },
  {
    id: 'answer-files',
    what: { zh: '已上传而未随答卷提交的附件', en: 'Files that were attached to an answer and never handed in' },
    days: 30,
    from: { zh: '上传，或最近一次保存草稿', en: 'the upload, or the last draft that names it' },
    why: { zh: '供填写人稍后接着填写', en: 'whoever answers may go on later' },
    ground: MINIMUM,
  },
] as const satisfies readonly RetentionRule[];
/** Rules that remove something by themselves. */
export type SweptRuleId = Exclude<(typeof RETENTION)[number], { days: null }>['id'];
