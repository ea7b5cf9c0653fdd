import type { CaseEventType } from '../../domain/case/event.ts';
import type { CaseStatus } from '../../domain/case/state.ts';
import type { Text } from '../../domain/time.ts';

/** What the pages for whoever brings a case in say. They name no clause and no party: the reader is none. */
export const W = {
  form: { zh: '提交投诉、咨询或服务请求', en: 'Report a problem, ask or request a service' },
  formIntro: {
    zh: '提交后您会立即得到编号，并可随时查看处理情况。带 * 的为必填。',
    en: 'You get a number at once and can follow what becomes of it. What bears * is needed.',
  },
  to: { zh: '受理单位', en: 'To' },
  type: { zh: '类别', en: 'What is it?' },
  category: { zh: '问题分类', en: 'What is it about?' },
  anyCategory: { zh: '不确定', en: 'Not sure' },
  topic: { zh: '标题', en: 'In a few words' },
  details: { zh: '具体情况', en: 'What happened?' },
  name: { zh: '您的称呼', en: 'Your name' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  emailHelp: { zh: '回执和处理结果将发送至此邮箱。', en: 'The receipt and the result go there.' },
  phone: { zh: '联系电话', en: 'Telephone' },
  reach: {
    zh: '邮箱和电话请至少填一项，以便与您联系。您的信息只用于处理本次反映的问题。',
    en: 'Leave an e-mail or a telephone number, so that we can answer. They are used for this alone.',
  },
  reachMissing: {
    zh: '请填写邮箱或电话中的至少一项。',
    en: 'Please leave an e-mail or a telephone number.',
  },
  missing: { zh: '请填写此项。', en: 'Please fill this in.' },
  wrongEmail: { zh: '邮箱格式不正确。', en: 'This is no e-mail address.' },
  send: { zh: '提交', en: 'Send' },
  received: { zh: '已收到', en: 'We have it' },
  receivedText: {
    zh: '您反映的情况已登记。请保存下面的编号，并通过此页查看处理情况。',
    en: 'What you reported is registered. Keep this number; the page below shows what becomes of it.',
  },
  receiptMailed: { zh: '回执也会发送到您的邮箱。', en: 'A receipt goes to your e-mail as well.' },
  number: { zh: '编号', en: 'Number' },
  follow: { zh: '查看处理情况', en: 'See what becomes of it' },
  once: {
    zh: '此链接仅在这里显示一次，请收藏该页或保存链接。',
    en: 'The link is shown here once: keep the page among your bookmarks.',
  },
  closed: { zh: '本链接目前不受理新的问题', en: 'Nothing can be reported here at present' },
  closedText: { zh: '请直接与受理单位联系。', en: 'Please contact the provider directly.' },
  you: { zh: '您反映的情况', en: 'What you reported' },
  reportedAt: { zh: '提交时间', en: 'Reported' },
  status: { zh: '当前状态', en: 'How it stands' },
  next: { zh: '接下来', en: 'What comes next' },
  by: { zh: '处理时限', en: 'By' },
  stopped: { zh: '计时已暂停', en: 'The clock stands still' },
  told: { zh: '处理经过', en: 'What happened so far' },
  round: { zh: '第 {n} 次处理', en: 'round {n}' },
  plan: { zh: '服务方案', en: 'The plan for you' },
  planAsk: {
    zh: '您是否同意按此方案服务？确认后即开始执行。',
    en: 'Do you agree? It is carried out once you confirm it.',
  },
  confirm: { zh: '同意此方案', en: 'I agree' },
  change: { zh: '需要修改', en: 'Please change it' },
  changeNote: { zh: '希望如何修改（选择“需要修改”时填写）', en: 'What should be different? (if it is to be changed)' },
  pauseAsk: {
    zh: '处理方认为您提供的信息需要补充或更正，计时已暂停。请补正，或说明信息无误。',
    en: 'We need more, or other, information from you, and the clock stands still. Add it, or say that it is right.',
  },
  contestNote: { zh: '补充、更正的内容，或说明', en: 'What you add, correct or say to it' },
  correct: { zh: '提交补充或更正', en: 'Send what I add or correct' },
  contest: { zh: '信息无误，提出异议', en: 'It is right: I contest this' },
  result: { zh: '处理结果', en: 'The result' },
  judgeAsk: { zh: '您对处理结果是否满意？', en: 'Does the result satisfy you?' },
  acceptAsk: { zh: '您是否验收本次服务？请同时评分。', en: 'Do you accept the service? Please give a score.' },
  score: { zh: '评分', en: 'Score' },
  scoreHelp: { zh: '按约定的评分标准填写数字，可不填。', en: 'A number on the agreed scale; may be left out.' },
  wrongScore: { zh: '评分应为数字。', en: 'The score is a number.' },
  note: { zh: '补充说明（选填）', en: 'Anything to add? (optional)' },
  satisfied: { zh: '满意', en: 'Satisfied' },
  dissatisfied: { zh: '不满意，请继续处理', en: 'Not satisfied: please go on' },
  reopenTitle: { zh: '问题仍未解决？', en: 'It is not solved after all?' },
  reopenNote: { zh: '请说明仍存在的问题', en: 'What is still wrong?' },
  reopen: { zh: '重新处理', en: 'Open it again' },
  addTitle: { zh: '补充情况', en: 'Add something' },
  addNote: { zh: '想补充的内容', en: 'What you want to add' },
  add: { zh: '提交', en: 'Send' },
  reason: { zh: '请填写说明。', en: 'Please say why.' },
  opinion: { zh: '您的意见', en: 'What you said' },
  saidYes: { zh: '满意', en: 'satisfied' },
  saidNo: { zh: '不满意', en: 'not satisfied' },
  done: { zh: '已收到，谢谢。', en: 'Thank you, we have it.' },
  pending: {
    zh: '已收到，稍后即可在此看到。以提交时间为准。',
    en: 'We have it; it shows here in a moment. The time at which you sent it counts.',
  },
  refused: {
    zh: '当前状态下已不能这样操作，情况如下。',
    en: 'That is not possible any more; this is how it stands.',
  },
} as const satisfies Record<string, Text>;

/** What a type is called by whoever comes with it. */
export const TYPE_WORDS: Record<'complaint' | 'service-request' | 'enquiry' | 'feedback', Text> = {
  complaint: { zh: '投诉', en: 'A complaint' },
  'service-request': { zh: '服务请求', en: 'A request for service' },
  enquiry: { zh: '咨询', en: 'A question' },
  feedback: { zh: '意见和建议', en: 'An opinion or a suggestion' },
};

export const STATUS_WORDS: Record<CaseStatus | 'starting' | 'paused', Text> = {
  starting: { zh: '已登记', en: 'Registered' },
  open: { zh: '已登记，等待处理人响应', en: 'Registered; somebody will answer' },
  responded: { zh: '处理人已响应', en: 'Somebody is on it' },
  'in-progress': { zh: '正在处理', en: 'Being worked on' },
  'plan-proposed': { zh: '服务方案等待您确认', en: 'The plan waits for you' },
  'plan-confirmed': { zh: '方案已确认，正在执行', en: 'You agreed; the plan is carried out' },
  executed: { zh: '方案已执行，等待结果', en: 'The plan was carried out' },
  negotiating: { zh: '正在协商解决方案', en: 'The solution is being negotiated' },
  resolved: { zh: '已处理', en: 'Resolved' },
  'awaiting-opinion': { zh: '已处理，等待您的意见', en: 'Resolved; what do you think?' },
  closed: { zh: '已办结', en: 'Closed' },
  paused: { zh: '等待您补充信息', en: 'Waits for information from you' },
};

/** What comes next, as the customer may hear it. */
export const NEXT_WORDS: Record<string, Text> = {
  starting: { zh: '处理人将尽快与您联系。', en: 'Somebody will get in touch with you.' },
  respond: { zh: '处理人将尽快与您联系。', en: 'Somebody will get in touch with you.' },
  assign: { zh: '正在安排合适的人员。', en: 'Somebody qualified is being found.' },
  plan: { zh: '处理人将提出服务方案，请您确认。', en: 'You will get a plan to agree to.' },
  confirm: { zh: '请您确认服务方案。', en: 'Please look at the plan and say whether you agree.' },
  execute: { zh: '处理人正在按方案执行。', en: 'The plan is being carried out.' },
  agree: { zh: '有关各方正在协商解决方案。', en: 'Those involved are agreeing on a solution.' },
  resolve: { zh: '处理人正在解决您的问题。', en: 'Your problem is being solved.' },
  tell: { zh: '处理结果将告知您。', en: 'You will be told the result.' },
  decide: { zh: '内部评估中。', en: 'It is being reviewed.' },
  record: { zh: '正在完善记录。', en: 'The record is being completed.' },
  provide: { zh: '请您补充或更正信息。', en: 'Please add to your information, or correct it.' },
  resume: {
    zh: '因不可抗力暂停，恢复后继续处理。',
    en: 'It stands still because of force majeure, and goes on afterwards.',
  },
  judge: { zh: '请告诉我们您的意见。', en: 'Please tell us what you think of the result.' },
  close: { zh: '即将办结。', en: 'It will be closed soon.' },
  nothing: { zh: '已办结。', en: 'It is closed.' },
};

/** What happened, as the customer may hear it; what is not here is the provider's own business. */
export const TOLD_WORDS: Partial<Record<CaseEventType, Text>> = {
  'case-opened': { zh: '已登记', en: 'Registered' },
  'case-responded': { zh: '处理人已响应', en: 'Somebody answered' },
  'case-forwarded': { zh: '已转交相关部门', en: 'Passed on to the department concerned' },
  'case-assigned': { zh: '已安排人员处理', en: 'Somebody was assigned' },
  'case-progress-told': { zh: '进展通报', en: 'How it stands' },
  'case-paused': { zh: '暂停，等待补充信息', en: 'It stands still' },
  'case-resumed': { zh: '继续处理', en: 'It goes on' },
  'case-noted': { zh: '您补充了情况', en: 'You added something' },
  'case-contested': { zh: '您补正了信息或提出了异议', en: 'You added to it, or contested it' },
  'case-planned': { zh: '提出服务方案', en: 'A plan was made' },
  'case-plan-confirmed': { zh: '您同意了方案', en: 'You agreed to the plan' },
  'case-plan-changed': { zh: '您希望修改方案', en: 'You wanted the plan changed' },
  'case-executed': { zh: '方案已执行', en: 'The plan was carried out' },
  'case-resolved': { zh: '处理完毕', en: 'Resolved' },
  'case-follow-up-asked': { zh: '回访询问', en: 'We asked whether it is really solved' },
  'case-judged': { zh: '您反馈了意见', en: 'You said what you think of it' },
  'case-reopened': { zh: '重新打开，再次处理', en: 'Opened again' },
  'case-closed': { zh: '已办结', en: 'Closed' },
};

/** Of these the customer reads the words as they were written. */
export const TOLD_IN_WORDS: readonly CaseEventType[] = [
  'case-responded',
  'case-progress-told',
  'case-paused',
  'case-planned',
  'case-resolved',
  'case-noted',
  'case-contested',
  'case-plan-changed',
  'case-plan-confirmed',
  'case-judged',
  'case-reopened',
];
