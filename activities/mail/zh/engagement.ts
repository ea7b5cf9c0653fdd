import type { EngagementEndGround } from '../../../domain/agreement/compiled.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { book, date, detail, list, parties, role, who, written } from './phrases.ts';

const GROUNDS: Record<EngagementEndGround, string> = {
  'unable-to-perform': '第三方无法履行职责',
  breach: '第三方违反合同',
  'purpose-achieved': '介入目的已实现',
};

/** The end of a third party's involvement, and what is settled afterwards. */
export const engagementTexts: Pick<
  Wording['texts'],
  'engagement-end-consent' | 'engagement-end-notice' | 'engagement-ended' | 'third-access'
> = {
  'engagement-end-consent': (c) => {
    const { by, what } = c.notice.facts;
    if (what !== undefined) {
      return {
        subject: `请确认第三方介入结束后的善后事项“${c.itemTitle(what)}”：${book(c.agreementTitle)}`,
        heading: `请确认“${c.itemTitle(what)}”`,
        paragraphs: [
          `${who(c, by, '对方')}确认善后事项“${c.itemTitle(what)}”已经商定，请贵方核对并确认。双方均确认后，该事项了结。`,
          ...written('说明', c.words.note),
        ],
        button: '确认该事项',
      };
    }
    return {
      subject: `请答复是否同意结束第三方介入（${groundOf(c)}）：${book(c.agreementTitle)}`,
      heading: '请答复是否同意结束第三方介入',
      paragraphs: [
        `${who(c, by, '对方')}提出以${groundOf(c)}为由结束第三方介入。须经双方同意，并以双方名义书面通知第三方；通知到达第三方之日，介入结束。`,
        ...written('理由', c.words.reason),
        '贵方同意之前，第三方介入继续；未答复不视为同意。主合同不受影响。',
      ],
      details: [['结束事由', groundOf(c)]],
      button: '同意结束介入',
    };
  },

  'engagement-end-notice': (c) => {
    const { serves, status } = c.notice.facts;
    const both = list(parties(c).map(([title]) => title));
    if (serves !== undefined) {
      return {
        subject: `关于结束第三方介入的书面通知：${book(c.agreementTitle)}`,
        heading: '关于结束第三方介入的书面通知',
        paragraphs: [
          '致第三方：',
          `${both}共同决定，以${groundOf(c)}为由，结束贵方在${book(c.agreementTitle)}项下的介入，特此以双方名义书面通知贵方。`,
          '本通知到达之日，贵方的介入结束；工作和资料交接、费用结算、数据返还和删除、权限收回等善后事项，由双方商定后与贵方办理。结束之前已经产生的责任和索赔不受影响。',
        ],
        details: [['结束事由', groundOf(c)]],
      };
    }
    const byHand = status === 'by-hand';
    return {
      subject: `${byHand ? '请书面通知第三方介入结束' : '已书面通知第三方介入结束'}：${book(c.agreementTitle)}`,
      heading: `${both}均已同意结束第三方介入`,
      paragraphs: [
        byHand
          ? '第三方没有可送达的电子邮箱：请以双方名义书面通知第三方，并凭其签收凭证登记送达；通知到达第三方之日，介入结束。'
          : '已由系统以双方名义向第三方发出书面通知；通知到达之日，介入结束。',
      ],
      details: [['结束事由', groundOf(c)]],
    };
  },

  'third-access': (c) => {
    const { by, status, about } = c.notice.facts;
    const results: Record<string, string> = {
      undertake: '第三方的保密承诺已登记',
      grant: '第三方已获得权限',
      withdraw: '第三方的权限已收回',
      suspend: '因保密事件，第三方的权限已中止',
    };
    const result = results[status ?? ''] ?? '第三方的权限已变更';
    return {
      subject: `${result}：${book(c.agreementTitle)}`,
      heading: result,
      paragraphs: [
        status === 'suspend'
          ? '保密事件已登记，第三方的权限即时中止，请停止向其提供资料。事件了结之后，须由一方重新授予，权限才能恢复。'
          : `${who(c, by)}登记：${result}。第三方须先作出书面保密承诺，再获得权限。`,
      ],
      details: detail('保密事件', about, String),
    };
  },

  'engagement-ended': (c) => {
    const { endedOn, open = [] } = c.notice.facts;
    return {
      subject: `第三方介入已结束，请确认善后事项：${book(c.agreementTitle)}`,
      heading: '第三方介入已结束',
      paragraphs: [
        `书面通知已送达第三方，第三方介入${endedOn === undefined ? '' : `于 ${date(endedOn)}`}结束。${book(c.agreementTitle)}继续履行，双方的义务不变；此前的违约记录和索赔继续有效。`,
        '以下善后事项须由双方逐项确认：',
      ],
      items: open.map((item) => ({ title: c.itemTitle(item), text: '待双方确认' })),
      details: [['结束事由', groundOf(c)], ...detail('结束日', endedOn, date)],
    };
  },
};

function groundOf(c: NoticeContext): string {
  const { ground, by } = c.notice.facts;
  return GROUNDS[ground as EngagementEndGround] ?? role(c, by);
}
