import { z } from 'zod';
import type { CommandText } from '../../api/commands.ts';
import { answersFor } from '../../domain/agreement/parties.ts';
import { present } from '../../domain/fields.ts';
import type { EvaluationInput } from '../../domain/evaluation/command.ts';
import {
  CONSEQUENCE_KINDS,
  type CompiledEvaluation,
  EVALUATION_TESTS,
  INDICATOR_SOURCES,
} from '../../domain/evaluation/compiled.ts';
import {
  EVALUATION_STATUSES,
  type Evaluated,
  type EvaluationState,
  SUBJECT_STAGES,
} from '../../domain/evaluation/state.ts';
import {
  CONSEQUENCE_WORDS,
  EVALUATION_EVENT_WORDS,
  EVALUATION_TEST_WORDS,
} from '../../domain/evaluation/vocabulary.ts';
import { instantAt } from '../../domain/zone.ts';
import type { EvaluationRule } from '../../templates/evaluation-scheme.ts';
import { findTemplate } from '../../templates/library.ts';
import { added, isNamed } from '../../templates/survey-dimensions.ts';
import { chineseOf } from './details.ts';
import type { Living, Noun, NounEvent, NounRefusal, NounSituation, NounStep, NounToDo, Said } from './noun.ts';

const VERDICTS = {
  approve: 'approve',
  approved: 'approve',
  accept: 'approve',
  decline: 'decline',
  reject: 'decline',
  waive: 'decline',
} as const;
const ANSWERS = {
  uphold: 'uphold',
  upheld: 'uphold',
  accept: 'uphold',
  agree: 'uphold',
  reject: 'reject',
  decline: 'reject',
  dismiss: 'reject',
} as const;
const PASSED = { pass: true, passed: true, accept: true, fail: false, failed: false, reject: false } as const;

const keysOf = <K extends string>(map: Record<K, unknown>): [K, ...K[]] => Object.keys(map) as [K, ...K[]];
const name = z.string().min(1).max(200);
const prose = z.string().min(1).max(10_000);
const reason = prose.optional();
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(?:\.\d+)?$/, { error: 'invalid-decimal' })]);
const money = z.string().regex(/^\d+(?:\.\d+)?$/, { error: 'invalid-decimal' });
const evaluation = name.optional();
/** Which one (its reference, its duty, its rule or the name it was opened by), of which period, and of whom. */
const about = { evaluation, occurrence: name.optional(), subject: name.optional() };
const file = z.string().min(1).optional();
const numbers = z.array(z.int().min(1)).max(200);

const scored = {
  ...about,
  indicator: name,
  value: decimal,
  evidence: z.union([prose, z.array(prose).max(50)]).optional(),
  file,
};
const concluded = { ...about };

/** What people do in evaluations. Without `evaluation` the earliest is meant that the act fits. */
const ACTS = {
  open: { ...about, rule: name.optional(), item: name.optional(), lateMinutes: z.int().min(1).optional(), reason },
  enrol: { ...about, item: name.optional(), lateMinutes: z.int().min(1).optional() },
  acknowledge: { evaluation, occurrence: name.optional(), file },
  gather: { evaluation, occurrence: name.optional() },
  score: scored,
  'leave-out': { ...about, indicator: name, reason },
  'self-assess': { ...about, indicator: name.optional(), value: decimal.optional(), reason },
  'judge-targets': { ...about, met: numbers.default([]), missed: numbers.default([]), file },
  'third-party-result': { ...about, verdict: z.enum(keysOf(PASSED)), file },
  conclude: concluded,
  finalise: concluded,
  finalize: concluded,
  object: { ...about, indicator: name.optional(), reason, file },
  answer: { ...about, objection: name.optional(), verdict: z.enum(keysOf(ANSWERS)), reason },
  correct: { ...about, indicator: name, value: decimal, reason, file },
  confirm: about,
  publish: { evaluation, occurrence: name.optional() },
  propose: { ...about, consequence: z.enum(CONSEQUENCE_KINDS), amount: money.optional(), reason },
  decide: {
    ...about,
    consequence: name.optional(),
    verdict: z.enum(keysOf(VERDICTS)),
    amount: money.optional(),
    reason,
    file,
  },
  explain: { ...about, reason },
} as const;
type Act = keyof typeof ACTS;

/** Acts of a name that others have, too: ours where an evaluation is named, or something that only one has. */
const SHARED: readonly string[] = [
  'open',
  'acknowledge',
  'score',
  'object',
  'answer',
  'confirm',
  'publish',
  'propose',
  'decide',
  'explain',
  'correct',
];
const OWN_FIELDS = ['evaluation', 'indicator', 'objection', 'consequence'];

export const EVALUATION: Noun = {
  type: 'evaluation',
  rows: 'evaluations',
  name: 'evaluation',
  title: '考核评价',
  acts: ACTS,
  words: {
    open: '发起考核评价',
    enrol: '列入考核对象',
    acknowledge: '确认考核标准',
    gather: '汇总实绩数据',
    score: '评分',
    'leave-out': '本期不计入',
    'self-assess': '自评',
    'judge-targets': '核对执行目标',
    'third-party-result': '录入第三方评估结论',
    conclude: '得出初步结果',
    finalise: '得出初步结果',
    finalize: '得出初步结果',
    object: '对结果提出异议',
    answer: '答复异议',
    correct: '更正评分',
    confirm: '复核确认结果',
    publish: '公布结果',
    propose: '提出结果应用建议',
    decide: '决定结果应用',
    explain: '说明情况',
  },
  owns: (item) => !SHARED.includes(item.do) || OWN_FIELDS.some((field) => Object.hasOwn(item, field)),
  spelling: {
    'third-party-result': ['verdict'],
    answer: ['verdict'],
    propose: ['consequence'],
    decide: ['verdict'],
  },
  check: (said, { path }) => [
    ...(['correct', 'leave-out'].includes(said.do) && said['reason'] === undefined
      ? [missingReason(path, { zh: '更正评分或不计入某项，须写明理由', en: 'needs a reason' })]
      : []),
    ...(said.do === 'decide' && said['verdict'] === 'decline' && said['reason'] === undefined
      ? [missingReason(path, { zh: '不采纳建议的，须写明理由', en: 'is declined with a reason' })]
      : []),
  ],
  toDo,
  describe: (records, { at }) =>
    records.flatMap((record) => {
      const state = record.state as EvaluationState;
      const { input, status, scheme, acknowledgedBy, subjects, publishedAtMs } = state;
      const base = {
        evaluation: input.reference,
        rule: input.rules.id,
        ...(input.occurrence === null ? {} : { occurrence: input.occurrence }),
      };
      const scored = scheme && {
        version: scheme.version,
        indicators: scheme.indicators.map(({ id, weight, source, bonus }) => ({
          indicator: id,
          weight,
          source,
          bonus,
        })),
        bands: scheme.bands.map(({ id, from, to, consequence }) => ({ band: id, from, to, consequence })),
      };
      const shared = {
        status,
        scheme: scored,
        acknowledgedBy: acknowledgedBy.filter(({ version }) => version === scheme?.version).map(({ seat }) => seat),
        surveys: input.rules.surveys && {
          found: state.surveys.map((workflowId) => workflowId.split('/').slice(2).join('/')),
          expected: input.rules.surveys.count,
        },
        publishedAt: publishedAtMs === null ? null : at(publishedAtMs),
      };
      const people: (Evaluated | null)[] = subjects.length === 0 ? [null] : subjects;
      return people.map((one, index) => ({
        record: { ...record, events: record.events.filter(({ body }) => isOfRow(body, one, index)) },
        row: { ...base, ...shared, ...subjectRow(one, state, at) },
      }));
    }),
  row: rowSchema(),
  eventWords: EVALUATION_EVENT_WORDS,
  detail: told,
  detailWords: {
    ...chineseOf(CONSEQUENCE_WORDS, EVALUATION_TEST_WORDS),
    version: '版本',
    'no-data': '无数据',
    'left-out': '不计入',
    'too-few': '样本不足',
    'no-conclusion': '不作结论',
    total: '总分',
    'capped-by': '得分上限取自',
    bonus: '另加',
    yes: '是',
    no: '否',
    performed: '履约成功',
    'not-performed': '未达到履约成功的条件',
    upheld: '成立',
    'not-upheld': '不成立',
    proposed: '建议',
    approved: '采纳',
    rejected: '不采纳',
  },
};

/** What concerns all stands in the first row alone. */
function isOfRow(body: Record<string, unknown>, one: Evaluated | null, index: number): boolean {
  const subject = body['subject'];
  return subject === undefined ? index === 0 : one === null || subject === one.subject;
}

function missingReason(path: string, message: { zh: string; en: string }) {
  return {
    path: `${path}.reason`,
    code: 'missing',
    message,
    cure: { zh: '填写 reason', en: 'write reason' },
  };
}

function subjectRow(one: Evaluated | null, { scheme }: EvaluationState, at: (ms: number) => string) {
  if (one === null) {
    return {
      ...{ subject: null, stage: null, scores: [], leftOut: [], tooFew: [], total: null, bonus: null, band: null },
      ...{ tests: [], verdict: null, objectionsUntil: null, objections: [], consequences: [], late: null },
    };
  }
  const instant = (ms: number | null) => (ms === null ? null : at(ms));
  return {
    subject: one.subject,
    stage: one.stage,
    scores: one.scores.map(({ indicator, value, evidence, by, seat, corrected }) => ({
      indicator,
      value,
      weight:
        one.breakdown.find((part) => part.indicator === indicator)?.weight ??
        scheme?.indicators.find(({ id }) => id === indicator)?.weight ??
        null,
      points: one.breakdown.find((part) => part.indicator === indicator)?.points ?? null,
      evidence,
      by: by === 'gathered' ? by : seat,
      ...(corrected === null ? {} : { corrected: { from: corrected.from, at: at(corrected.atMs) } }),
    })),
    leftOut: one.leftOut,
    tooFew: one.tooFew,
    total: one.total,
    ...(one.cappedBy == null ? {} : { cappedBy: one.cappedBy }),
    bonus: one.bonus,
    band: one.band,
    tests: one.tests,
    verdict: one.verdict,
    objectionsUntil: instant(one.objectionsUntil?.dueAtMs ?? null),
    objections: one.objections.map(({ id, indicator, by, verdict, answeredBy, settled }) => ({
      objection: id,
      ...{ indicator, by, verdict, answeredBy, settled },
    })),
    consequences: one.consequences.map(({ id, kind, from, amount, verdict, decidedBy, workflowId }) => ({
      consequence: id,
      ...{ kind, from, amount, verdict, decidedBy },
      plan: workflowId === null ? null : workflowId.split('/').slice(2).join('/'),
    })),
    late: one.late,
  };
}

function rowSchema() {
  const text = z.string();
  const maybe = text.nullable();
  return z.strictObject({
    evaluation: text,
    rule: text,
    occurrence: text.optional(),
    subject: maybe.meta({ description: 'A row for each who is evaluated; null: nobody is enrolled yet' }),
    status: z.enum(EVALUATION_STATUSES),
    stage: z.enum(SUBJECT_STAGES).nullable(),
    scheme: z
      .strictObject({
        version: text,
        indicators: z.array(
          z.strictObject({ indicator: text, weight: maybe, source: z.enum(INDICATOR_SOURCES), bonus: z.boolean() }),
        ),
        bands: z.array(
          z.strictObject({ band: text, from: text, to: text, consequence: z.enum(CONSEQUENCE_KINDS).nullable() }),
        ),
      })
      .nullable(),
    acknowledgedBy: z.array(text),
    scores: z.array(
      z.strictObject({
        indicator: text,
        value: text,
        weight: maybe.meta({ description: 'Percent that it counted with, once there is a result' }),
        points: maybe,
        evidence: z.array(text),
        by: text.meta({ description: 'A seat; `gathered`: computed from what is on record' }),
        corrected: z.strictObject({ from: maybe, at: text }).optional(),
      }),
    ),
    leftOut: z.array(text),
    tooFew: z.array(text),
    total: maybe,
    cappedBy: text.optional().meta({ description: 'Indicator whose own score is all that the total can reach' }),
    bonus: maybe,
    band: maybe,
    tests: z.array(
      z.strictObject({
        test: z.enum(EVALUATION_TESTS),
        passed: z.boolean().nullable(),
        value: maybe,
        against: maybe,
        basis: z.enum(['previous', 'baseline', 'target']).nullable(),
      }),
    ),
    verdict: z.enum(['performed', 'not-performed']).nullable(),
    objectionsUntil: maybe,
    objections: z.array(
      z.strictObject({
        objection: text,
        indicator: maybe,
        by: text,
        verdict: z.enum(['uphold', 'reject']).nullable(),
        answeredBy: maybe,
        settled: z.boolean(),
      }),
    ),
    consequences: z.array(
      z.strictObject({
        consequence: text,
        kind: z.enum(CONSEQUENCE_KINDS),
        from: text,
        amount: maybe,
        verdict: z.enum(['approve', 'decline']).nullable(),
        decidedBy: maybe,
        plan: maybe,
      }),
    ),
    late: z.strictObject({ item: text, minutes: z.int() }).nullable(),
    surveys: z
      .strictObject({ found: z.array(text), expected: z.int() })
      .nullable()
      .meta({ description: 'Cycles of the period that it rests on, and how many a whole period has' }),
    publishedAt: maybe,
  });
}

/** `total 85.5; satisfaction-risen: no; not-performed` */
function told({ type, body }: NounEvent): string | undefined {
  const of = typeof body['subject'] === 'string' && body['subject'] !== 'agreement' ? `${body['subject']}: ` : '';
  const text = (field: string): string => String(body[field]);
  switch (type) {
    case 'evaluation-subject-enrolled':
      return text('subject');
    case 'evaluation-scheme-acknowledged':
      return `${text('seat')}, version ${text('version')}`;
    case 'evaluation-figures-gathered': {
      const figures = body['figures'] as {
        subject: string | null;
        indicator: string;
        value: string | null;
        count: number;
      }[];
      return figures.map(({ indicator, value, count }) => `${indicator} ${value ?? 'no-data'} (${count})`).join('; ');
    }
    case 'evaluation-scored':
      return `${of}${text('indicator')} ${text('value')}`;
    case 'evaluation-indicator-left-out':
      return `${of}${text('indicator')}`;
    case 'evaluation-score-corrected':
      return `${of}${text('indicator')} ${body['from'] === null ? 'left-out' : text('from')} → ${text('value')}; ${resultText(body)}`;
    case 'evaluation-concluded':
      return `${of}${resultText(body)}`;
    case 'evaluation-objected':
    case 'evaluation-objection-answered': {
      const what =
        body['verdict'] === 'uphold' ? 'upheld' : body['verdict'] === 'reject' ? 'not-upheld' : body['indicator'];
      return `${of}${text('objection')}${typeof what === 'string' ? `, ${what}` : ''}`;
    }
    case 'evaluation-finalised': {
      const listed = body['consequences'] as { kind: keyof typeof CONSEQUENCE_WORDS }[];
      const proposed = listed.map(({ kind }) => kind).join(' / ');
      return proposed === '' ? of.replace(': ', '') || undefined : `${of}proposed: ${proposed}`;
    }
    case 'evaluation-consequence-decided': {
      const isTaken = body['verdict'] === 'approve' ? 'approved' : 'rejected';
      const amount = body['amount'];
      return `${of}${text('consequence')} ${isTaken}${typeof amount === 'string' ? `, ${amount}` : ''}`;
    }
    default:
      return undefined;
  }
}

function resultText(body: Record<string, unknown>): string {
  const { total, cappedBy, bonus, band, leftOut, tooFew, tests, verdict } = body as unknown as Evaluated;
  const failed = tests.flatMap(({ test, passed }) => (passed === null ? [] : [`${test}: ${passed ? 'yes' : 'no'}`]));
  return [
    total === null ? 'no-conclusion' : `total ${total}`,
    ...(cappedBy == null ? [] : [`capped-by ${cappedBy}`]),
    ...(bonus === null ? [] : [`bonus ${bonus}`]),
    ...(band === null ? [] : [band]),
    ...(leftOut.length === 0 ? [] : [`left-out ${leftOut.join(' / ')}`]),
    ...(tooFew.length === 0 ? [] : [`too-few ${tooFew.join(' / ')}`]),
    ...failed,
    ...(verdict === null ? [] : [verdict === 'performed' ? 'performed' : 'not-performed']),
  ].join('; ');
}

function toDo(step: NounStep, situation: NounSituation): NounToDo[] | NounRefusal {
  const { said } = step;
  const act = said.do as Act;
  if (act === 'open') return opening(said, situation);
  const found = meant(said, situation);
  if ('refused' in found) return found;
  const { workflowId } = found;
  const state = found.state as EvaluationState;
  const subject = subjectOf(said, state);
  const of = subject === undefined ? {} : { subject };
  const text: CommandText = present({ reason: said['reason'] as string | undefined });
  const command = (
    order: { type: string } & Record<string, unknown>,
    more: Partial<NounToDo> = {},
    words = text,
  ): NounToDo =>
    ({
      what: 'command',
      workflowId,
      order,
      ...(Object.keys(words).length > 0 ? { text: words } : {}),
      ...more,
    }) as NounToDo;
  const bringsDocument = { bringsDocument: true } as const;
  const brought = said['file'] === undefined ? {} : bringsDocument;
  switch (act) {
    case 'enrol':
      return [command({ type: 'enrol', subject: subject ?? 'staff', ...lateOf(said) })];
    case 'acknowledge':
      return [command({ type: 'acknowledge', documents: [] }, brought)];
    case 'gather':
      return [command({ type: 'gather' })];
    case 'score': {
      const indicator = indicatorOf(said, state, situation.agreement.template);
      const { kinds, record } = evidenceOf(said, state, indicator);
      const words = { ...text, ...(record === undefined ? {} : { note: record }) };
      const order = {
        ...{ type: 'score', ...of, indicator, value: String(said['value']) },
        ...{ evidence: kinds, documents: [], hasRecord: record !== undefined },
      };
      return [...enrolled(state, situation, subject), command(order, brought, words)];
    }
    case 'leave-out':
      return [command({ type: 'leave-out', ...of, indicator: indicatorOf(said, state, situation.agreement.template) })];
    case 'self-assess': {
      const value = said['value'] === undefined ? {} : { value: String(said['value']) };
      const indicator =
        said['indicator'] === undefined ? {} : { indicator: indicatorOf(said, state, situation.agreement.template) };
      return [...enrolled(state, situation, subject), command({ type: 'self-assess', ...of, ...indicator, ...value })];
    }
    case 'judge-targets': {
      const { met, missed } = said as unknown as { met: number[]; missed: number[] };
      return [command({ type: 'judge-targets', ...of, met, missed, documents: [] }, brought)];
    }
    case 'third-party-result':
      return [
        command(
          { type: 'third-party', ...of, passed: PASSED[said['verdict'] as keyof typeof PASSED], documents: [] },
          bringsDocument,
        ),
      ];
    case 'conclude':
    case 'finalise':
    case 'finalize':
      return [command({ type: 'conclude', ...of })];
    case 'object': {
      const indicator =
        said['indicator'] === undefined ? {} : { indicator: indicatorOf(said, state, situation.agreement.template) };
      return [command({ type: 'object', ...of, ...indicator, documents: [] }, brought)];
    }
    case 'answer': {
      const objection = said['objection'] === undefined ? {} : { objection: said['objection'] };
      const verdict = ANSWERS[said['verdict'] as keyof typeof ANSWERS];
      return [command({ type: 'answer', ...of, ...objection, verdict })];
    }
    case 'correct':
      return [
        command(
          {
            type: 'correct',
            ...of,
            indicator: indicatorOf(said, state, situation.agreement.template),
            value: String(said['value']),
            documents: [],
          },
          brought,
        ),
      ];
    case 'confirm':
      return [command({ type: 'confirm', ...of })];
    case 'publish':
      return [command({ type: 'publish' })];
    case 'propose': {
      const amount = said['amount'] === undefined ? {} : { amount: said['amount'] };
      return [command({ type: 'propose', ...of, consequence: said['consequence'], ...amount })];
    }
    case 'decide': {
      const amount = said['amount'] === undefined ? {} : { amount: said['amount'] };
      const consequence = said['consequence'] === undefined ? {} : { consequence: said['consequence'] };
      const verdict = VERDICTS[said['verdict'] as keyof typeof VERDICTS];
      return [command({ type: 'decide', ...of, ...consequence, verdict, ...amount, documents: [] }, bringsDocument)];
    }
    case 'explain':
      return [command({ type: 'explain', ...of })];
  }
}

function lateOf(said: Said) {
  const { item, lateMinutes } = said as { item?: string; lateMinutes?: number };
  return present({ item, lateMinutes });
}

/** Who is meant; of a late response, by the person alone where only one of theirs is listed. */
function subjectOf(said: Said, { subjects }: EvaluationState): string | undefined {
  const named = said['subject'] as string | undefined;
  if (named === undefined || subjects.some(({ subject }) => subject === named)) return named;
  const listed = subjects.filter(({ subject }) => subject.startsWith(`${named}/`));
  return listed.length === 1 ? listed[0]?.subject : named;
}

/** An indicator in any case and spelling, by its id or by what the contract calls it. */
function indicatorOf(said: Said, { scheme, input }: EvaluationState, template: string): string {
  const word = String(said['indicator']);
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-');
  const found = findTemplate(template);
  const rule = 'template' in found ? found.template.rules.find(({ id }) => id === input.rules.id) : undefined;
  const titled = rule?.kind === 'evaluation' ? rule.scores.find((one) => isNamed(one, word))?.id : undefined;
  const names = [plain(word), titled, added(word).id];
  return scheme?.indicators.find(({ id }) => names.includes(id))?.id ?? word;
}

/** Kinds of record that the indicator knows, and a record in words. */
function evidenceOf(said: Said, { scheme }: EvaluationState, indicator: string): { kinds: string[]; record?: string } {
  const given = [said['evidence'] ?? []].flat() as string[];
  const known = scheme?.indicators.find(({ id }) => id === indicator)?.evidence ?? [];
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-');
  const kinds = known.filter((kind) => given.some((word) => plain(word) === kind));
  const words = given.filter((word) => !kinds.includes(plain(word)));
  return { kinds, ...(words.length === 0 ? {} : { record: words.join('；') }) };
}

/** Whoever is scored for the first time is enrolled before, where that is theirs to do. */
function enrolled(state: EvaluationState, { actor }: NounSituation, subject: string | undefined): NounToDo[] {
  const { input, subjects } = state;
  const { rules } = input;
  const isKnown = subject === undefined || subjects.some((one) => one.subject === subject);
  const isTheirs = actor.seat === 'coordinator' || answersFor(input, actor, rules.organiser);
  if (isKnown || !isTheirs || rules.subjects.length > 0 || rules.form !== 'scored') return [];
  return [{ what: 'command', workflowId: input.workflowId, order: { type: 'enrol', subject } }];
}

/** The one that is named; without a name the earliest that the act fits, else the latest there is. */
function meant(said: Said, situation: NounSituation): Living | NounRefusal {
  const { processes, inForceOn } = situation;
  const named = said['evaluation'] as string | undefined;
  const occurrence = said['occurrence'] as string | undefined;
  const all = processes.filter(({ type }) => type === 'evaluation');
  const candidates = all.filter(({ state }) => {
    const { input } = state as EvaluationState;
    const names = [input.reference, input.reference.split('#')[0], input.rules.id];
    return (
      (named === undefined || names.includes(named)) && (occurrence === undefined || input.occurrence === occurrence)
    );
  });
  const able = candidates.filter(({ state }) => fits(said, state as EvaluationState));
  const fitting = said.do === 'propose' ? able.at(-1) : able[0];
  const isAlive = ({ state }: Living): boolean => !['complete', 'ended'].includes((state as EvaluationState).status);
  const found = fitting ?? candidates.find(isAlive) ?? candidates.at(-1);
  if (found) return found;
  const refusal = (refused: string, message: string): NounRefusal => ({
    refused,
    message,
    ...(named === undefined ? {} : { reference: named }),
  });
  if (inForceOn === null) return refusal('not-in-force', 'nothing is evaluated before the agreement is in force');
  const known = all.map(({ state }) => (state as EvaluationState).input.reference).join(', ');
  const where = known === '' ? '' : `: there are ${known}`;
  return refusal('unknown-obligation', `no evaluation ${named ?? ''} runs here${where}${whyNone(named, situation)}`);
}

/** Why one that the contract has does not run: it is opened by hand, or terms that it needs are open. */
function whyNone(named: string | undefined, { template, agreement, term }: NounSituation): string {
  if (named === undefined) return '';
  const name = named.split('#')[0];
  const rule = template.rules.find(
    (one) => one.kind === 'evaluation' && (one.id === name || one.obligation === name),
  ) as EvaluationRule | undefined;
  if (!rule) return '';
  const compiled = (agreement.evaluations ?? []).find(({ id }) => id === rule.id);
  if (compiled)
    return compiled.obligation === null
      ? '; it begins with `open`'
      : `; it begins with its duty ${compiled.obligation}`;
  const asked = [rule.weights, ...rule.scores.map(({ bonus, weight }) => (bonus ? undefined : weight))].flatMap(
    (one) => one ?? [],
  );
  const open = [...new Set(asked)].filter((one) => term(one) === null);
  return open.length === 0 ? '' : `; these terms are open: ${open.join(', ')}`;
}

function fits({ do: act, subject: named }: Said, state: EvaluationState): boolean {
  const { status, scheme, acknowledgedBy, input } = state;
  if (status === 'ended' || status === 'complete') return false;
  const subjects = state.subjects.filter(({ subject }) => named === undefined || subject === named);
  const some = (test: (one: Evaluated) => boolean): boolean => subjects.some(test);
  switch (act as Act) {
    case 'acknowledge':
      return input.rules.acknowledgers.some(
        (seat) => !acknowledgedBy.some((one) => one.seat === seat && one.version === scheme?.version),
      );
    case 'object':
      return some(({ concludedAtMs, finalAtMs }) => concludedAtMs !== null && finalAtMs === null);
    case 'answer':
      return some(({ objections }) => objections.some(({ verdict }) => verdict === null));
    case 'correct':
      return some(({ concludedAtMs, finalAtMs }) => concludedAtMs !== null && finalAtMs === null);
    case 'confirm':
      return some(({ concludedAtMs, confirmedBy }) => concludedAtMs !== null && confirmedBy === null);
    case 'publish':
      return state.subjects.length > 0 && state.subjects.every(({ finalAtMs }) => finalAtMs !== null);
    case 'propose':
      return some(({ finalAtMs }) => finalAtMs !== null);
    case 'decide':
      return some(({ consequences, late }) => late !== null || consequences.some(({ verdict }) => verdict === null));
    case 'explain':
      return some(({ late, explainedAtMs }) => late !== null && explainedAtMs === null);
    default:
      return state.subjects.length === 0 || named !== undefined || some(({ concludedAtMs }) => concludedAtMs === null);
  }
}

/** People open one where no duty does, by a name of their own; of one that runs, somebody more is enrolled. */
function opening(said: Said, situation: NounSituation): NounToDo[] | NounRefusal {
  const { agreement, agreementStatus, inForceOn, frame, actor, processes, atMs } = situation;
  const all = agreement.evaluations ?? [];
  const named = (said['evaluation'] ?? said['rule'] ?? all.find(({ obligation }) => obligation === null)?.id) as
    string | undefined;
  const refusal = (refused: string, message: string): NounRefusal => ({
    refused,
    message,
    ...(named === undefined ? {} : { reference: named }),
  });
  if (inForceOn === null) return refusal('not-in-force', 'an evaluation is opened once the agreement is in force');
  if (!['active', 'suspended'].includes(agreementStatus)) {
    return refusal('agreement-ended', `the agreement is ${agreementStatus}: no evaluation is opened any more`);
  }
  const wanted = (said['rule'] as string | undefined) ?? named;
  const free = all.filter(({ obligation }) => obligation === null);
  const rule =
    all.find(({ id, obligation }) => id === wanted || obligation === wanted) ??
    (free.length === 1 ? free[0] : undefined);
  if (!rule) {
    const known = all.map(({ id }) => id).join(', ');
    return refusal(
      'not-provided',
      `the agreement knows no evaluation ${wanted ?? ''}${known === '' ? '' : `: it has ${known}`}`,
    );
  }
  const isTheirs = actor.seat === 'coordinator' || answersFor(frame, actor, rule.organiser);
  if (!isTheirs) return refusal('not-responsible', `${rule.organiser} opens ${rule.id}`);
  const reference = (named ?? rule.id).replaceAll('/', '-');
  const workflowId = `evaluation/${agreement.id}/${reference}`;
  const runs = processes.find((one) => one.workflowId === workflowId) ?? runningOf(rule, processes);
  const subject = said['subject'] as string | undefined;
  const enrol = (id: string): NounToDo[] =>
    subject === undefined
      ? []
      : [{ what: 'command', workflowId: id, order: { type: 'enrol', subject, ...lateOf(said) } }];
  if (runs && subject !== undefined) return enrol(runs.workflowId);
  if (runs) return refusal('name-taken', `${(runs.state as EvaluationState).input.reference} runs already`);
  if (rule.obligation !== null) return refusal('not-provided', `${rule.id} begins with its duty, ${rule.obligation}`);
  const before = processes
    .filter(({ type, state }) => type === 'evaluation' && (state as EvaluationState).input.rules.id === rule.id)
    .flatMap(({ state }) => (state as EvaluationState).subjects)
    .filter(({ finalAtMs }) => finalAtMs !== null)
    .at(-1);
  const input: Omit<EvaluationInput, 'workflowId' | 'reference'> = {
    ...frame,
    rules: rule,
    improvement: agreement.improvement ?? null,
    occurrence: null,
    due: null,
    period: {
      fromMs: instantAt(frame.zone, inForceOn, '00:00'),
      toMs: Math.max(atMs, instantAt(frame.zone, inForceOn, '00:00') + 1),
    },
    parts: [],
    previous: Object.fromEntries((before?.scores ?? []).map(({ indicator, value }) => [indicator, value])),
    weights: null,
    acknowledged: [],
    actor,
  };
  const note = said['reason'] as string | undefined;
  return [
    { what: 'start', type: 'evaluation', reference, input, ...(note === undefined ? {} : { text: { note } }) },
    ...enrol(workflowId),
  ];
}

/** Of a rule whose duty has begun one. */
function runningOf(rule: CompiledEvaluation, processes: readonly Living[]): Living | undefined {
  return processes.find(({ type, state }) => {
    if (type !== 'evaluation') return false;
    const { input, status } = state as EvaluationState;
    return input.rules.id === rule.id && rule.obligation !== null && status !== 'ended' && status !== 'complete';
  });
}
