import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandText } from '../../api/commands.ts';
import { present } from '../../domain/fields.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import type { EmergencyPlan, MeasureFacts, Rating, RiskInput, Threshold } from '../../domain/risk/command.ts';
import { LOWERED, type Lowered, RISK_INDICATORS, RISK_LEVELS, RISK_OPERATORS } from '../../domain/risk/compiled.ts';
import { notRegistrable } from '../../domain/risk/standing.ts';
import type { RiskState } from '../../domain/risk/state.ts';
import { RISK_EVENT_WORDS } from '../../domain/risk/vocabulary.ts';
import { agreedOf, thresholdOf } from '../../templates/risk-terms.ts';
import { findTemplate } from '../../templates/library.ts';
import type { Living, Noun, NounEvent, NounRefusal, NounSituation, NounStep, NounToDo, Said } from './noun.ts';

const WORDS = { low: 1, medium: 3, high: 5 } as const;
const WORD = z.enum(['low', 'medium', 'high']);
const LOWERS: Record<string, Lowered> = {
  likelihood: 'likelihood',
  probability: 'likelihood',
  impact: 'impact',
  both: 'both',
};
const VERDICTS = {
  confirm: 'confirmed',
  confirmed: 'confirmed',
  unchanged: 'confirmed',
  're-rate': 're-rated',
  're-rated': 're-rated',
} as const;
const ASSESSED = { effective: 'effective', adjust: 'adjust', adjusted: 'adjust', ineffective: 'adjust' } as const;

const keysOf = <K extends string>(map: Record<K, unknown>): [K, ...K[]] => Object.keys(map) as [K, ...K[]];
const name = z.string().min(1).max(200);
const prose = z.string().min(1).max(10_000);
const risk = name.optional();
const mark = z.union([z.int(), WORD]);
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(?:\.\d+)?$/, { error: 'invalid-decimal' })]);
const date = z.string().meta({ format: 'date' }).refine(isLocalDate, { error: 'invalid-date' });
const rating = { probability: mark.optional(), likelihood: mark.optional(), impact: mark.optional() };
const seats = z.union([name, z.array(name).max(50)]);
const threshold = z.union([
  decimal,
  z.strictObject({
    indicator: name.optional(),
    operator: z.enum(RISK_OPERATORS).optional(),
    value: decimal,
    windowDays: z.int().min(1).max(3_650).optional(),
  }),
]);
const watched = {
  indicator: name.optional(),
  threshold: threshold.optional(),
  operator: z.enum(RISK_OPERATORS).optional(),
  windowDays: z.int().min(1).max(3_650).optional(),
};
const planStep = z.union([
  prose,
  z.strictObject({ step: prose, seat: name.optional(), owner: name.optional(), id: name.optional() }),
]);
/** The steps of the emergency plan, and who is written to beside those of the steps; three names for one thing. */
const plan = z.union([prose, z.array(planStep).min(1).max(50)]);
const emergency = {
  emergency: plan.optional(),
  plan: plan.optional(),
  checklist: plan.optional(),
  listed: seats.optional(),
};
const measureFields = {
  measure: name.optional(),
  what: prose.optional(),
  lowers: z.enum(keysOf(LOWERS)).optional(),
  residual: z.strictObject({ probability: mark, impact: mark }).optional(),
  owner: name.optional(),
  dueOn: date.optional(),
};
const reason = prose.optional();

const register = {
  risk: name,
  ...rating,
  ...watched,
  ...emergency,
  owner: name.optional(),
  departments: seats.optional(),
  description: prose.optional(),
  reason,
};
/** One measure, or several in words, all of the same kind. */
const mitigate = { risk, ...measureFields, measures: z.array(prose).min(1).max(50).optional() };
const review = { risk, verdict: z.enum(keysOf(VERDICTS)).optional(), ...rating, ...emergency, reason };
const assess = {
  risk,
  ...measureFields,
  verdict: z.enum(keysOf(ASSESSED)),
};

/** What people do about risks. Without a risk the only one that is not closed is meant. */
const ACTS = {
  identify: register,
  register,
  open: register,
  rate: { risk, ...rating, ...emergency, reason },
  equip: { risk, ...watched, ...emergency, departments: seats.optional(), reason },
  mitigate,
  'respond-risk': mitigate,
  complete: { risk, measure: name.optional(), file: z.string().min(1).optional() },
  plan: mitigate,
  respond: mitigate,
  'review-risk': review,
  review,
  'review-measure': assess,
  'assess-measure': assess,
  observe: { risk, value: decimal, reason },
  acknowledge: { risk, reason },
  occur: { risk, reason },
  step: {
    risk,
    item: z.union([z.int().min(1), name]).optional(),
    step: z.union([z.int().min(1), name]).optional(),
    reason,
  },
  'stand-down': { risk, reason },
  close: { risk, reason },
} as const;
type Act = keyof typeof ACTS;

/** Acts of a name that others have, too: theirs unless a risk is named. */
const SHARED: readonly string[] = [
  'register',
  'open',
  'rate',
  'plan',
  'respond',
  'review',
  'complete',
  'acknowledge',
  'close',
  'step',
  'observe',
];

export const RISK: Noun = {
  type: 'risk',
  rows: 'risks',
  name: 'risk',
  title: '风险',
  acts: ACTS,
  words: {
    identify: '登记风险',
    register: '登记风险',
    open: '登记风险',
    rate: '重新评级',
    equip: '设定预警或应急预案',
    mitigate: '制定应对措施',
    'respond-risk': '制定应对措施',
    complete: '完成应对措施',
    plan: '制定应对措施',
    respond: '制定应对措施',
    'review-risk': '复评风险',
    review: '复评风险',
    'review-measure': '评估应对措施',
    'assess-measure': '评估应对措施',
    observe: '登记指标值',
    acknowledge: '确认预警',
    occur: '登记风险已发生',
    step: '完成应急步骤',
    'stand-down': '应急结束',
    close: '关闭风险',
  },
  owns: (item) => !SHARED.includes(item.do) || Object.hasOwn(item, 'risk'),
  spelling: {
    identify: ['probability', 'likelihood', 'impact', 'operator'],
    register: ['probability', 'likelihood', 'impact', 'operator'],
    open: ['probability', 'likelihood', 'impact', 'operator'],
    rate: ['probability', 'likelihood', 'impact'],
    equip: ['operator'],
    mitigate: ['lowers'],
    'respond-risk': ['lowers'],
    plan: ['lowers'],
    respond: ['lowers'],
    'review-risk': ['verdict', 'probability', 'likelihood', 'impact'],
    review: ['verdict', 'probability', 'likelihood', 'impact'],
    'review-measure': ['verdict', 'lowers'],
    'assess-measure': ['verdict', 'lowers'],
  },
  check: (said, { path }) =>
    ['identify', 'register', 'open'].includes(said.do) && ratingIn(said) === null
      ? [
          {
            path: `${path}.probability`,
            code: 'missing',
            message: {
              zh: '登记风险须写明可能性和影响',
              en: 'a risk is registered with its probability and its impact',
            },
            cure: { zh: '填写 1 至 5，或 low、medium、high', en: 'give both, from 1 to 5, or low, medium, high' },
          },
        ]
      : [],
  toDo,
  describe: (records, { at }) =>
    records.map((record) => {
      const { input, status, rating: rated, threshold: watch, measures, ...state } = record.state as RiskState;
      const due = (coming: { due: { dueAtMs: number } | null }) => (coming.due ? at(coming.due.dueAtMs) : null);
      // Of a risk that is closed nothing is waited for.
      const waits = (coming: { due: { dueAtMs: number } | null }) => (status === 'closed' ? null : due(coming));
      return {
        record,
        row: {
          risk: input.reference,
          status,
          ...rated,
          owner: input.owner,
          departments: state.departments,
          threshold: watch,
          responseDueAt: waits(state.response),
          reviewDueAt: waits(state.review),
          measureReviewDueAt: waits(state.measureReview),
          measures: measures.map((one) => ({
            measure: one.measure,
            version: one.version,
            lowers: one.lowers,
            residual: one.residual,
            owner: one.owner,
            dueAt: due(one),
            status: one.status === 'open' && one.overdue ? ('overdue' as const) : one.status,
            verdict: one.verdict,
          })),
          warning: state.warning && {
            indicator: state.warning.indicator,
            value: state.warning.value,
            at: at(state.warning.raisedAtMs),
            waiting: state.warning.waiting,
            overdue: state.warning.overdue,
          },
          warnings: state.warnings,
          occurrence: state.occurrence && {
            number: state.occurrence.number,
            at: at(state.occurrence.occurredAtMs),
            steps: state.occurrence.steps.map(({ id, seat, doneAtMs }) => ({
              step: id,
              seat,
              doneAt: doneAtMs === null ? null : at(doneAtMs),
            })),
          },
        },
      };
    }),
  row: rowSchema(),
  eventWords: RISK_EVENT_WORDS,
  detail,
};

function rowSchema() {
  const level = z.enum(RISK_LEVELS);
  const instant = z.string();
  const rated = { probability: z.int(), impact: z.int(), level };
  return z.strictObject({
    risk: z.string(),
    status: z.enum(['open', 'occurred', 'closed']),
    ...rated,
    version: z.int().meta({ description: 'Counts up with every rating' }),
    owner: z.string(),
    departments: z.array(z.string()),
    threshold: z
      .strictObject({
        indicator: z.enum(RISK_INDICATORS),
        operator: z.enum(RISK_OPERATORS),
        value: z.string(),
        windowDays: z.int().optional(),
      })
      .nullable(),
    responseDueAt: instant.nullable(),
    reviewDueAt: instant.nullable(),
    measureReviewDueAt: instant.nullable(),
    measures: z.array(
      z.strictObject({
        measure: z.string(),
        version: z.int(),
        lowers: z.enum(LOWERED).nullable(),
        residual: z.strictObject(rated).nullable(),
        owner: z.string(),
        dueAt: instant.nullable(),
        status: z.enum(['open', 'overdue', 'done']),
        verdict: z.literal('effective').nullable(),
      }),
    ),
    warning: z
      .strictObject({
        indicator: z.enum(RISK_INDICATORS),
        value: z.string(),
        at: instant,
        waiting: z.array(z.string()),
        overdue: z.boolean(),
      })
      .nullable()
      .meta({ description: 'The one that is open' }),
    warnings: z.int(),
    occurrence: z
      .strictObject({
        number: z.int(),
        at: instant,
        steps: z.array(z.strictObject({ step: z.string(), seat: z.string(), doneAt: instant.nullable() })),
      })
      .nullable(),
  });
}

/** `HIGH 4×4 v2`, `measure-1 v2 likelihood`, `overdue-duties 3`. */
function detail({ type, body }: NounEvent): string | undefined {
  const { probability, impact, level, version } = body as unknown as Partial<RiskState['rating']>;
  const v = version !== undefined && version > 1 ? ` v${version}` : '';
  switch (type) {
    case 'risk-registered':
    case 'risk-rated':
      return `${level ?? ''} ${probability ?? 0}×${impact ?? 0}${v}`;
    case 'risk-measure-planned':
      return [`${String(body['measure'])}${v}`, ...saidIn(body['lowers'])].join(' ');
    case 'risk-measure-assessed':
    case 'risk-reviewed':
      return [...saidIn(body['measure']), ...saidIn(body['verdict'])].join(' ');
    case 'risk-measure-completed':
    case 'risk-measure-overdue':
      return String(body['measure']);
    case 'risk-warning-raised':
      return `${String(body['indicator'])} ${String(body['value'])}`;
    case 'risk-warning-acknowledged':
      return (body['seats'] as string[]).join(', ');
    case 'risk-warning-overdue':
      return (body['waiting'] as string[]).join(', ');
    case 'risk-step-done':
      return String(body['step']);
    default:
      return undefined;
  }
}

function saidIn(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}

const NOTHING_AGREED = { threshold: null, addresses: [] as string[] };

type Read = Said & Record<string, unknown>;

function toDo(step: NounStep, situation: NounSituation): NounToDo[] | NounRefusal {
  const { said } = step;
  const act = said.do as Act;
  if (act === 'identify' || act === 'register' || act === 'open') return registering(said, situation);
  const found = meant(said, situation);
  if ('refused' in found) return found;
  const { workflowId } = found;
  const state = found.state as RiskState;
  const text = present({ reason: said['reason'] as string | undefined });
  const order = (command: { type: string } & Record<string, unknown>, words: CommandText = {}): NounToDo[] => {
    const all = { ...text, ...words };
    return [{ what: 'command', workflowId, order: command, ...(Object.keys(all).length > 0 ? { text: all } : {}) }];
  };
  const { plan: saved, words } = emergencyIn(said, state.input.owner);
  const equipped = saved ? { emergency: saved } : {};
  switch (act) {
    case 'rate':
      return order({ type: 'rate', ...(ratingIn(said, state.rating) ?? state.rating), ...equipped }, words);
    case 'equip': {
      const watch = thresholdIn(said);
      const departments = seatsIn(said['departments']);
      return order(
        { type: 'equip', ...equipped, ...(watch ? { threshold: watch } : {}), ...(departments ? { departments } : {}) },
        words,
      );
    }
    case 'mitigate':
    case 'plan':
    case 'respond':
    case 'respond-risk': {
      const several = said['measures'] as string[] | undefined;
      if (several) {
        const first = state.measures.length + 1;
        return several.flatMap((what, index) => {
          const one = `measure-${String(first + index)}`;
          return order(
            { type: 'mitigate', measure: one, ...measureIn(said, state) },
            { measures: { [one]: { what } } },
          );
        });
      }
      const { measure, words: what } = namedMeasure(said, `measure-${String(state.measures.length + 1)}`);
      const order1 = { type: 'mitigate', measure, ...measureIn(said, state) };
      return order(order1, { measures: { [measure]: { what } } });
    }
    case 'complete': {
      const measure = measureMeant(said, state, ({ status }) => status === 'open');
      return [{ what: 'command', workflowId, order: { type: 'complete', measure }, bringsDocument: true }];
    }
    case 'review':
    case 'review-risk': {
      const rated = ratingIn(said, state.rating);
      const verdict = said['verdict'] as keyof typeof VERDICTS | undefined;
      const meantVerdict = verdict === undefined ? (rated ? 're-rated' : 'confirmed') : VERDICTS[verdict];
      return order({ type: 'review', verdict: meantVerdict, ...(rated ? { rating: rated } : {}), ...equipped }, words);
    }
    case 'review-measure':
    case 'assess-measure': {
      const measure = measureMeant(said, state, ({ assessed }) => !assessed);
      const verdict = ASSESSED[said['verdict'] as keyof typeof ASSESSED];
      const isNew = ['what', 'lowers', 'residual', 'owner', 'dueOn'].some((field) => said[field] !== undefined);
      const adjusted = verdict === 'adjust' && isNew ? { adjusted: measureIn(said, state, measure) } : {};
      const what = said['what'] as string | undefined;
      return order(
        { type: 'assess', measure, verdict, ...adjusted },
        what === undefined ? {} : { measures: { [measure]: { what } } },
      );
    }
    case 'observe':
      return order({ type: 'observe', value: String(said['value']) });
    case 'step': {
      const item = (said['item'] ?? said['step']) as string | number | undefined;
      const steps = state.occurrence?.steps ?? [];
      const handles = steps.map(({ id }) => id);
      const next = steps.find(({ doneAtMs }) => doneAtMs === null)?.id;
      const named = typeof item === 'number' ? handles[item - 1] : called(handles, item ?? next ?? 'step-1');
      return order({ type: 'step', step: named ?? String(item ?? 'step-1') });
    }
    case 'acknowledge':
    case 'occur':
    case 'stand-down':
    case 'close':
      return order({ type: act });
  }
}

function registering(said: Read, situation: NounSituation): NounToDo[] | NounRefusal {
  const { agreement, agreementStatus, inForceOn, frame, actor, processes, seatAt } = situation;
  const reference = String(said['risk']).trim().replaceAll('/', '-');
  const refusal = (refused: string, message: string): NounRefusal => ({ refused, message, reference });
  if (inForceOn === null) return refusal('not-in-force', 'a risk is registered once the agreement is in force');
  if (!['active', 'suspended'].includes(agreementStatus)) {
    return refusal('agreement-ended', `the agreement is ${agreementStatus}: no risk is registered any more`);
  }
  const rules = agreement.risks?.[0];
  if (!rules) return refusal('not-provided', 'the agreement provides for no register of risks');
  if (processes.some(({ type, state }) => type === 'risk' && (state as RiskState).input.reference === reference)) {
    return refusal('name-taken', `there is a risk ${reference} already: choose another name`);
  }
  const owner = (said['owner'] as string | undefined) ?? rules.keeper;
  const { plan: saved, words } = emergencyIn(said, owner);
  const said1 = seatsIn(said['departments']) ?? [];
  const found = findTemplate(agreement.template);
  const agreed =
    'template' in found ? agreedOf(found.template, situation.term, [reference, String(said['risk'])]) : NOTHING_AGREED;
  const [known, strange] = [
    agreed.addresses.filter((one) => seatAt[one]),
    agreed.addresses.filter((one) => !seatAt[one]),
  ];
  const departments = [...new Set([...said1, ...known.map((address) => seatAt[address] ?? '')])];
  const input: Omit<RiskInput, 'workflowId' | 'reference'> = {
    ...frame,
    rules,
    anchorOn: inForceOn,
    registeredAtMs: situation.atMs,
    owner,
    departments,
    readers: [],
    ...(ratingIn(said) ?? { probability: 0, impact: 0 }),
    threshold: thresholdIn(said) ?? agreed.threshold,
    emergency: saved,
    actor,
  };
  const refused = notRegistrable(input);
  if (refused) {
    return { refused: refused.rejected, message: refused.message, ...present({ clauses: refused.clauses }), reference };
  }
  return [
    {
      what: 'start',
      type: 'risk',
      reference,
      input,
      text: {
        topic: String(said['risk']),
        ...present({ reason: (said['reason'] ?? said['description']) as string | undefined }),
        ...words,
      },
      ...(strange.length === 0
        ? {}
        : {
            readers: {
              of: rules.keeper,
              people: strange.map((email) => ({ name: email, email, language: 'zh' as const })),
            },
          }),
    },
  ];
}

/** The risk that an act is about: the one that is named, or the only one that is not closed. */
function meant(said: Read, { processes }: NounSituation): Living | NounRefusal {
  const risks = processes.filter(({ type }) => type === 'risk');
  const referenceOf = ({ state }: Living): string => (state as RiskState).input.reference;
  const named = said['risk'] as string | undefined;
  if (named !== undefined) {
    const found = risks.find(
      (one) => referenceOf(one).toLowerCase() === named.trim().replaceAll('/', '-').toLowerCase(),
    );
    const there = risks.map(referenceOf).join(', ');
    return (
      found ?? {
        refused: 'unknown-risk',
        message: `there is no risk ${named}: there is ${there || 'none'}`,
        reference: named,
      }
    );
  }
  const open = risks.filter(({ state }) => (state as RiskState).status !== 'closed');
  const [only] = open;
  if (only && open.length === 1) return only;
  return {
    refused: 'unknown-risk',
    message: open.length === 0 ? 'no risk is on the register' : `say which: ${open.map(referenceOf).join(', ')}`,
  };
}

function markOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? WORDS[value as keyof typeof WORDS] : undefined;
}

/** What is rated; half of it is taken from what there is. */
function ratingIn(said: Read, now?: Rating): Rating | null {
  const probability = markOf(said['probability'] ?? said['likelihood']);
  const impact = markOf(said['impact']);
  if (probability === undefined && impact === undefined) return null;
  const [left, right] = [probability ?? now?.probability, impact ?? now?.impact];
  return left === undefined || right === undefined ? null : { probability: left, impact: right };
}

function seatsIn(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? (value as string[]) : [value as string];
}

function thresholdIn(said: Read): Threshold | null {
  const value = said['threshold'] as z.output<typeof threshold> | undefined;
  if (value === undefined) return null;
  const outer = {
    indicator: (said['indicator'] as string | undefined) ?? 'observed',
    operator: said['operator'] as string | undefined,
    windowDays: said['windowDays'] as number | undefined,
  };
  return thresholdOf(
    typeof value === 'object' ? { ...outer, ...present(value), value: value.value } : { ...outer, value },
  );
}

/** A name such as `call-customers` is the step's own; other words are kept beside it, and `step-2-8f3a` says which they are. */
const HANDLE = /^[a-z0-9][a-z0-9-]{0,39}$/i;

/** Four digits of what words are: enough to find them again among the steps or measures of one risk. */
function markOfWords(words: string): string {
  return createHash('sha256').update(words.trim()).digest('hex').slice(0, 4);
}

function handleOf(words: string, otherwise: string): string {
  return HANDLE.test(words) ? words : `${otherwise}-${markOfWords(words)}`;
}

/** The one that is called so, or whose words these are. */
function called(handles: readonly string[], said: string): string | undefined {
  return handles.find((one) => one === said) ?? handles.find((one) => one.endsWith(`-${markOfWords(said)}`));
}

function emergencyIn(said: Read, owner: string): { plan: EmergencyPlan | null; words: CommandText } {
  const value = (said['emergency'] ?? said['plan'] ?? said['checklist']) as z.output<typeof plan> | undefined;
  const listed = seatsIn(said['listed']) ?? [];
  if (value === undefined) return { plan: null, words: {} };
  const given = (typeof value === 'string' ? [value] : value).map((one) =>
    typeof one === 'string' ? { step: one } : one,
  );
  const steps = given.map((one, index) => {
    const { id, seat, owner: who } = one as { id?: string; seat?: string; owner?: string };
    const handle = id ?? handleOf(one.step, `step-${String(index + 1)}`);
    return { id: handle, seat: seat ?? who ?? owner };
  });
  const isTwice = new Set(steps.map(({ id }) => id)).size < steps.length;
  const named = isTwice ? steps.map((one, index) => ({ ...one, id: `step-${String(index + 1)}` })) : steps;
  return { plan: { steps: named, listed }, words: { items: given.map(({ step: what }) => ({ what })) } };
}

function namedMeasure(said: Read, otherwise: string): { measure: string; words: string } {
  const given = said['measure'] as string | undefined;
  const what = said['what'] as string | undefined;
  if (given === undefined) return { measure: otherwise, words: what ?? otherwise };
  return { measure: handleOf(given, otherwise), words: what ?? given };
}

/** What is not said of a measure is made: it lowers the likelihood, by one, and is its risk's owner's. */
function measureIn(said: Read, state: RiskState, of?: string): MeasureFacts {
  const before = state.measures.find(({ measure }) => measure === of);
  const lowers = LOWERS[(said['lowers'] as string | undefined) ?? before?.lowers ?? 'likelihood'] ?? 'likelihood';
  const residual = said['residual'] as { probability: unknown; impact: unknown } | undefined;
  const { probability, impact } = state.rating;
  const lower = (value: number, is: boolean): number => (is ? Math.max(1, value - 1) : value);
  return {
    lowers,
    residual: residual
      ? { probability: markOf(residual.probability) ?? probability, impact: markOf(residual.impact) ?? impact }
      : {
          probability: lower(probability, lowers !== 'impact'),
          impact: lower(impact, lowers !== 'likelihood'),
        },
    owner: (said['owner'] as string | undefined) ?? before?.owner ?? state.input.owner,
    dueOn: (said['dueOn'] as string | undefined) ?? null,
  };
}

function measureMeant(said: Read, state: RiskState, fits: (one: RiskState['measures'][number]) => boolean): string {
  const given = said['measure'] as string | undefined;
  const handles = state.measures.map(({ measure }) => measure);
  return given === undefined ? (state.measures.find(fits)?.measure ?? 'measure-1') : (called(handles, given) ?? given);
}
