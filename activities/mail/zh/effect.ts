import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { book, date, detail, list, parties, role, who } from './phrases.ts';

/** Before the effect: seals, consents, baselines. */
export const effectTexts: Pick<
  Wording['texts'],
  'seal-invitation' | 'approval-request' | 'agreement-withdrawn' | 'baseline-entered'
> = {
  'seal-invitation': (c) => ({
    subject: `请在${book(c.agreementTitle)}上盖章并登记盖章日期`,
    heading: `请在${book(c.agreementTitle)}上盖章并登记盖章日期`,
    paragraphs: [
      '按照约定，本协议须经各方签字并盖章后生效。请贵方在纸质文本上盖章，然后登记盖章日期，并可上传扫描件。',
      '各方签署、盖章全部登记后协议生效，各项期限自其中最后一个日期的次日起计算。',
    ],
    details: parties(c),
    button: '登记盖章',
    notes: ['盖章以纸质文本为准。此处仅登记盖章事实，不能代替在文本上盖章。'],
  }),

  'approval-request': approvalRequest,

  'agreement-withdrawn': (c) => ({
    subject: `${book(c.agreementTitle)}已撤回，无须再签署`,
    heading: `${book(c.agreementTitle)}已撤回`,
    paragraphs: [
      `${book(c.agreementTitle)}在生效之前已由项目协调人撤回，未产生效力。`,
      '此前发出的签署、盖章和审阅邀请同时失效，贵方无须办理。',
    ],
  }),

  'baseline-entered': (c) => {
    const { about = '', by, value, status } = c.notice.facts;
    const goal = c.ruleTitle(about.replace(/^baseline:/, ''));
    if (status === 'locked') {
      return {
        subject: `“${goal}”的基线值已确认锁定${value === undefined ? '' : `：${value}`}（${book(c.agreementTitle)}）`,
        heading: `“${goal}”的基线值已确认锁定`,
        paragraphs: [
          `各方均已确认“${goal}”的基线值${value === undefined ? '' : ` ${value}`}，该值即行锁定，不再更改；目标以此为基准衡量。`,
        ],
        details: detail('基线值', value, String),
      };
    }
    return {
      subject: `请确认“${goal}”的基线值${value === undefined ? '' : ` ${value}`}：${book(c.agreementTitle)}`,
      heading: `请确认“${goal}”的基线值`,
      paragraphs: [
        `${who(c, by)}登记了“${goal}”的基线值${value === undefined ? '' : ` ${value}`}。该目标以此值为基准衡量，请贵方核对并确认。`,
        '各方均确认后，基线值即行锁定；登记新的数值的，此前的确认作废。',
      ],
      details: [['登记方', who(c, by)], ...detail('基线值', value, String)],
      button: '确认基线值',
    };
  },
};

function approvalRequest(c: NoticeContext): NoticeText {
  const title = book(c.agreementTitle);
  const { about, by } = c.notice.facts;
  switch (about?.replace(/^suspension:.*/, 'suspension').replace(/^posting:.*/, 'repeal-posting')) {
    case 'review':
      return {
        subject: `请在签署之前审阅并确认${title}`,
        heading: `请在签署之前审阅并确认${title}`,
        paragraphs: [
          '按照约定，各方应先审阅本协议的内容，再行签署。请贵方审阅全文；确认无误的，请点击下方按钮予以确认。',
          '各方均确认后，始可登记签署。对内容有异议的，请在确认之前与项目协调人联系。',
        ],
        details: parties(c),
        button: '确认已审阅',
      };
    case 'policy':
      return {
        subject: `请审批${title}`,
        heading: `请审批${title}`,
        paragraphs: ['请审批本制度。批准后即可公布；自公布之日起生效。'],
        button: '批准',
      };
    case 'posting':
      return {
        subject: `请公布${title}并登记公布`,
        heading: `请公布${title}并登记公布`,
        paragraphs: ['本制度已获批准。请予公布，并登记公布事实；自公布之日起生效，各项期限自次日起算。'],
        button: '登记公布',
      };
    case 'repeal-posting':
      return {
        subject: `请公布废止${title}并登记公布`,
        heading: `请公布废止${title}并登记公布`,
        paragraphs: ['废止本制度已获批准。请予公布，并登记公布事实；自公布之时起废止。'],
        button: '登记公布',
      };
    case 'suspension':
      return {
        subject: `请答复是否同意中止履行：${title}`,
        heading: `${role(c, by, '对方')}请求中止履行`,
        paragraphs: [
          `${who(c, by, '对方')}提出中止履行${title}。须经双方同意方可中止；在贵方同意之前，各项期限照常计算。`,
          ...(c.notice.facts.duties ? [`涉及：${list(c.notice.facts.duties.map(c.titleOf).map(book))}。`] : []),
        ],
        details: detail('拟中止起始日', c.notice.facts.from, date),
        button: '同意中止',
      };
    default:
      return {
        subject: `有一项须经贵方同意的事项：${title}`,
        heading: '请贵方同意',
        paragraphs: [`${who(c, by)}提请贵方同意${title}中的一项事项。同意之前不生效力。`],
        button: '前往查看并同意',
      };
  }
}
