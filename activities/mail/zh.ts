import { NOTICE_WORDS } from '../../domain/agreement/vocabulary.ts';
import { type EffectKind, type Missed, type Wording, effectOf, isSealed, missedKey } from './context.ts';
import { laterDuties } from './duty.ts';
import { changeTexts } from './zh/change.ts';
import { effectTexts } from './zh/effect.ts';
import { endingTexts, groundOf, whatIsLeft } from './zh/ending.ts';
import { engagementTexts } from './zh/engagement.ts';
import { evaluationTexts } from './zh/evaluation.ts';
import { goalTexts } from './zh/goal.ts';
import { improvementTexts } from './zh/improvement.ts';
import { matterTexts } from './zh/matters.ts';
import { moneyTexts } from './zh/money.ts';
import { surveyTexts } from './zh/survey.ts';
import { trainingTexts } from './zh/training.ts';
import { caseTexts } from './zh/case.ts';
import { riskTexts } from './zh/risk.ts';
import { thirdPartyTexts } from './zh/third-party.ts';
import { visitTexts } from './zh/visit.ts';
import {
  seatOf,
  capacity,
  dutySentence,
  dutyItems,
  matterOf,
  BOTH_SIDES,
  book,
  deliverable,
  titled,
  VERBS,
  verbOf,
  received,
  actButton,
  rhythm,
  waitsFor,
  date,
  moment,
  until,
  spaced,
  party,
  owner,
  ownerRole,
  list,
  round,
  isWholeReview,
  parties,
  payable,
  dueDetails,
  endDetails,
  ended,
  formula,
  penaltyDetails,
  accrued,
  money,
  rung,
} from './zh/phrases.ts';

/** How an agreement came into force, and what its day 0 is called. */
const EFFECTS: Record<EffectKind, { how: string; day: string }> = {
  signed: { how: '已由各方签署', day: '签署日' },
  sealed: { how: '已由各方签字盖章', day: '最后签字或盖章之日' },
  posted: { how: '已获批准并公布', day: '公布日' },
};

/** Mails in Simplified Chinese. */
export const zh: Wording = {
  lang: 'zh-Hans',
  colon: '：',
  greeting: (name) => `${name}，您好：`,
  copyBanner: (c) =>
    c.addressedTo.length > 0
      ? `本邮件为抄送件，主送${list(c.addressedTo.map((role) => party(c, role)))}，供您知悉，无须您办理。`
      : '本邮件为抄送件，供您知悉，无须您办理。',
  vacantBanner: (seat) => `${seat}岗位目前无人担任，本邮件改发项目协调人。请尽快指定人员，由其办理。`,
  copySubject: (subject) => `【抄送】${subject}`,
  itemLink: (purpose, doing) => {
    switch (purpose) {
      case 'sign':
        return '登记签署';
      case 'seal':
        return '登记盖章';
      case 'review':
        return '前往审核';
      case 'acknowledge':
        return '确认已阅';
      case 'approve':
        return '前往同意';
      case 'accept':
        return '答复变更';
      case 'object':
        return '提出异议';
      case 'answer':
        return '答复索赔';
      case 'reply':
        return '前往答复';
      case 'engagement':
        return '前往办理';
      case 'submit':
        return `前往${doing === 'hand-in' ? '提交' : '办理'}`;
    }
  },
  buttonHint: '点击后进入确认页面，仅打开页面不会提交任何内容。如按钮无法点击，请将以下链接复制到浏览器打开：',
  digest: (count, first, asked) => ({
    subject: `${count} 项事项${asked ? '请及时办理' : '待办理'}，最早一项的期限为${moment(first)}`,
    heading: `${count} 项事项${asked ? '请及时办理' : '待办理'}`,
    paragraph: '以下提醒同时到达，合并为一封邮件，按期限先后排列。',
  }),
  entry: (c, { obligation, occurrence, review }) =>
    `${review ? '审核' : verbOf(c, obligation)}${titled(c, obligation, occurrence)}`,
  showAgreement: '查看协议',
  showAgreementHint: '如按钮无法点击，请将以下链接复制到浏览器打开：',
  showProcess: '登录系统查看',
  showProcessHint: '查看和办理须登录系统；没有账号的，请联系项目协调人。如按钮无法点击，请将以下链接复制到浏览器打开：',
  agreement: (c) =>
    [
      book(c.agreementTitle),
      parties(c)
        .map((pair) => pair.join('：'))
        .join('　'),
    ].filter(Boolean),
  smallPrint: (c, expires) => [
    ...(c.notice.clauses.length > 0 ? [`依据：${c.notice.clauses.join('、')}`] : []),
    ...(expires ? [`办理链接仅供您本人使用，请勿转发；有效期至${moment(expires)}。`] : []),
    `您在本协议中的身份：${capacity(c)}。本邮件由系统自动发送，请勿直接回复。`,
    `通知编号：${c.notice.id}`,
  ],
  texts: {
    ...effectTexts,
    ...changeTexts,
    ...moneyTexts,
    ...endingTexts,
    ...matterTexts,
    ...engagementTexts,
    ...thirdPartyTexts,
    ...surveyTexts,
    ...improvementTexts,
    ...goalTexts,
    ...evaluationTexts,
    ...visitTexts,
    ...riskTexts,
    ...caseTexts,
    ...trainingTexts,

    'sign-invitation': (c) => ({
      subject: `请${isSealed(c) ? '签字盖章' : '签署'}${book(c.agreementTitle)}并登记签署日期`,
      heading: `请${isSealed(c) ? '签字盖章' : '签署'}${book(c.agreementTitle)}并登记签署日期`,
      paragraphs: isSealed(c)
        ? [
            '请贵方在纸质文本上签字并盖章，然后先登记签署日期，再另行登记盖章日期，并可上传扫描件。',
            '各方的签署和盖章全部登记后协议生效，各项期限自其中最后一个日期的次日起计算。',
          ]
        : [
            `请贵方在纸质文本上完成签署，然后登记文本上载明的签署日期，并可上传扫描件。`,
            `全部签署方登记后协议生效，各项期限自最后签署之日的次日起计算。`,
          ],
      details: parties(c),
      button: '登记签署',
      notes: ['签署以纸质文本为准。此处仅登记签署事实，不能代替在文本上签字盖章。'],
    }),

    'agreement-in-force': (c) => {
      const { signedOn, dues = [] } = c.notice.facts;
      const { recurring, waiting } = laterDuties(
        c.agreement,
        dues.map(({ obligation }) => obligation),
      );
      const { how, day } = EFFECTS[effectOf(c)];
      const from = signedOn === undefined ? '' : `，${day}为 ${date(signedOn)}`;
      return {
        subject: `${book(c.agreementTitle)}${how}并生效${signedOn === undefined ? '' : `（${day} ${signedOn}）`}`,
        heading: `${book(c.agreementTitle)}已生效`,
        paragraphs: [
          `${book(c.agreementTitle)}${how}${from}。该日不计入期间，各项期限自次日起算。`,
          ...(dues.length > 0 ? ['应履行的事项如下，届时将另行提醒：'] : []),
        ],
        items: dues.map((due) => ({
          title: book(c.titleOf(due.obligation)),
          text: `${party(c, due.responsible)}应于${spaced(c.dueOn(due.localDate, due.obligation))}前${verbOf(c, due.obligation)}`,
        })),
        notes: [
          ...(recurring.length > 0
            ? [
                `按期重复的事项：${recurring.map((rule) => `${book(c.titleOf(rule.id))}（${rhythm(c, rule)}）`).join('、')}。每期开始后另行提醒。`,
              ]
            : []),
          ...(waiting.length > 0
            ? [
                `日期待定的事项：${waiting.map((rule) => `${book(c.titleOf(rule.id))}（${waitsFor(c, rule)}）`).join('、')}。日期确定后另行提醒。`,
              ]
            : []),
        ],
      };
    },

    reminder: (c) => {
      const title = deliverable(c);
      const verb = VERBS[c.doing];
      const days = c.notice.facts.daysLate ?? 0;
      const details = [
        ...dueDetails(c, `${verb}期限`),
        ['责任方', owner(c)] as [string, string],
        ...payable(c),
        ...(days > 0 ? [['累计逾期', `${days} 天（截至本通知当日）`] as [string, string]] : []),
        ...accrued(c, '累计违约金'),
      ];
      if (c.phase === 'overdue') {
        return {
          subject: c.asked
            ? `${title}已逾期 ${days} 天，请尽快${verb}`
            : `${title}已逾期 ${days} 天，${ownerRole(c)}尚未${verb}`,
          heading: `${title}已逾期 ${days} 天`,
          paragraphs: [
            c.asked
              ? `${title}应于${until(c)}前${verb}，目前尚未${received(c)}。请尽快${verb}。`
              : `${title}应由${owner(c)}于${until(c)}前${verb}，目前尚未${received(c)}。`,
            ...(c.penalty?.amount
              ? [
                  `按照约定，逾期违约金按${formula(c.penalty)}计算，截至本通知当日累计${money(c.penalty.amount, c.penalty.currency)}；${verb}之前仍将逐日增加${c.penalty.cap === undefined ? '' : `，但不超过${money(c.penalty.cap, c.penalty.currency)}`}。`,
                ]
              : []),
          ],
          details,
          button: actButton(c, title),
        };
      }
      const last = c.phase === 'last-day' ? '最后一日：' : '';
      return {
        subject: c.asked
          ? `${last}请于${until(c)}前${verb}${title}`
          : `${last}${ownerRole(c)}应于${until(c)}前${verb}${title}`,
        heading: c.asked ? `请于${until(c)}前${verb}${title}` : `${ownerRole(c)}应于${until(c)}前${verb}${title}`,
        paragraphs: [
          c.asked
            ? `按照约定，贵方应在上述期限前${verb}${title}。`
            : `按照约定，${owner(c)}应在上述期限前${verb}${title}。`,
          ...(c.penalty && c.asked ? [`逾期${verb}的，按${formula(c.penalty)}计付违约金。`] : []),
        ],
        details,
        button: actButton(c, title),
      };
    },

    'review-request': (c) => ({
      subject: `请于${until(c)}前审核${deliverable(c)}`,
      heading: `请于${until(c)}前审核${deliverable(c)}`,
      paragraphs: [
        `${owner(c)}已提交${deliverable(c)}${round(c)}，请贵方审核。`,
        '您可以同意，也可以逐条列明意见后退回。未在期限内答复的，不视为同意。',
      ],
      details: dueDetails(c, '审核期限'),
      button: `审核${deliverable(c)}`,
    }),

    'review-reminder': (c) => {
      const title = deliverable(c);
      const days = c.notice.facts.daysLate ?? 0;
      const waiting = list(c.addressedTo.map((role) => party(c, role)));
      if (c.phase === 'overdue') {
        return {
          subject: c.asked
            ? `${title}审核已逾期 ${days} 天，请尽快答复`
            : `${title}审核已逾期 ${days} 天，${list(c.addressedTo.map(c.roleOf))}尚未答复`,
          heading: `${title}审核已逾期 ${days} 天`,
          paragraphs: [
            c.asked
              ? `贵方应于${until(c)}前对${title}作出审核答复，目前尚未收到。请尽快同意，或逐条列明意见后退回。`
              : `${waiting}应于${until(c)}前对${title}作出审核答复，目前尚未收到。`,
            '未答复不视为同意；审核期间不计入提交方的逾期天数。',
          ],
          details: dueDetails(c, '审核期限'),
          button: `审核${title}`,
        };
      }
      const last = c.phase === 'last-day' ? '最后一日：' : '';
      return {
        subject: `${last}${c.asked ? '请' : list(c.addressedTo.map(c.roleOf)) + '应'}于${until(c)}前审核${title}`,
        heading: `${c.asked ? '请' : list(c.addressedTo.map(c.roleOf)) + '应'}于${until(c)}前审核${title}`,
        paragraphs: [
          `${owner(c)}提交的${title}${round(c)}正在等待${c.asked ? '贵方' : waiting}审核。`,
          '审核方可以同意，也可以逐条列明意见后退回。未答复不视为同意。',
        ],
        details: dueDetails(c, '审核期限'),
        button: `审核${title}`,
      };
    },

    summary: (c) => {
      const { missed = [] } = c.notice.facts;
      const only = missed.length === 1 ? missed[0] : undefined;
      const act = (item: Missed) => (item.review ? '审核' : verbOf(c, item.obligation));
      const title = (item: Missed) => titled(c, item.obligation, item.occurrence);
      const who = c.asked ? '请' : `${list(c.addressedTo.map(c.roleOf))}应`;
      const subject = only
        ? `${who}于${spaced(c.dueOn(only.localDate, only.obligation))}前${act(only)}${title(only)}（补发提醒）`
        : `补发提醒：${missed.length} 项事项${c.asked ? '请及时办理' : '待办理'}`;
      const late = only && c.isPast(only.localDate);
      return {
        subject: late
          ? `${title(only)}${act(only)}期限已过，${c.asked ? '请尽快办理' : '尚未办理'}（补发提醒）`
          : subject,
        heading: '补发提醒',
        paragraphs: ['以下提醒未能按时发出，现合并通知。各项期限不因此改变。'],
        items: missed.map((item) => ({
          title: title(item),
          text: `${act(item)}期限：${moment(c.dueOn(item.localDate, item.obligation))}${c.isPast(item.localDate) ? '，已过期' : ''}。未能按时发出的提醒：${item.rungs.map(rung).join('、')}。`,
          link: missedKey(item),
        })),
        ...(only ? { button: `${act(only)}${title(only)}` } : {}),
      };
    },

    'deliverable-submitted': (c) => {
      const days = c.notice.facts.daysLate ?? 0;
      return {
        subject: `${ownerRole(c)}已${VERBS[c.doing]}${deliverable(c)}${days > 0 ? `（逾期 ${days} 天）` : ''}`,
        heading: `${ownerRole(c)}已${VERBS[c.doing]}${deliverable(c)}`,
        paragraphs: [
          `${owner(c)}已${VERBS[c.doing]}${deliverable(c)}${days > 0 ? `，逾期 ${days} 天` : '，未逾期'}。`,
          ...(c.obligation && !c.obligation.review ? ['该事项无须审核，现已履行完毕。'] : []),
        ],
        details: dueDetails(c, `${VERBS[c.doing]}期限`),
      };
    },

    'deliverable-accepted': (c) => ({
      subject: `${deliverable(c)}已审核通过`,
      heading: `${deliverable(c)}已审核通过`,
      paragraphs: [
        `${owner(c)}提交的${deliverable(c)}${round(c)}已经审核方同意。`,
        ...(isWholeReview(c) ? ['各方均已认可，该项义务履行完毕。'] : []),
      ],
      ...(c.notice.facts.daysLate ? { details: [['累计逾期', `${c.notice.facts.daysLate} 天`]] } : {}),
    }),

    'deliverable-rejected': (c) => ({
      subject: `${deliverable(c)}被退回，请于${until(c)}前修改后重新提交`,
      heading: `请于${until(c)}前重新提交${deliverable(c)}`,
      paragraphs: [
        `审核方已退回${deliverable(c)}${round(c)}，并逐条列明了意见。请贵方按意见修改后重新提交。`,
        '审核期间以及重新提交期限届满之前的时间，不计入逾期天数。',
      ],
      details: dueDetails(c, '重新提交期限'),
      button: `重新提交${deliverable(c)}`,
    }),

    'penalty-started': (c) => ({
      subject: `${deliverable(c)}逾期，开始计算违约金`,
      heading: `${deliverable(c)}逾期，开始计算违约金`,
      paragraphs: [
        `${deliverable(c)}应由${owner(c)}于${until(c)}前${VERBS[c.doing]}，期限届满时尚未${received(c)}。按照约定，逾期违约金已开始计算，直至${VERBS[c.doing]}之日（含当日）。`,
      ],
      details: [...dueDetails(c, `${VERBS[c.doing]}期限`), ...penaltyDetails(c), ...accrued(c, '起算日违约金')],
      notes: [BOTH_SIDES],
    }),

    'penalty-stopped': (c) => {
      const total = c.penalty?.amount ? `，累计${money(c.penalty.amount, c.penalty.currency)}` : '';
      return {
        subject: `${deliverable(c)}违约金停止计算${total}`,
        heading: `${deliverable(c)}违约金停止计算`,
        paragraphs: [`${deliverable(c)}的逾期违约金已停止计算${total}。`],
        details: [
          ...(c.notice.facts.daysLate === undefined
            ? []
            : [['累计逾期', `${c.notice.facts.daysLate} 天`] as [string, string]]),
          ...penaltyDetails(c),
          ...accrued(c, '累计违约金'),
        ],
        notes: [BOTH_SIDES],
      };
    },

    'overdue-withdrawn': (c) => ({
      subject: `${deliverable(c)}系按期${VERBS[c.doing]}，逾期记录已撤销`,
      heading: '逾期记录已撤销',
      paragraphs: [
        `经核对，${owner(c)}在期限届满前已${VERBS[c.doing]}${deliverable(c)}，此前的逾期记录现予撤销。`,
        ...(c.penalty ? ['因该逾期记录产生的违约金不予计收，已入账的金额将予冲销。'] : []),
      ],
      details: dueDetails(c, `${VERBS[c.doing]}期限`),
    }),

    'agreement-terminated': (c) => ({
      subject: `${book(c.agreementTitle)}已终止${ended(c)}`,
      heading: `${book(c.agreementTitle)}已终止`,
      paragraphs: [
        c.notice.facts.ground === undefined
          ? `经各方协商一致，${book(c.agreementTitle)}已终止，并由项目协调人登记。`
          : `${book(c.agreementTitle)}已依照约定终止，终止事由：${groundOf(c)}。`,
        '尚未履行的事项不再提醒；逾期违约金计算至终止之日（含当日）。终止前已产生的权利义务不受影响。',
      ],
      details: endDetails(c, '终止日'),
    }),

    'agreement-expired': (c) => ({
      subject: `${book(c.agreementTitle)}期限届满${ended(c)}`,
      heading: `${book(c.agreementTitle)}期限届满`,
      paragraphs: [
        `${book(c.agreementTitle)}约定的期限已经届满。`,
        '尚未履行的事项不再提醒；逾期违约金计算至届满之日（含当日）。届满前已产生的权利义务不受影响。',
      ],
      details: endDetails(c, '届满日'),
    }),

    'seat-handed-over': (c) => {
      const { before, after } = c.people;
      const seat = `${seatOf(c)}岗位`;
      const instead = before === undefined ? '' : `接替${before}`;
      return {
        subject: c.isSuccessor
          ? `您已接任${seat}：${book(c.agreementTitle)}`
          : `${book(c.agreementTitle)}的${seat}已${after === undefined ? '更换人员' : `由${after}接任`}`,
        heading: c.isSuccessor
          ? `您已接任${seat}`
          : after === undefined
            ? `${seat}已更换人员`
            : `${after}已接任${seat}`,
        paragraphs: [
          c.isSuccessor
            ? `自即日起，由您${instead}担任${book(c.agreementTitle)}的${seat}，各项期限不变。`
            : `自即日起，由${after ?? '接任人'}${instead}担任${book(c.agreementTitle)}的${seat}，各项期限不变。`,
          dutySentence(c, `${c.isSuccessor ? '待您' : '有待'}办理的事项如下，届时将另行提醒：`),
        ],
        items: dutyItems(c),
      };
    },

    'seat-vacant': (c) => ({
      subject: `请尽快为${book(c.agreementTitle)}的${seatOf(c)}岗位指定接任人`,
      heading: `${seatOf(c)}岗位目前无人担任`,
      paragraphs: [
        `${c.people.before ?? '原任人员'}不再担任${book(c.agreementTitle)}的${seatOf(c)}岗位，尚未指定接任人。在指定之前，发给该岗位的通知均改发项目协调人。`,
        dutySentence(c, '以下事项有待办理，请尽快指定接任人：'),
      ],
      items: dutyItems(c),
    }),

    'seat-relieved': (c) => {
      const { from, until: to } = c.notice.facts;
      const { after = '接任人', absent = '原任人员' } = c.people;
      const seat = seatOf(c);
      const later = '此后的通知不再发给您，您此前收到的办理链接随之失效。您已办理的事项，记录不变。';
      if (from === undefined || to === undefined) {
        return {
          subject: `您不再担任${seat}岗位：${book(c.agreementTitle)}`,
          heading: `您不再担任${seat}岗位`,
          paragraphs: [`自即日起，${book(c.agreementTitle)}中${seat}的事项由${after}办理。${later}`],
        };
      }
      return {
        subject: `您代理${absent}办理${seat}事项的安排已提前结束：${book(c.agreementTitle)}`,
        heading: `您代理${absent}办理${seat}事项的安排已提前结束`,
        paragraphs: [
          `您原定于 ${date(from)}至 ${date(to)}代理${absent}办理${book(c.agreementTitle)}中${seat}的事项，该安排自即日起结束。${later}`,
        ],
      };
    },

    'delegation-made': (c) => {
      const { from = '', until: to = '' } = c.notice.facts;
      const { absent = '原任人员', deputy = '代理人' } = c.people;
      const seat = seatOf(c);
      const isDeputy = c.notice.addressee !== undefined;
      const acts = isDeputy ? '您' : deputy;
      return {
        subject: isDeputy
          ? `请于 ${from} 至 ${to} 代理${absent}办理${seat}事项：${book(c.agreementTitle)}`
          : `${deputy}自 ${from} 至 ${to} 代理${absent}办理${seat}事项：${book(c.agreementTitle)}`,
        heading: isDeputy ? `请您代理${absent}办理${seat}事项` : `${deputy}代理${absent}办理${seat}事项`,
        paragraphs: [
          `${date(from)}至 ${date(to)}（含首尾两日），由${acts}代理${absent}办理${book(c.agreementTitle)}中${seat}的事项，期间的通知发给${acts}。代理人不得转委托，办理记录同时载明被代理人和代理人的姓名。`,
          dutySentence(c, '所涉事项如下：'),
        ],
        items: dutyItems(c),
      };
    },

    'acknowledgement-request': (c) => {
      const matter = matterOf(c);
      return {
        subject: `请阅读并确认${matter}`,
        heading: `请阅读并确认${matter}`,
        paragraphs: [`请阅读${matter}，并点击下方按钮确认已阅。`, ...(c.due ? [`该事项的期限为${until(c)}。`] : [])],
        button: '确认已阅',
      };
    },

    'notice-undelivered': (c) => {
      const { name, address, subject } = c.returned;
      const { undelivered } = c.notice.facts;
      const kind = undelivered === undefined ? '' : `（${NOTICE_WORDS[undelivered].zh}）`;
      return {
        subject: `发给${name ?? seatOf(c)}的通知被退回，请核对邮箱：${book(c.agreementTitle)}`,
        heading: '有一封通知未能送达',
        paragraphs: [
          `发给${book(c.agreementTitle)}的${seatOf(c)}${name === undefined ? '' : name}的通知${kind}被退回，视为未送达。`,
          ...(c.notice.facts.about === undefined ? [] : [whatIsLeft(c)]),
          '请核对并更正收件人的邮箱地址。通知本身不能补发：需要其办理的，可在协议页面重新发送办理链接；需要送达的，请以其他方式送达并留存凭证。',
        ],
        details: [
          ...(name === undefined ? [] : [['收件人', name] as [string, string]]),
          ...(address === undefined ? [] : [['邮箱地址', address] as [string, string]]),
          ...(subject === undefined ? [] : [['邮件主题', subject] as [string, string]]),
        ],
      };
    },
  },
};
