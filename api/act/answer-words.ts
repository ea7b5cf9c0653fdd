import type { EngagementEndGround } from '../../domain/agreement/compiled.ts';
import type { Text } from '../../domain/time.ts';

/** The words of the link pages on which something is answered that is no duty. */
export const ANSWER_WORDS = {
  seal: { zh: '登记盖章', en: 'Record the seal' },
  sealIntro: {
    zh: '此处登记贵方已在纸质文本上盖章，并非电子签章。',
    en: 'Enter here that your side has sealed on paper. This is no electronic seal.',
  },
  sealedOn: { zh: '纸质文本上的盖章日期', en: 'Date on the paper' },
  sealScan: { zh: '盖章页扫描件', en: 'Scan of the sealed page' },
  approve: { zh: '同意', en: 'Consent' },
  accept: { zh: '答复变更提议', en: 'Answer the proposed change' },
  acceptIt: { zh: '接受变更', en: 'Accept the change' },
  declineIt: { zh: '不接受', en: 'Decline' },
  object: { zh: '对续签提出异议', en: 'Object to the renewal' },
  objectIntro: {
    zh: '各方均未提出异议的，协议期满自动续签；任何一方提出异议的，协议到期终止。',
    en: 'Unless somebody objects, the term is renewed when it ends. One objection, and it ends on its last day.',
  },
  objectToEnd: { zh: '对终止通知提出异议', en: 'Object to the end' },
  objectToEndIntro: {
    zh: '通知期内可以提出异议。异议记录在案并告知对方，但异议本身不阻止终止的效力；有争议的，任何一方均可请求人民法院或者仲裁机构确认终止（解除）的效力（《民法典》第五百六十五条第一款）。',
    en: 'You may object while the notice runs. It is on record and told to the other side; it does not by itself stop the end: if that is disputed, either side may ask a court or an arbitral tribunal to confirm its effect (PRC Civil Code, art. 565).',
  },
  objectIt: { zh: '提出异议，不再续签', en: 'Object: no renewal' },
  answer: { zh: '答复索赔', en: 'Answer the claim' },
  agreeIt: { zh: '同意赔偿', en: 'Agree' },
  disputeIt: { zh: '提出异议', en: 'Dispute it' },
  agreedAmount: { zh: '同意赔偿的金额', en: 'Amount that you agree to' },
  setOff: { zh: '从中扣除同一义务已入账的违约金', en: 'Deduct penalties posted for the same duty' },
  reply: { zh: '答复', en: 'Reply' },
  engagement: { zh: '办理第三方介入事项', en: 'Act on a third party’s involvement' },
  replyText: { zh: '答复内容', en: 'Your reply' },
  refuseIt: { zh: '拒绝', en: 'Refuse' },
  reason: { zh: '理由', en: 'Reason' },
  note: { zh: '备注', en: 'Note' },
  pay: { zh: '登记付款', en: 'Record the payment' },
  amount: { zh: '金额', en: 'Amount' },
  unpaid: { zh: '未付金额', en: 'Unpaid' },
  paidToday: {
    zh: '以今天为付款日登记。此前已付的款项，由收款方登记，或由项目协调人凭银行凭证登记。',
    en: "It is entered as paid today. What was paid before is entered by whoever received it, or by the coordinator with the bank's paper.",
  },
  reference: { zh: '付款凭证号', en: 'Reference of the payment' },
  noConsent: {
    zh: '未答复不视为同意；如不同意，请联系项目协调人。',
    en: 'Silence is never consent. If you do not agree, tell the project coordinator.',
  },
  difference: { zh: '变更内容', en: 'What changes' },
  terms: { zh: '条款参数', en: 'Terms' },
  proposedBy: { zh: '提出方', en: 'Proposed by' },
  effectiveOn: { zh: '生效日期', en: 'Takes effect on' },
  by: { zh: '提出方', en: 'By' },
  claimed: { zh: '索赔金额', en: 'Claimed' },
  cause: { zh: '索赔原因', en: 'Cause' },
  items: { zh: '索赔项目', en: 'Items' },
  lossOn: { zh: '损失发生日', en: 'Loss arose on' },
  obligation: { zh: '所涉义务', en: 'Duty' },
  about: { zh: '相关事项', en: 'About' },
  topic: { zh: '主题', en: 'Topic' },
  details: { zh: '内容', en: 'Details' },
  agenda: { zh: '议程', en: 'Agenda' },
  on: { zh: '日期', en: 'Date' },
  lastDay: { zh: '本期有效期截止日', en: 'Last day of the term' },
  value: { zh: '基线值', en: 'Value' },
  days: { zh: '天数', en: 'Days' },
  ground: { zh: '终止事由', en: 'Ground' },
  endGround: { zh: '结束事由', en: 'Ground' },
  purpose: { zh: '约定的介入目的', en: 'Stated purpose' },
  endsOn: { zh: '拟终止日期', en: 'End proposed for' },
  from: { zh: '中止起始日', en: 'From' },
  documents: { zh: '随附文件', en: 'Documents' },
  notAgreed: { zh: '未约定', en: 'not agreed' },
} satisfies Record<string, Text>;

/** Grounds of an end, in words. */
export const GROUND_WORDS: Record<string, Text> = {
  mutual: { zh: '双方协商一致', en: 'by mutual agreement' },
  breach: { zh: '违约且未获补救', en: 'a breach that was not put right' },
  'serious-breach': { zh: '严重违约', en: 'serious breach' },
  'force-majeure': { zh: '不可抗力', en: 'force majeure' },
  repeal: { zh: '制度废止', en: 'repeal' },
  expiry: { zh: '期限届满', en: 'expiry' },
  'agreed-list': { zh: '约定的终止事由', en: 'a ground that was agreed on' },
};

/** Grounds on which a third party's involvement ends, in words. */
export const ENGAGEMENT_GROUND_WORDS: Record<EngagementEndGround, Text> = {
  'unable-to-perform': { zh: '第三方无法履行职责', en: 'it cannot perform' },
  breach: { zh: '第三方违反合同', en: 'it is in breach' },
  'purpose-achieved': { zh: '介入目的已实现', en: 'its purpose is achieved' },
};
