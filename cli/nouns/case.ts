import { z } from 'zod';
import type { CommandText } from '../../api/commands.ts';
import { present } from '../../domain/fields.ts';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import { clockDueOf } from '../../domain/case/case.ts';
import { isRunning, pausedMs } from '../../domain/case/clock.ts';
import { type CaseInput, PAUSE_REASONS, type PauseReason } from '../../domain/case/command.ts';
import {
  BREACH_MEANINGS,
  CASE_CHANNELS,
  CASE_CLOCKS,
  CASE_PRIORITIES,
  CASE_SEVERITIES,
  CASE_TYPES,
  CLOCK_UNITS,
  type CaseChannel,
  type CaseSeverity,
  type CaseType,
  type CompiledCases,
} from '../../domain/case/compiled.ts';
import { CASE_OUTCOMES } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { lateList } from '../../domain/evaluation/compiled.ts';
import {
  BREACH_MEANING_WORDS,
  CASE_CHANNEL_WORDS,
  CASE_CLOCK_WORDS,
  CASE_EVENT_WORDS,
  CASE_OUTCOME_WORDS,
  CASE_SEVERITY_WORDS,
  CASE_STATUS_WORDS,
  CASE_TYPE_WORDS,
  PAUSE_REASON_WORDS,
} from '../../domain/case/vocabulary.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { instantAt } from '../../domain/zone.ts';
import { nobodyServes } from '../../templates/compile-case.ts';
import { added } from '../../templates/survey-dimensions.ts';
import { customerOf } from '../survey-step.ts';
import { chineseOf } from './details.ts';
import type { Living, Noun, NounEvent, NounRefusal, NounSituation, NounStep, NounToDo, Said } from './noun.ts';

/** Words that people write for a type and for a channel. */
const TYPES: Record<string, CaseType> = {
  complaint: 'complaint',
  'service-request': 'service-request',
  request: 'service-request',
  problem: 'service-request',
  issue: 'service-request',
  enquiry: 'enquiry',
  inquiry: 'enquiry',
  question: 'enquiry',
  consultation: 'enquiry',
  feedback: 'feedback',
  suggestion: 'feedback',
  opinion: 'feedback',
  rating: 'feedback',
};
const CHANNELS: Record<string, CaseChannel> = {
  hotline: 'hotline',
  online: 'online',
  'online-service': 'online',
  'online-chat': 'online',
  'online-platform': 'online',
  chat: 'online',
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  'social-media': 'social_media',
  social: 'social_media',
  wechat: 'social_media',
  phone: 'phone',
  telephone: 'phone',
  call: 'phone',
  form: 'form',
  web: 'form',
  website: 'form',
  'web-form': 'form',
  other: 'other',
};
const SEVERITIES: Record<string, CaseSeverity> = {
  minor: 'minor',
  low: 'minor',
  normal: 'normal',
  medium: 'normal',
  major: 'major',
  high: 'major',
  critical: 'major',
  complex: 'major',
};
const PRIORITIES = { low: 'low', normal: 'normal', medium: 'normal', high: 'high', urgent: 'urgent' } as const;
const DECISIONS = {
  held: 'held',
  hold: 'held',
  yes: 'held',
  declined: 'declined',
  decline: 'declined',
  no: 'declined',
} as const;
const RELATIONS = {
  duplicate: 'duplicate',
  'duplicate-of': 'duplicate',
  repeat: 'repeat',
  repeated: 'repeat',
  related: 'repeat',
} as const;
const VERDICTS: Record<string, boolean> = {
  satisfied: true,
  accept: true,
  accepted: true,
  confirm: true,
  confirmed: true,
  yes: true,
  solved: true,
  resolved: true,
  dissatisfied: false,
  'not-satisfied': false,
  unsatisfied: false,
  reject: false,
  rejected: false,
  no: false,
  'not-solved': false,
  unsolved: false,
};

const keysOf = <K extends string>(map: Record<K, unknown>): [K, ...K[]] => Object.keys(map) as [K, ...K[]];
const name = z.string().min(1).max(200);
const prose = z.string().min(1).max(10_000);
const which = { case: name.optional() };
const words = {
  reason: prose.optional(),
  note: prose.optional(),
  details: prose.optional(),
  text: prose.optional(),
  message: prose.optional(),
  file: z.string().min(1).optional(),
};
const section = z.union([z.boolean(), prose]).optional();
const score = z.union([z.number(), z.string().regex(/^\d+(?:\.\d+)?$/, { error: 'invalid-decimal' })]).optional();
const act = { ...which, ...words };
const opinion = {
  ...act,
  satisfied: z.boolean().optional(),
  verdict: z.enum(keysOf(VERDICTS)).optional(),
  score,
};

/** What people do in a case. Without its name the only one that is open is meant. */
const ACTS = {
  open: {
    ...act,
    type: z.enum(keysOf(TYPES)),
    channel: z.enum(keysOf(CHANNELS)).optional(),
    severity: z.enum(keysOf(SEVERITIES)).optional(),
    priority: z.enum(keysOf(PRIORITIES)).optional(),
    /** A key of the file of customers, or, without one, a name. */
    customer: name.optional(),
    tier: name.optional(),
    category: name.optional(),
    topic: prose.optional(),
    /** Where two rules of the contract take this type: which. */
    rule: name.optional(),
    /** When it was submitted, where that was before somebody wrote it down: `YYYY-MM-DD HH:MM`. */
    receivedAt: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2} (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/, { error: 'invalid-time', abort: true })
      .refine((at) => isLocalDate(at.slice(0, 10)), { error: 'invalid-date' })
      .optional(),
    repeats: z.union([name, z.array(name).max(20)]).optional(),
  },
  record: { ...act, content: section, process: section, result: section },
  respond: act,
  forward: { ...act, to: name },
  assign: { ...act, to: name, qualified: z.boolean().optional() },
  progress: act,
  pause: { ...act, reason: prose },
  resume: act,
  plan: act,
  confirm: { ...act, verdict: z.enum(['confirm', 'confirmed', 'change', 'changed']).optional() },
  execute: act,
  resolve: { ...act, told: z.boolean().optional() },
  'tell-result': act,
  reopen: act,
  judge: opinion,
  opinion,
  accept: opinion,
  reject: opinion,
  'agree-solution': act,
  negotiate: act,
  decide: { ...act, specialSurvey: z.enum(keysOf(DECISIONS)) },
  classify: {
    ...act,
    severity: z.enum(keysOf(SEVERITIES)).optional(),
    priority: z.enum(keysOf(PRIORITIES)).optional(),
    category: name.optional(),
  },
  report: act,
  'confirm-report': act,
  acknowledge: act,
  link: { ...act, of: name, relation: z.enum(keysOf(RELATIONS)).optional() },
  close: { ...act, opinion: z.enum(['not-given']).optional(), opinionNotGiven: z.boolean().optional() },
  contest: { ...act, corrected: z.boolean().optional() },
  correct: act,
  improve: { ...act, finding: name.optional(), dimension: name.optional(), cause: prose.optional() },
  note: act,
} as const;
type Act = keyof typeof ACTS;

/** Acts that nobody else has; the others are a case's where the item names one. */
const OWN: readonly string[] = [
  'open',
  'pause',
  'resolve',
  'reopen',
  'tell-result',
  'agree-solution',
  'confirm-report',
  'contest',
];
/** Fields that say that something else is meant. */
const FOREIGN = ['engagement', 'evaluation', 'risk', 'survey', 'claim', 'training', 'visit', 'finding', 'obligation'];

const spelt = ['type', 'channel', 'severity', 'priority', 'specialSurvey', 'relation', 'verdict', 'opinion'] as const;

export const CASE: Noun = {
  type: 'case',
  rows: 'cases',
  name: 'case',
  title: '工单',
  acts: ACTS,
  words: {
    open: '登记工单',
    record: '补充记录',
    respond: '首次响应',
    forward: '转交',
    assign: '安排人员',
    progress: '通报进展',
    pause: '暂停计时',
    resume: '恢复计时',
    plan: '提交服务方案',
    confirm: '确认服务方案',
    execute: '执行服务方案',
    resolve: '登记处理结果',
    'tell-result': '告知处理结果',
    reopen: '重新打开',
    judge: '反馈意见',
    opinion: '反馈意见',
    accept: '验收',
    reject: '验收不通过',
    'agree-solution': '确认协商方案',
    negotiate: '确认协商方案',
    decide: '决定是否开展专项调查',
    classify: '调整分类',
    report: '上报责任部门',
    'confirm-report': '确认上报',
    acknowledge: '确认上报',
    link: '关联工单',
    close: '办结工单',
    contest: '提出异议',
    correct: '补正信息',
    improve: '就根本原因发起改进',
    note: '补充说明',
  },
  owns: (item) =>
    Object.hasOwn(item, 'case') || (OWN.includes(item.do) && !FOREIGN.some((field) => Object.hasOwn(item, field))),
  spelling: Object.fromEntries(keysOf(ACTS).map((one) => [one, spelt])),
  mayAct: (as) => customerOf(as) !== undefined,
  check: (said, { path, as, template, customers }) => {
    const { customer } = said as { customer?: string };
    const problems = [];
    if (!template.rules.some(({ kind }) => kind === 'case')) {
      problems.push({
        path: `${path}.do`,
        code: 'not-provided',
        message: { zh: '该协议没有工单', en: 'this agreement knows no cases' },
        cure: {
          zh: '删除该行，或者选用有工单条款的模板',
          en: 'leave it out, or take a template whose contract has cases',
        },
      });
    }
    const named = [...(customer === undefined ? [] : [{ key: customer, at: 'customer' }])];
    const actor = customerOf(as);
    if (actor !== undefined) named.push({ key: actor, at: 'as' });
    for (const { key, at } of named) {
      if (customers === null || customers.includes(key.replace(/^customer:/, ''))) continue;
      problems.push({
        path: `${path}.${at}`,
        code: 'unknown-customer',
        message: { zh: `客户名单中没有 ${key}`, en: `there is no customer ${key}` },
        cure: { zh: '使用 customers 文件中的 key', en: 'use a key of the file under customers' },
      });
    }
    return problems;
  },
  toDo,
  describe: (records, { at, customerKey }) =>
    records.map((record) => {
      const state = record.state as CaseState;
      const { input, cycles, clocks, breaches } = state;
      const instant = (ms: number | null | undefined): string | null =>
        ms === null || ms === undefined ? null : at(ms);
      const round = cycles.at(-1);
      const known = input.customerId === null ? null : customerKey(input.customerId);
      return {
        record,
        row: {
          case: input.reference,
          rule: input.rules.id,
          type: input.caseType,
          channel: input.channel,
          severity: state.severity,
          priority: state.priority,
          tier: input.tier,
          category: state.category,
          customer: known,
          handler: state.handler,
          assignee: state.assignee,
          status: state.paused === null ? state.status : 'paused',
          outcome: state.outcome,
          outOfTerm: state.outOfTerm,
          openedAt: at(input.openedAtMs),
          respondedAt: instant(cycles[0]?.respondedAtMs),
          resolvedAt: instant(round?.resolvedAtMs),
          closedAt: instant(state.closedAtMs),
          reopened: cycles.length - 1,
          satisfied: round?.satisfied ?? null,
          score: state.score,
          record: state.record,
          passed: state.passedTo.length,
          shiftingSuspected: state.suspected,
          clocks: clocks.map((clock) => {
            const { id, cycle, unit, budget, startAtMs, stoppedAtMs, breachedAtMs, missed, suspensions } = clock;
            const dueAtMs = breachedAtMs ?? clockDueOf(state, clock);
            return {
              clock: id,
              cycle,
              unit,
              budget,
              startedAt: at(startAtMs),
              dueAt: instant(dueAtMs),
              stoppedAt: instant(stoppedAtMs),
              running: isRunning(clock),
              breached: breachedAtMs !== undefined || (missed ?? 0) > 0,
              ...(suspensions.length > 0 ? { pausedMs: pausedMs(clock, startAtMs) } : {}),
              ...(missed === undefined ? {} : { missed }),
            };
          }),
          breaches: breaches.map(({ clock, cycle, atMs, means, liable, claimant }) => ({
            clock,
            cycle,
            at: at(atMs),
            means,
            liable,
            ...(means === 'breach'
              ? { claim: { claimant: claimant === null ? null : customerKey(claimant), amount: null } }
              : {}),
          })),
          negotiated: state.negotiated,
          specialSurvey: state.specialSurvey,
          reportedAt: instant(state.reportedAtMs),
          reportConfirmedAt: instant(state.reportConfirmedAtMs),
          duplicateOf: state.duplicateOf,
          repeats: state.repeats,
          improvement: state.findings.map(({ workflowId }) => workflowId.split('/').slice(2).join('/')),
        },
      };
    }),
  row: rowSchema(),
  eventWords: CASE_EVENT_WORDS,
  detail,
  detailWords: {
    ...chineseOf(
      CASE_TYPE_WORDS,
      CASE_CHANNEL_WORDS,
      CASE_SEVERITY_WORDS,
      PAUSE_REASON_WORDS,
      CASE_CLOCK_WORDS,
      BREACH_MEANING_WORDS,
      CASE_OUTCOME_WORDS,
    ),
    'out-of-term': '服务期外',
    'suspected-shifting': '疑似推诿',
    cycle: '轮次',
    score: '评分',
    satisfied: '满意',
    'not-satisfied': '不满意',
    held: '开展',
    'not-held': '不开展',
  },
};

function rowSchema() {
  const instant = z.string().nullable();
  const clock = z.enum(CASE_CLOCKS);
  return z.strictObject({
    case: z.string(),
    rule: z.string().meta({ description: 'Rule of the template' }),
    type: z.enum(CASE_TYPES),
    channel: z.enum(CASE_CHANNELS),
    severity: z.enum(CASE_SEVERITIES),
    priority: z.enum(CASE_PRIORITIES),
    tier: z.string().nullable(),
    category: z.string().nullable(),
    customer: z.string().nullable(),
    handler: z.string(),
    assignee: z.string().nullable(),
    status: z.enum([...keysOf(CASE_STATUS_WORDS), 'paused']),
    outcome: z.enum(CASE_OUTCOMES).nullable(),
    outOfTerm: z.boolean(),
    openedAt: z.string(),
    respondedAt: instant.meta({ description: 'First round' }),
    resolvedAt: instant.meta({ description: 'Last round' }),
    closedAt: instant,
    reopened: z.int(),
    satisfied: z.boolean().nullable(),
    score: z.string().nullable(),
    record: z.strictObject({ content: z.boolean(), process: z.boolean(), result: z.boolean() }),
    passed: z.int(),
    shiftingSuspected: z.boolean(),
    clocks: z.array(
      z.strictObject({
        clock,
        cycle: z.int(),
        unit: z.enum(CLOCK_UNITS),
        budget: z.number(),
        startedAt: z.string(),
        dueAt: instant.meta({ description: 'Null while it stands still' }),
        stoppedAt: instant,
        running: z.boolean(),
        breached: z.boolean(),
        pausedMs: z.int().optional(),
        missed: z.int().optional().meta({ description: 'Reports of progress in a row that are missing' }),
      }),
    ),
    breaches: z.array(
      z.strictObject({
        clock,
        cycle: z.int(),
        at: z.string(),
        means: z.enum(BREACH_MEANINGS),
        liable: z.string().nullable(),
        claim: z
          .strictObject({ claimant: z.string().nullable(), amount: z.null() })
          .optional()
          .meta({ description: 'The customer may claim its loss; the amount is to be proven' }),
      }),
    ),
    negotiated: z.boolean(),
    specialSurvey: z.enum(['held', 'declined']).nullable(),
    reportedAt: instant,
    reportConfirmedAt: instant,
    duplicateOf: z.string().nullable(),
    repeats: z.array(z.string()),
    improvement: z.array(z.string()),
  });
}

/** `complaint, phone, normal`, `resolution: breach`. */
function detail({ type, body }: NounEvent): string | undefined {
  switch (type) {
    case 'case-opened': {
      const { caseType, channel, severity, outOfTerm } = body as {
        caseType: CaseType;
        channel: CaseChannel;
        severity: CaseSeverity;
        outOfTerm: boolean;
      };
      return [caseType, channel, severity, ...(outOfTerm ? ['out-of-term'] : [])].join(', ');
    }
    case 'case-forwarded':
    case 'case-assigned':
      return `${String(body['to'])}${body['suspected'] === true ? '; suspected-shifting' : ''}`;
    case 'case-paused':
      return String(body['reason']);
    case 'case-reopened':
      return `cycle ${String(body['cycle'])}`;
    case 'case-clock-breached':
      return `${String(body['clock'])}: ${String(body['means'])}`;
    case 'case-judged':
      return `${body['satisfied'] === true ? 'satisfied' : 'not-satisfied'}${body['score'] === null ? '' : `, score ${String(body['score'])}`}`;
    case 'case-survey-decided':
      return body['specialSurvey'] === 'held' ? 'held' : 'not-held';
    case 'case-solution-agreed':
      return String(body['party']);
    case 'case-closed':
      return String(body['outcome']);
    case 'case-linked':
      return String(body['of']);
    default:
      return undefined;
  }
}

function toDo(step: NounStep, situation: NounSituation): NounToDo[] | NounRefusal {
  const { said } = step;
  if (said.do === 'open') return opening(step, situation);
  const found = meant(said, situation);
  if ('refused' in found) return found;
  const { workflowId } = found;
  const state = found.state as CaseState;
  const { input } = state;
  const { actor } = situation;
  if (actor.seat === CUSTOMER && input.customerId !== null && input.customerId !== actor.personId) {
    const message = `${input.reference} is another customer’s`;
    return { refused: 'not-responsible', message, reference: input.reference };
  }
  const command = commandOf(said, state, situation);
  if ('refused' in command) return command;
  const text = { ...wordsOf(said), ...command.text };
  return [
    {
      what: 'command',
      workflowId,
      order: command.order,
      ...(Object.keys(text).length > 0 ? { text } : {}),
    },
  ];
}

interface Commanded {
  order: { type: string } & Record<string, unknown>;
  text?: CommandText;
}

/** Words that go with any act. */
function wordsOf(said: Said): CommandText {
  const details = said['details'] ?? said['text'] ?? said['message'];
  return present({
    reason: said['reason'] as string | undefined,
    note: said['note'] as string | undefined,
    details: details as string | undefined,
  });
}

function commandOf(said: Said, state: CaseState, situation: NounSituation): Commanded | NounRefusal {
  const { input } = state;
  switch (said.do as Act) {
    case 'record': {
      const sections = ['content', 'process', 'result'] as const;
      const named = sections.filter((one) => said[one] !== undefined);
      const there = (one: (typeof sections)[number]): boolean =>
        named.length === 0 ? true : said[one] !== undefined && said[one] !== false;
      const text = Object.fromEntries(
        sections.flatMap((one) =>
          there(one) ? [[one, typeof said[one] === 'string' ? said[one] : `made: ${one}`]] : [],
        ),
      ) as CommandText;
      return {
        order: { type: 'record', content: there('content'), process: there('process'), result: there('result') },
        text,
      };
    }
    case 'forward': {
      const to = seatMeant(String(said['to']), situation);
      return to === null
        ? { order: { type: 'forward', to: 'department' }, text: { topic: String(said['to']) } }
        : { order: { type: 'forward', to } };
    }
    case 'assign': {
      const to = seatMeant(String(said['to']), situation);
      const qualified = said['qualified'] !== false;
      return to === null
        ? { order: { type: 'assign', to: 'person', qualified }, text: { topic: String(said['to']) } }
        : { order: { type: 'assign', to, qualified } };
    }
    case 'pause':
      return { order: { type: 'pause', reason: pauseReason(String(said['reason'])) } };
    case 'confirm': {
      const verdict = String(said['verdict'] ?? 'confirm').startsWith('change') ? 'change' : 'confirm';
      return { order: { type: 'confirm', verdict } };
    }
    case 'resolve': {
      const canMail = input.rules.customer !== null || input.customerMail;
      return { order: { type: 'resolve', told: (said['told'] as boolean | undefined) ?? !canMail } };
    }
    case 'judge':
    case 'opinion':
    case 'accept':
    case 'reject': {
      const verdict = said['verdict'] as string | undefined;
      const byWord = verdict === undefined ? undefined : VERDICTS[verdict];
      const satisfied = (said['satisfied'] as boolean | undefined) ?? byWord ?? said.do !== 'reject';
      const given = said['score'] as string | number | undefined;
      return { order: { type: 'judge', satisfied, score: given === undefined ? null : String(given) } };
    }
    case 'negotiate':
    case 'agree-solution':
      return { order: { type: 'agree-solution' } };
    case 'decide': {
      const specialSurvey = DECISIONS[said['specialSurvey'] as keyof typeof DECISIONS];
      const hasReason = said['reason'] !== undefined || said['note'] !== undefined;
      return { order: { type: 'decide', specialSurvey, hasReason } };
    }
    case 'classify': {
      const severity = said['severity'] as string | undefined;
      const priority = said['priority'] as keyof typeof PRIORITIES | undefined;
      const category = said['category'] as string | undefined;
      return {
        order: {
          type: 'classify',
          ...present({
            severity: severity === undefined ? undefined : SEVERITIES[severity],
            priority: priority === undefined ? undefined : PRIORITIES[priority],
            category: category === undefined ? undefined : categoryMeant(category, input.rules),
          }),
        },
      };
    }
    case 'acknowledge':
    case 'confirm-report':
      return { order: { type: 'confirm-report' } };
    case 'link': {
      const other = named(String(said['of']), situation);
      if (!other) {
        return {
          refused: 'unknown-case',
          message: `there is no case ${String(said['of'])}`,
          reference: input.reference,
        };
      }
      const relation = RELATIONS[(said['relation'] as keyof typeof RELATIONS | undefined) ?? 'duplicate'];
      return { order: { type: 'link', relation, of: (other.state as CaseState).input.reference } };
    }
    case 'close':
      return {
        order: { type: 'close', opinionNotGiven: said['opinion'] === 'not-given' || said['opinionNotGiven'] === true },
      };
    case 'contest':
      return { order: { type: 'contest', corrected: said['corrected'] === true } };
    case 'correct':
      return { order: { type: 'contest', corrected: true } };
    case 'improve': {
      const finding = (said['finding'] as string | undefined)?.trim().replaceAll('/', '-');
      const cause = said['cause'] as string | undefined;
      return {
        order: {
          type: 'improve',
          finding: finding ?? `finding-${String(state.findings.length + 1)}`,
          dimension: (said['dimension'] as string | undefined) ?? null,
        },
        text: { topic: finding ?? input.reference, ...present({ cause }) },
      };
    }
    case 'open':
    case 'respond':
    case 'progress':
    case 'resume':
    case 'plan':
    case 'execute':
    case 'tell-result':
    case 'reopen':
    case 'report':
    case 'note':
      return { order: { type: said.do } };
  }
}

/** A seat or a role key by its name; null: somebody or something that has no seat. */
function seatMeant(to: string, { agreement, seats }: NounSituation): string | null {
  const known = [
    ...agreement.parties,
    ...agreement.seats,
    ...Object.keys(agreement.seatParties ?? {}),
    ...Object.keys(seats),
  ];
  const meantSeat = to
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return known.find((seat) => seat.toLowerCase() === meantSeat) ?? null;
}

/** What a reason says of the customer's information; anything else waits for the customer. */
function pauseReason(reason: string): PauseReason {
  const small = reason
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  const exact = PAUSE_REASONS.find((one) => one === small);
  if (exact) return exact;
  if (/wrong|inaccurate|incorrect|false|untrue|invalid|不实|错误|不准确|不符/.test(small)) return 'wrong-information';
  if (/missing|incomplete|lack|不全|缺少|缺失|补充/.test(small)) return 'missing-information';
  return /force-majeure|不可抗力/.test(small) ? 'force-majeure' : 'waiting-for-customer';
}

/** The id of a category by its words, in the way in which templates make it. */
function categoryMeant(category: string, rules: CompiledCases): string {
  const ids = [category.trim().toLowerCase(), added(category).id];
  return rules.categories.find(({ id }) => ids.includes(id))?.id ?? added(category).id;
}

function opening({ said }: NounStep, situation: NounSituation): NounToDo[] | NounRefusal {
  const { agreement, agreementStatus, frame, actor, processes, customerIds, customerTiers, atMs } = situation;
  const cases = processes.filter(({ type }) => type === 'case');
  const reference = ((said['case'] as string | undefined) ?? `case-${String(cases.length + 1)}`)
    .trim()
    .replaceAll('/', '-');
  const refusal = (refused: string, message: string): NounRefusal => ({ refused, message, reference });
  if (['draft', 'awaiting-signatures', 'starting'].includes(agreementStatus)) {
    return refusal('not-in-force', 'a case comes in once the agreement is in force');
  }
  const type = TYPES[said['type'] as string] ?? 'complaint';
  const rule = said['rule'] as string | undefined;
  const fitting = (agreement.cases ?? []).filter(
    ({ id, types }) => types.includes(type) && (rule === undefined || id === rule),
  );
  const isOutside = actor.seat === CUSTOMER;
  const rules = fitting.find(({ customer }) => !isOutside || customer === null);
  if (!rules && fitting[0]) {
    return refusal('not-responsible', `party ${String(fitting[0].customer)} is itself the customer: it opens the case`);
  }
  if (!rules) {
    const nobody = nobodyServes(situation.template, agreement, type, rule);
    if (nobody !== undefined) return refusal('not-provided', nobody);
    const known = [...new Set((agreement.cases ?? []).flatMap(({ types }) => types))].join(', ');
    return refusal(
      'not-provided',
      `the agreement knows no ${rule ?? type}${known === '' ? '' : `; it knows: ${known}`}`,
    );
  }
  if (!['active', 'suspended'].includes(agreementStatus) && !comesAfter(rules, agreementStatus)) {
    return refusal('agreement-ended', `the agreement is ${agreementStatus}: no case comes in any more`);
  }
  if (named(reference, situation)) {
    return refusal('name-taken', `there is a case ${reference} already: choose another name`);
  }
  const category = said['category'] as string | undefined;
  const categoryId = category === undefined ? null : categoryMeant(category, rules);
  if (categoryId !== null && rules.categories.length > 0 && !rules.categories.some(({ id }) => id === categoryId)) {
    const known = rules.categories.map(({ id }) => id).join(', ');
    return refusal('unknown-category', `there is no category ${category ?? ''}; there are: ${known}`);
  }
  const said1 = said['customer'] as string | undefined;
  const key =
    said1?.replace(/^customer:/, '') ?? Object.keys(customerIds).find((one) => customerIds[one] === actor.personId);
  const customerId = key === undefined ? null : (customerIds[key] ?? null);
  const tier =
    (said['tier'] as string | undefined)?.trim().toLowerCase() ?? (key === undefined ? undefined : customerTiers[key]);
  const receivedAt = said['receivedAt'] as string | undefined;
  const [date = '', time = '00:00'] = (receivedAt ?? '').split(' ');
  const openedAtMs = receivedAt === undefined ? atMs : Math.min(atMs, instantAt(frame.zone, date, time));
  const repeated = said['repeats'];
  const repeats = (
    repeated === undefined ? [] : Array.isArray(repeated) ? (repeated as string[]) : [String(repeated)]
  ).flatMap((one) => {
    const other = named(one, situation);
    return other ? [(other.state as CaseState).input.reference] : [];
  });
  const input: Omit<CaseInput, 'workflowId' | 'reference'> = {
    ...frame,
    rules,
    improvement: agreement.improvement ?? null,
    ...lateList(agreement.evaluations),
    caseType: type,
    channel: CHANNELS[(said['channel'] as string | undefined) ?? 'other'] ?? 'other',
    severity: SEVERITIES[(said['severity'] as string | undefined) ?? 'normal'] ?? 'normal',
    priority: PRIORITIES[(said['priority'] as keyof typeof PRIORITIES | undefined) ?? 'normal'],
    tier: tier ?? null,
    category: rules.categories.length === 0 ? null : categoryId,
    customerId,
    customerMail: key !== undefined && situation.customerMails.includes(key),
    openedAtMs,
    repeats,
    actor,
  };
  const { details, reason, note } = wordsOf(said);
  const topic = (said['topic'] as string | undefined) ?? reference;
  const more = details ?? reason ?? note;
  return [
    {
      what: 'start',
      type: 'case',
      reference,
      input,
      text: {
        topic,
        ...present({ details: more }),
        ...(customerId === null && said1 !== undefined ? { note: said1 } : {}),
      },
    },
  ];
}

/** After the last day of the service it is still taken in, out of term and without consequences (S003-C-07). */
function comesAfter({ service }: CompiledCases, status: string): boolean {
  return service !== null && ['expired', 'closed'].includes(status);
}

function named(reference: string, { processes }: NounSituation): Living | undefined {
  const wanted = reference.trim().replaceAll('/', '-').toLowerCase();
  return processes.find(
    ({ type, state }) => type === 'case' && (state as CaseState).input.reference.toLowerCase() === wanted,
  );
}

/** The case that an act is about: the one that is named, or the only one that fits. */
function meant(said: Said, situation: NounSituation): Living | NounRefusal {
  const cases = situation.processes.filter(({ type }) => type === 'case');
  const referenceOf = ({ state }: Living): string => (state as CaseState).input.reference;
  const wanted = said['case'] as string | undefined;
  if (wanted !== undefined) {
    const there = cases.map(referenceOf).join(', ');
    const message = `there is no case ${wanted}: there is ${there || 'none'}`;
    return named(wanted, situation) ?? { refused: 'unknown-case', message, reference: wanted };
  }
  const wantsClosed = said.do === 'reopen' || said.do === 'judge' || said.do === 'opinion';
  const fitting = wantsClosed ? cases : cases.filter(({ state }) => (state as CaseState).status !== 'closed');
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  return {
    refused: 'unknown-case',
    message: fitting.length === 0 ? 'no case is open' : `say which case: ${fitting.map(referenceOf).join(', ')}`,
  };
}
