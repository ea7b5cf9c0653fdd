import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { date, detail, dueDetails, role, rung, until } from './phrases.ts';

/** Training: sessions, examinations, certificates. */
export const trainingTexts: Pick<
  Wording['texts'],
  | 'training-invitation'
  | 'training-reminder'
  | 'training-cancelled'
  | 'training-feedback-request'
  | 'exam-reminder'
  | 'exam-failed'
  | 'retake-reminder'
  | 'certificate-issued'
> = {
  'training-invitation': (c) => {
    const moved = c.notice.facts.status === 'moved';
    return {
      subject: moved ? `培训改期${about(c)}：改于 ${day(c)}举办` : `请参加 ${day(c)}的培训${about(c)}`,
      heading: moved ? `培训改于 ${day(c)}举办` : `请参加 ${day(c)}的培训`,
      paragraphs: [
        moved ? `您报名的培训${about(c)}改于 ${day(c)}举办。` : `您已列入参训名单，培训${about(c)}定于 ${day(c)}举办。`,
        '时间和地点由培训组织方另行通知；不能参加的，请尽快告知培训组织方。',
      ],
      details: session(c, '培训日期'),
    };
  },

  'training-reminder': (c) =>
    isTrainee(c)
      ? {
          subject: `提醒：请参加 ${day(c)}的培训${about(c)}`,
          heading: `您参加的培训定于 ${day(c)}举办`,
          paragraphs: [`培训${about(c)}定于 ${day(c)}举办。不能参加的，请尽快告知培训组织方。`],
          details: session(c, '培训日期'),
        }
      : reminder(c, {
          demand: `举办培训${about(c)}`,
          label: '计划日期截至',
          more: '举办后请登录系统登记培训日期和到场人员；不能按期举办的，请改期或者取消。',
        }),

  'training-cancelled': (c) => {
    const { status } = c.notice.facts;
    const off = status === 'withdrawn';
    return {
      subject: off ? `您无需参加 ${day(c)}的培训${about(c)}` : `已取消：${day(c)}的培训${about(c)}`,
      heading: off ? '您无需参加本次培训' : '培训已取消',
      paragraphs: [
        off ? `您已不在 ${day(c)}培训${about(c)}的参训名单中。` : `原定于 ${day(c)}举办的培训${about(c)}已取消。`,
      ],
      details: session(c, '原定日期'),
    };
  },

  'training-feedback-request': (c) => ({
    subject: `请评价培训${about(c)}`,
    heading: '请评价您参加的培训',
    paragraphs: [
      `感谢您参加 ${on(c)}的培训${about(c)}。请把您的评价告知培训组织方：从 1 分（差）到 5 分（很好），并写明哪些内容有用、哪些需要改进。`,
      '评价用于改进今后的培训内容。',
    ],
    details: [...detail('培训日期', c.notice.facts.on, date), ...common(c)],
  }),

  'exam-reminder': (c) =>
    reminder(c, {
      demand: `完成培训考核${about(c)}`,
      label: '考核期限',
      more: '考核后请登录系统登记每人的成绩。',
    }),

  'retake-reminder': (c) =>
    reminder(c, {
      demand: `安排考核未通过的人员重新参加培训${about(c)}`,
      label: '重新培训期限',
      more: '重新培训后请登录系统登记日期和到场人员，然后再次考核。',
    }),

  'exam-failed': (c) => {
    const { status, round = 1 } = c.notice.facts;
    const whom = isTrainee(c) ? '您' : trainee(c);
    const again = status === 'retraining';
    const before = c.due ? `须在${until(c)}前` : '须';
    return {
      subject: isTrainee(c)
        ? `考核未通过${again ? `，请${c.due ? `于${until(c)}前` : ''}重新参加培训` : ''}`
        : `${whom}考核未通过${again ? `，请${c.due ? `于${until(c)}前` : ''}安排重新培训` : ''}`,
      heading: `${whom}${round > 1 ? `第 ${round} 次` : ''}考核未通过`,
      paragraphs: [
        `${whom}${on(c)}参加培训考核${about(c)}，成绩未达到合格分。`,
        again
          ? `按约定，考核未通过的人员${before}重新参加培训，之后再次考核；次数不限。在此之前不颁发培训证书。`
          : '考核合格之前不颁发培训证书。',
      ],
      details: [...marks(c), ...dueDetails(c, '重新培训期限'), ...common(c)],
    };
  },

  'certificate-issued': (c) => ({
    subject: `考核合格：培训证书 ${c.notice.facts.certificate ?? ''}`,
    heading: '您已通过考核，培训证书已颁发',
    paragraphs: [`您${on(c)}参加培训考核${about(c)}，成绩合格。培训证书见附件。`],
    details: [...detail('证书编号', c.notice.facts.certificate, String), ...marks(c), ...common(c)],
  }),
};

/** A rung of a ladder of whoever organises it. */
function reminder(
  c: NoticeContext,
  { demand, label, more }: { demand: string; label: string; more: string },
): NoticeText {
  const { rungs = [] } = c.notice;
  const { daysLate = 0, count, seat } = c.notice.facts;
  const overdue = c.phase === 'overdue' || daysLate > 0;
  const owes = seat === undefined ? '培训组织方' : role(c, seat);
  const whom = count === undefined ? '' : `（${count} 人）`;
  const lateness = daysLate > 0 ? `已逾期 ${daysLate} 天` : '已逾期';
  return {
    subject: overdue
      ? `${lateness}：${c.asked ? '请尽快' : `${owes}应`}${demand}${whom}`
      : `${c.phase === 'last-day' ? '最后一天：' : ''}请于${until(c)}前${demand}${whom}`,
    heading: overdue ? `${demand}${lateness}` : `请于${until(c)}前${demand}`,
    paragraphs: [
      overdue
        ? `${c.asked ? '您' : owes}应在${until(c)}前${demand}${whom}，系统中尚无登记。`
        : `按计划，${c.asked ? '您' : owes}应在${until(c)}前${demand}${whom}。`,
      ...(c.asked ? [more] : []),
    ],
    details: [
      ...dueDetails(c, label),
      ...(daysLate > 0 ? [['截至本通知逾期', `${daysLate} 天`] as [string, string]] : []),
      ...(rungs.length > 1 ? [['本邮件包含的提醒', rungs.map(rung).join('、')] as [string, string]] : []),
      ...common(c),
    ],
  };
}

function isTrainee(c: NoticeContext): boolean {
  return c.notice.seat === 'trainee';
}

function trainee(c: NoticeContext): string {
  return c.people.trainee ?? '一名参训人员';
}

function topics(c: NoticeContext): string[] {
  return (c.notice.facts.topics ?? []).flatMap((id) => c.topicTitle(id) ?? []);
}

/** （产品知识）; （产品知识等 4 项） */
function about(c: NoticeContext): string {
  const [first, ...more] = topics(c);
  if (first === undefined) return '';
  return more.length === 0 ? `（${first}）` : `（${first}等 ${more.length + 1} 项）`;
}

function day(c: NoticeContext): string {
  return c.notice.facts.localDate === undefined ? '' : `${date(c.notice.facts.localDate)}`;
}

function on(c: NoticeContext): string {
  return c.notice.facts.on === undefined ? '' : `于 ${date(c.notice.facts.on)}`;
}

function marks(c: NoticeContext): [string, string][] {
  const { value, passMark, on: examinedOn } = c.notice.facts;
  return [
    ...detail('考核日期', examinedOn, date),
    ...detail('成绩', value, (score) => `${score} 分`),
    ...detail('合格分', passMark, (score) => `${score} 分`),
  ];
}

function session(c: NoticeContext, label: string): [string, string][] {
  return [...detail(label, c.notice.facts.localDate, date), ...common(c)];
}

function common(c: NoticeContext): [string, string][] {
  const titles = topics(c);
  return [
    ...(titles.length === 0 ? [] : [['培训内容', titles.join('、')] as [string, string]]),
    ...detail('编号', c.notice.facts.process, String),
  ];
}
