import { AGREEMENT_STATUS_WORDS, EVENT_WORDS, NOTICE_WORDS, REJECTION_WORDS } from '../domain/agreement/vocabulary.ts';
import type { NoticeKind } from '../domain/agreement/notice.ts';
import { CUSTOMER } from '../domain/agreement/parties.ts';
import { GOAL_VERDICT_WORDS, NO_VERDICT_WORDS } from '../domain/goal/vocabulary.ts';
import { IMPROVEMENT_EVENT_WORDS } from '../domain/improvement/vocabulary.ts';
import { obligationTitle } from '../domain/obligation-title.ts';
import type { Figures } from '../domain/survey/figures.ts';
import { ANSWER_REFUSAL_WORDS, SURVEY_EVENT_WORDS } from '../domain/survey/vocabulary.ts';
import type { Text } from '../domain/time.ts';
import { seatAddresses } from '../templates/draft.ts';
import { templateReference } from '../templates/library.ts';
import {
  type LivedEvent,
  type LivedLine,
  type LivedNotice,
  type LivedScenario,
  type RefusedAct,
  balancesOf,
  aboutText,
} from './life.ts';
import type { LivableScenario } from './livable.ts';
import type { LivedPlan } from './lived-surveys.ts';
import { detailInChinese } from './nouns/details.ts';
import { NOUN_ROWS } from './nouns/noun.ts';
import { NOUNS } from './nouns/registry.ts';
import type { Act } from './scenario.ts';
import type { SurveyDo } from './survey-acts.ts';
import { customerOf } from './survey-step.ts';
import { termText } from './term-text.ts';

const NOTHING = '—';
const ACTS: Record<Act['do'], string> = {
  sign: '签署',
  submit: '提交',
  review: '审核',
  terminate: '终止',
  replace: '更换人员',
  delegate: '安排代理',
  acknowledge: '确认阅知',
  seal: '盖章',
  approve: '同意',
  withdraw: '撤回',
  'enter-baseline': '登记基线',
  pay: '付款',
  'hold-back': '暂扣款项',
  waive: '减免违约金',
  propose: '提出变更',
  accept: '接受变更',
  decline: '拒绝变更',
  override: '特殊调整',
  suspend: '中止',
  resume: '恢复履行',
  object: '对续签或终止提出异议',
  serve: '发出书面通知',
  cure: '补救违约',
  settle: '了结未了事项',
  claim: '提出索赔',
  answer: '答复索赔',
  book: '入账',
  'open-matter': '发起事项',
  'carry-matter': '办理事项',
  'end-engagement': '提出结束第三方介入',
  'third-access': '登记第三方保密承诺或权限',
};
/** What people do in surveys and in what follows from them. */
const SURVEY_ACTS: Record<SurveyDo, string> = {
  propose: '提议调查时间',
  accept: '同意调查时间',
  design: '设计问卷',
  draw: '抽取调查对象',
  publish: '发布',
  respond: '录入答卷',
  close: '结束',
  release: '发布调查报告',
  'set-weights': '设定权重',
  raise: '提出问题',
  classify: '问题分类',
  merge: '合并问题',
  dismiss: '不予改进',
  investigate: '记录原因',
  plan: '提交改进计划',
  approve: '批准',
  reject: '退回改进计划',
  complete: '完成措施',
  check: '检查措施',
  verify: '验证效果',
  answer: '答复客户',
  judge: '客户评价答复',
};
/** What the next cycle says of a plan. */
const EFFECTS: Record<string, string> = { effective: '达到目标', ineffective: '未达到目标' };
/** Mails to customers. */
const INVITATIONS: Record<'survey-invitation' | 'survey-reminder', string> = {
  'survey-invitation': '调查邀请',
  'survey-reminder': '调查催答',
};
const LINES: Record<LivedLine['kind'], string> = {
  fee: '应付款',
  payment: '付款',
  penalty: '违约金',
  'late-fee': '迟延付款违约金',
  'credit-note': '冲销',
  'cost-share': '分担费用',
  reward: '奖励',
  deduction: '扣款',
  claim: '赔偿',
  deposit: '押金',
  refund: '退还',
};

/** A line before it is put in its place. */
interface Entry {
  at: string;
  /** At one instant: what happened, what it costs, who is told, what was refused. */
  rank: number;
  what: string;
  who: string;
  amount?: string;
  clauses: readonly string[];
}

/**
 * A life as a lawyer reads it: one line for each event, ledger line, mail and refused act, in the order of time, as
 * `date time · what · who · amount · clauses`, in Chinese with the ids beside. The same life gives the same text.
 */
export function transcriptOf(name: string, scenario: LivableScenario, life: LivedScenario): string {
  const { template, parties, zone, calendar, terms } = scenario.draft;
  const addresses = seatAddresses(scenario.draft);

  const seat = (id: string): string => {
    if (id === 'coordinator') return '项目协调人';
    if (id === CUSTOMER) return '客户';
    const customer = customerOf(id);
    if (customer !== undefined) return `客户 ${customer}`;
    const title = template.parties[id]?.zh ?? template.seats.find((one) => one.id === id)?.title.zh;
    return title === undefined ? id : `${title} ${id}`;
  };
  const subject = (about: { obligation?: string; occurrence?: string }): string => {
    if (about.obligation === undefined) return '';
    const title = obligationTitle(template, about.obligation)?.zh ?? '';
    return `：${title} ${aboutText(about)}`;
  };
  /** Of an event about people: the seat, who fills it now or stands in, for whom, when and for what. */
  const judgedGoal = ({ goal, asOf = '', verdict, why, needed, measured }: LivedEvent): string => {
    if (goal === undefined || verdict === undefined) return '';
    const parts = [
      GOAL_VERDICT_WORDS[verdict].zh,
      ...(why === undefined ? [] : [NO_VERDICT_WORDS[why].says.zh]),
      ...(needed === undefined ? [] : [`须 ${needed}`]),
      ...(measured === undefined ? [] : [`测得 ${measured}`]),
    ];
    return `：${goal}（截至 ${asOf}，${parts.join('，')}）`;
  };
  const people = ({ seat: id, person, before, absent, from, until, obligations = [] }: LivedEvent): string => {
    if (id === undefined) return '';
    const stands = absent === undefined ? '' : ` 代 ${absent}`;
    const parts = [
      `${seat(id)}${person === undefined ? '' : ` ${person}`}${stands}`,
      ...(before === undefined ? [] : [`原 ${before}`]),
      ...(from === undefined || until === undefined ? [] : [`${from} 至 ${until}`]),
      ...(obligations.length === 0 ? [] : [`限 ${obligations.join('、')}`]),
    ];
    return `（${parts.join('，')}）`;
  };
  const actorOf = ({ seat: id, onBehalfOf, person, deputyFor }: NonNullable<LivedEvent['actor']>): string => {
    const entered = onBehalfOf === undefined ? '' : `（代 ${seat(onBehalfOf)}）`;
    const deputy = deputyFor === undefined ? '' : `（${person ?? ''} 代 ${deputyFor}）`;
    return seat(id) + entered + deputy;
  };
  /** The seat that a copy goes to: as the scenario has it, or since somebody followed or stands in. */
  const copied = ({ to, at }: LivedNotice): string | undefined =>
    life.events.findLast(({ person, at: since }) => person !== undefined && person === to && since <= at)?.seat ??
    Object.keys(addresses).find((id) => addresses[id] === to);
  const amountOf = (line: LivedLine): string => `${line.amount} ${line.currency}`;

  const entries: Entry[] = [
    ...life.events.map((event): Entry => ({
      at: event.at,
      rank: 0,
      what: `事件 ${EVENT_WORDS[event.type].zh} ${event.type}${people(event)}${judgedGoal(event)}${subject(event)}`,
      who: event.actor ? actorOf(event.actor) : NOTHING,
      clauses: event.clauses,
    })),
    ...life.ledger.map((line): Entry => ({
      at: line.at,
      rank: 1,
      what: `台账 ${LINES[line.kind]} ${line.kind}${line.days === undefined ? '' : ` ${line.days} 日`}${line.posted === false ? '（应计未记账）' : ''}${subject(line)}`,
      who: `${seat(line.debtor)} → ${seat(line.creditor)}`,
      amount: amountOf(line),
      clauses: line.clauses,
    })),
    ...life.notices.filter(isToParty).map((notice): Entry => {
      const to = notice.role === 'copy' ? copied(notice) : notice.role;
      const rungs = notice.rungs ? `（${notice.rungs.join('、')}）` : '';
      return {
        at: notice.at,
        rank: 2,
        what: `邮件 ${NOTICE_WORDS[notice.kind].zh} ${notice.kind}${rungs}${subject(notice)}`,
        who: `→ ${to === undefined ? NOTHING : seat(to)} ${notice.to ?? NOTHING}${notice.role === 'copy' ? '（抄送）' : ''}`,
        clauses: notice.clauses,
      };
    }),
    ...surveyEntries(life, seat),
    ...nounEntries(life, seat),
    ...life.rejections.map((act): Entry => ({
      at: act.at,
      rank: 3,
      what: `拒绝 ${actWord(act)} ${act.do}${subject(act)}${aboutProcess(act)}：${refusalWord(act.code)} ${act.code}`,
      who: seat(act.as),
      clauses: act.clauses ?? [],
    })),
  ];
  const inOrder = entries
    .map((entry, place) => ({ entry, place, ms: Date.parse(entry.at) }))
    .sort((a, b) => a.ms - b.ms || a.entry.rank - b.entry.rank || a.place - b.place);

  const given = terms.terms.filter((term) => term.given);
  const label = (term: string): string => template.terms.find((one) => one.name === term)?.label.zh ?? '';
  const balances = balancesOf(life.ledger);
  const { status, endedOn } = life.agreement;
  const statuses: Record<string, Text> = AGREEMENT_STATUS_WORDS;
  return [
    `# ${name}`,
    `# 模板：${template.title.zh} ${templateReference(template)}`,
    `# 当事人：${Object.entries(parties)
      .map(([role, party]) => `${seat(role)} ${party.name}`)
      .join('；')}`,
    ...given.map(({ name: term, value }) => `# 约定：${label(term)} ${term} = ${termText(value, '未约定')}`),
    `# 未约定：${terms.open.map(({ term }) => term).join('、') || NOTHING}`,
    `# 截至：${scenario.until}（含当日）；时区 ${zone.id}；日历 ${calendar.id}@${calendar.version}`,
    '',
    ...inOrder.map(({ entry: { at, what, who, amount = NOTHING, clauses } }) =>
      [`${at.slice(0, 10)} ${at.slice(11, 16)}`, what, who, amount, clauses.join(' ') || NOTHING].join(' · '),
    ),
    '',
    `# 期末：${statuses[status]?.zh ?? ''} ${status}${endedOn === null ? '' : `（${endedOn}）`}`,
    ...balances.map(
      ({ debtor, creditor, amount, currency }) =>
        `# 余额：${seat(debtor)} 应付 ${seat(creditor)} ${amount} ${currency}`,
    ),
    '',
  ].join('\n');
}

type ToParty = LivedNotice & { kind: NoticeKind };

/** Mails to customers are told by their number. */
function isToParty(notice: LivedNotice): notice is ToParty {
  return !Object.hasOwn(INVITATIONS, notice.kind);
}

/** Acts of surveys share some names with acts of the agreement, which are about no duty and no plan. */
function actWord(refused: RefusedAct): string {
  const { do: act, plan, obligation } = refused;
  const noun = NOUNS.find(({ name, words }) => Object.hasOwn(refused, name) && Object.hasOwn(words, act));
  if (noun) return noun.words[act] ?? act;
  const isOfSurvey = plan !== undefined || (Object.hasOwn(SURVEY_ACTS, act) && obligation !== undefined);
  const words: Record<string, string> = isOfSurvey || !Object.hasOwn(ACTS, act) ? SURVEY_ACTS : ACTS;
  return words[act] ?? act;
}

function aboutProcess({ plan, engagement, case: one, evaluation, risk }: RefusedAct): string {
  const about = plan ?? engagement ?? one ?? evaluation ?? risk;
  return about === undefined ? '' : `：${about}`;
}

/** What happened in engagements, cases, evaluations and risks. */
function nounEntries(life: LivedScenario, seat: (id: string) => string): Entry[] {
  return NOUNS.flatMap((noun) =>
    life[noun.rows].flatMap((row) =>
      row.events.map(({ at, type, actor, detail, clauses }): Entry => {
        const entered = actor?.onBehalfOf === undefined ? '' : `（代 ${seat(actor.onBehalfOf)}）`;
        const what = `${noun.title} ${noun.eventWords[type]?.zh ?? ''} ${type}${detail === undefined ? '' : `（${detailInChinese(detail, noun.detailWords ?? {})}）`}：${String(row[noun.name])}`;
        return { at, rank: 0, what, who: actor === undefined ? NOTHING : seat(actor.seat) + entered, clauses };
      }),
    ),
  );
}

function refusalWord(code: RefusedAct['code']): string {
  const words: Record<string, Text> = { ...REJECTION_WORDS, ...ANSWER_REFUSAL_WORDS };
  return words[code]?.zh ?? '';
}

/** What happened in cycles and plans, with what was measured; mails to customers of one moment as one line. */
function surveyEntries({ surveys, plans, notices }: LivedScenario, seat: (id: string) => string): Entry[] {
  const who = (actor: { seat: string; onBehalfOf?: string } | undefined): string =>
    actor === undefined
      ? NOTHING
      : `${seat(actor.seat)}${actor.onBehalfOf === undefined ? '' : `（代 ${seat(actor.onBehalfOf)}）`}`;
  const cycles = surveys.flatMap((survey) =>
    survey.events.map(({ at, type, actor, clauses }): Entry => {
      const { figures } = survey;
      const said = type === 'survey-analysed' && figures ? `（${figuresText(figures)}）` : '';
      const what = `调查 ${SURVEY_EVENT_WORDS[type].zh} ${type}${said}：${aboutText({ obligation: survey.survey, ...(survey.occurrence === undefined ? {} : { occurrence: survey.occurrence }) })}`;
      return { at, rank: 0, what, who: who(actor), clauses };
    }),
  );
  const improvements = plans.flatMap((plan) => {
    let round = 0;
    const planned = plan.events.findLastIndex(({ type }) => type === 'plan-submitted');
    return plan.events.map(({ at, type, actor, measure, clauses }, index): Entry => {
      const effect = type === 'effect-verified' ? plan.effects[round++] : undefined;
      const said = [
        ...(type === 'finding-opened' && plan.measured !== undefined ? [`实测 ${plan.measured}`] : []),
        ...(index === planned ? planText(plan, seat) : []),
        ...(measure === undefined ? [] : [measure]),
        ...(effect
          ? [EFFECTS[effect.verdict] ?? effect.verdict, ...(effect.value === undefined ? [] : [effect.value])]
          : []),
      ];
      const what = `改进 ${IMPROVEMENT_EVENT_WORDS[type].zh} ${type}${said.length === 0 ? '' : `（${said.join('，')}）`}：${plan.plan}`;
      return { at, rank: 0, what, who: who(actor), clauses };
    });
  });
  const mails = notices.filter((notice) => !isToParty(notice));
  const keys = [
    ...new Set(mails.map(({ at, kind, obligation, occurrence }) => [at, kind, obligation, occurrence].join(' '))),
  ];
  const invitations = keys.flatMap((key): Entry[] => {
    const same = mails.filter(
      ({ at, kind, obligation, occurrence }) => [at, kind, obligation, occurrence].join(' ') === key,
    );
    const [first] = same;
    if (!first) return [];
    const { at, kind, clauses } = first;
    const what = `邮件 ${INVITATIONS[kind as keyof typeof INVITATIONS]} ${kind}：${aboutText(first)}`;
    return [{ at, rank: 2, what, who: `→ 客户 ${same.length} 封`, clauses }];
  });
  return [...cycles, ...improvements, ...invitations];
}

/** What the plan is to reach, and its measures, each with its kind, owner and day. */
function planText({ goal, measures }: LivedPlan, seat: (id: string) => string): string[] {
  return [
    ...(goal === undefined ? [] : [`目标 ${goal.dimension} ≥ ${goal.atLeast}`]),
    ...measures.map(({ measure, kind, owner, dueAt }) => {
      const lastDay = new Date(Date.parse(`${dueAt.slice(0, 10)}T00:00:00Z`) - 1).toISOString().slice(0, 10);
      return `${measure} ${kind} ${seat(owner)} ${lastDay}`;
    }),
  ];
}

function figuresText({ answered, drawn, score, dimensions }: Figures): string {
  const means = dimensions.map(({ id, measures }) => `${id} ${measures.mean?.value ?? NOTHING}`);
  return [`答卷 ${answered}`, ...(drawn === 0 ? [] : [`调查对象 ${drawn}`]), `得分 ${score ?? NOTHING}`, ...means].join(
    '，',
  );
}

/** Every clause that an event, a ledger line, a mail or a refusal of this life bears, sorted. */
export function clausesBorne(life: LivedScenario): string[] {
  const nouns = NOUN_ROWS.flatMap((list) => life[list]);
  const processes = [...life.surveys, ...life.plans, ...nouns].flatMap(({ events }): { clauses: string[] }[] => events);
  const lines = [...life.events, ...life.ledger, ...life.notices, ...life.rejections, ...processes];
  return [...new Set(lines.flatMap(({ clauses }) => clauses ?? []))].sort();
}
