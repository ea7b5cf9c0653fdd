import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { WHOLE } from '../domain/agreement/reading.ts';
import { expiryOf } from '../domain/agreement/ending.ts';
import { given as fieldsGiven } from '../domain/fields.ts';
import { addMonths, compareDates, isLocalDate } from '../domain/local-date.ts';
import { obligationTitle } from '../domain/obligation-title.ts';
import type { Instant, LocalDate, Zone } from '../domain/time.ts';
import { instantAt, localDateAt, localTimeAt } from '../domain/zone.ts';
import type { ResolvedDraft } from '../templates/draft.ts';
import { DEFAULT_ZONE, compileDraft, draftShape, resolveDraft } from '../templates/draft.ts';
import { type Person, personSchema } from '../templates/parties.ts';
import { findTemplate } from '../templates/library.ts';
import type { Problem } from '../templates/problem.ts';
import { type Obligation, anchorObligation } from '../templates/obligation-schema.ts';
import type { Template } from '../templates/schema.ts';
import { readFields, readValue } from '../templates/shape.ts';
import { readSource } from '../templates/source.ts';
import { zoneData } from '../templates/zone-data.ts';
import { checkAmounts } from './act-amounts.ts';
import { checkChanges } from './amending.ts';
import { LIFE_ACTS, type LifeAct, OBLIGATION, isLifeAct, lifeReference, POSTED, withDutyMissed } from './life-acts.ts';
import { type CustomerRow, customersInFile } from './customers.ts';
import { asAgreed, claimsIn, spelt } from './meant.ts';
import { CommandFailed } from './output.ts';
import type { NounStep, Said } from './nouns/noun.ts';
import { NOUNS, nounOf } from './nouns/registry.ts';
import { nounActSchemas, nounStep, readNounItem } from './nouns/script.ts';
import { SURVEY_ACTS, type SurveyAct, isSurveyItem } from './survey-acts.ts';
import { type SurveyStep, checkSurveyStep, customerOf, surveyStep } from './survey-step.ts';

const MAX_BYTES = 1024 * 1024;
/** When `signedOn` stands for the signatures of all. */
const SIGNING_TIME = '09:00';
/** Without an expiry. */
const DEFAULT_MONTHS = 12;
const COORDINATOR = 'coordinator';

/** All of the agreement, which may be a policy. */
const WHOLES = [WHOLE, 'policy'];

const TIME = /^(\d{4}-\d{2}-\d{2}) ((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/;

const date = z.string().meta({ format: 'date' }).refine(isLocalDate, { error: 'invalid-date' });
const prose = z.string().min(1).max(10_000);
const act = {
  /** In the agreement's zone. */
  at: z.string().regex(TIME, { error: 'invalid-time' }),
  as: z.string(),
};
const obligation = z.string().regex(OBLIGATION, { error: 'invalid-obligation' });
const file = z.string().min(1).optional();
const time = z.string().regex(TIME, { error: 'invalid-time' });
/** The side, or seat, that the coordinator enters it for, with a document: one is made where the act names none. */
const side = z.string().optional();

/** Somebody new, or, by the name of a seat, whoever fills that. */
const person = z.union([personSchema, z.string().min(1).max(100)]);

const ownActSchema = z.discriminatedUnion('do', [
  z.strictObject({ ...act, do: z.literal('sign'), for: side, signedOn: date.optional(), file }),
  z.strictObject({
    ...act,
    do: z.literal('submit'),
    for: side,
    obligation,
    /** When it took place: a hand-in of the past, which the coordinator enters. */
    handedInAt: time.optional(),
    file,
    /** Parts of the checklist that the document holds; without it, all. */
    parts: z.array(z.string()).max(100).optional(),
    /** Parts left out, each with the reason. */
    omitted: z.record(z.string(), prose).optional(),
  }),
  z.strictObject({
    ...act,
    do: z.literal('review'),
    obligation,
    verdict: z.enum(['accept', 'reject']),
    points: z.array(prose).max(100).optional(),
  }),
  z.strictObject({ ...act, do: z.literal('terminate'), reason: prose }),
  z.strictObject({ ...act, do: z.literal('replace'), seat: z.string(), by: person }),
  z.strictObject({
    ...act,
    do: z.literal('delegate'),
    /** Without it, the actor's own. */
    seat: z.string().optional(),
    to: person,
    /** First and last day, both included. */
    from: date,
    until: date,
    /** Ids of obligations; without it, all that the seat has to do. */
    obligations: z.array(z.string()).max(100).optional(),
  }),
  /** `agreement`, `policy`, or an obligation: `id`, `id#occurrence`. */
  z.strictObject({
    ...act,
    do: z.literal('acknowledge'),
    for: side,
    what: obligation,
    file,
    /** Parts of its checklist that are confirmed with it; without it, all. */
    parts: z.array(z.string()).max(100).optional(),
  }),
]);

/** The acts above, and those of the life beside them. */
const actSchema: z.ZodType<RawAct> = z.discriminatedUnion('do', [
  ...ownActSchema.options,
  ...Object.entries(LIFE_ACTS).map(([name, fields]) =>
    z.strictObject({ ...act, do: z.literal(name), ...(name === 'withdraw' ? {} : { for: side }), ...fields }),
  ),
]) as unknown as z.ZodType<RawAct>;

type RawAct = z.output<typeof ownActSchema> | ({ at: string; as: string; for?: string | undefined } & LifeAct);

/** Acts of surveys and of what follows from them. */
const surveyActSchema = z.discriminatedUnion(
  'do',
  Object.entries(SURVEY_ACTS).map(([name, fields]) =>
    z.strictObject({ ...act, do: z.literal(name), for: side, ...fields }),
  ) as unknown as [z.ZodObject<typeof act & { do: z.ZodLiteral<string> }>],
) as unknown as z.ZodType<RawSurveyAct>;

type RawSurveyAct = SurveyAct & { at: string; as: string; for?: string | undefined };

/** Every act by its name: what is none is told all of them. */
const doSchema = z.looseObject({
  do: z.enum([
    ...new Set([
      ...ownActSchema.options.map(({ shape }) => shape.do.value),
      ...Object.keys(LIFE_ACTS),
      ...Object.keys(SURVEY_ACTS),
      ...NOUNS.flatMap((noun) => Object.keys(noun.acts)),
    ]),
  ]),
});

const OWN_ACTS: readonly string[] = [
  ...ownActSchema.options.map(({ shape }) => shape.do.value),
  ...Object.keys(LIFE_ACTS),
];

/** Nouns that an act can only be about, where it names none of them: `assign` without its case or its engagement. */
function unsaidNouns(item: unknown): string[] {
  const act = (item as Said | null)?.do ?? '';
  if (OWN_ACTS.includes(act)) return [];
  return NOUNS.filter(({ acts }) => Object.hasOwn(acts, act)).map(({ name }) => name);
}

function unsaidProblem(path: string, act: string, of: readonly string[]): Problem {
  return {
    path,
    code: 'missing-value',
    message: {
      zh: `${act} 须写明针对什么：${of.join('、')}`,
      en: `${act} must say what it is about: ${of.join(' or ')}`,
    },
    cure: { zh: `请写明，例如 ${of[0]}: 名称`, en: `name it, for example ${of[0]}: <name>` },
  };
}

const timing = { signedOn: date.optional(), until: date.optional() };

/** A scenario as people write it; its JSON Schema is docs/scenario.schema.json. */
export const scenarioSchema = z.strictObject({
  ...draftShape,
  ...timing,
  /** A table of customers, CSV: key, name, contact, tier, branch, department, language, email, phone … */
  customers: z.string().min(1).optional(),
  script: z
    .array(z.union([actSchema, surveyActSchema, ...nounActSchemas({ ...act, for: side })]))
    .max(10_000)
    .optional(),
});

interface ActBase {
  /** `script[3]`, or `signedOn` for the shorthand. */
  path: string;
  atMs: Instant;
  /** A role key or another seat of the template, or `coordinator`. */
  as: string;
  /** The side, or seat, that the coordinator enters it for. */
  for?: string;
}

/** What somebody does at a moment; `file` is an absolute path. */
export type Act = ActBase &
  (
    | { do: 'sign'; signedOn?: LocalDate; file?: string }
    | {
        do: 'submit';
        obligation: string;
        occurrence?: string;
        handedInAtMs?: Instant;
        file?: string;
        parts: string[];
        omitted: Record<string, string>;
      }
    | { do: 'review'; obligation: string; occurrence?: string; verdict: 'accept' | 'reject'; points: string[] }
    | { do: 'terminate'; reason: string }
    | { do: 'replace'; seat: string; by: Person | string }
    | {
        do: 'delegate';
        seat: string;
        to: Person | string;
        from: LocalDate;
        until: LocalDate;
        obligations: string[];
      }
    | { do: 'acknowledge'; what: string; file?: string; parts: string[] }
    | LifeAct
  );

/** What somebody does: in the agreement, in a survey and what follows from it, or in another process. */
export type Step = Act | SurveyStep | NounStep;

/** Whether it is done in the agreement itself. */
export function isOwnAct(step: Step): step is Act {
  return step.do !== 'survey' && step.do !== 'noun';
}

/** A scenario that was understood. */
export interface Scenario {
  draft: ResolvedDraft;
  /** Ascending; equal times in the file's order. */
  acts: Step[];
  /** Who may be asked in surveys. */
  customers: CustomerRow[];
  /** Day 0 as the acts have it: the latest signing date, null when not everybody signs. */
  dayZero: LocalDate | null;
  /** The first moment; null when nothing is done and nothing is known. */
  firstMs: Instant | null;
  /** The last day, inclusive; null when there is no first moment and no date was given. */
  until: LocalDate | null;
  /** Its end, 24:00 local, inclusive. */
  untilMs: Instant | null;
}

/** The instant that the zone's clocks show as this text; null when they never do. */
function readTime(text: string, zone: Zone): Instant | null {
  const [, day, time] = TIME.exec(text) ?? [];
  if (day === undefined || time === undefined || !isLocalDate(day)) return null;
  const ms = instantAt(zone, day, time);
  const shown = `${localDateAt(zone, ms)} ${localTimeAt(zone, ms)}`;
  return shown === `${day} ${time.length === 5 ? `${time}:00` : time}` ? ms : null;
}

function timeProblem(path: string, text: string, zone: Zone): Problem {
  return {
    path,
    code: 'invalid-date',
    message: { zh: `${text} 在 ${zone.id} 不存在`, en: `${text} does not exist in ${zone.id}` },
    cure: { zh: '请改为存在的日期和时间', en: 'change it to a date and time that exist' },
  };
}

/** @param besides who may stand there beside the seats of the template */
function checkWho(path: string, as: string, template: Template, besides = [COORDINATOR]): Problem[] {
  const seats = [...Object.keys(template.parties), ...template.seats.map(({ id }) => id), ...besides];
  if (seats.includes(as)) return [];
  return [
    {
      path,
      code: 'unknown-seat',
      message: { zh: `没有“${as}”`, en: `there is no "${as}"` },
      cure: { zh: `请填写 ${seats.join('、')} 之一`, en: `write one of ${seats.join(', ')}` },
    },
  ];
}

/** What the coordinator alone may say of an act: for whom it is, and that it took place earlier. */
function checkEntry(path: string, raw: RawAct, template: Template): Problem[] {
  const handedInAt = raw.do === 'submit' ? raw.handedInAt : undefined;
  return checkFor(path, { as: raw.as, for: 'for' in raw ? raw.for : undefined, handedInAt }, template);
}

function checkFor(
  path: string,
  raw: { as: string; for?: string | undefined; handedInAt?: string | undefined },
  template: Template,
): Problem[] {
  const entered = Object.entries({ for: raw.for, handedInAt: raw.handedInAt }).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, value }],
  );
  if (raw.as !== COORDINATOR) {
    return entered.map(({ field }) => ({
      path: `${path}.${field}`,
      code: 'coordinator-only',
      message: { zh: `仅限项目协调人填写 ${field}`, en: `only the coordinator enters ${field}` },
      cure: { zh: '请删除，或改为 as: coordinator', en: 'leave it out, or write as: coordinator' },
    }));
  }
  return entered.flatMap(({ field, value }) => (field === 'for' ? checkWho(`${path}.for`, value, template, []) : []));
}

/** Whoever is named by a seat instead of a name and an address. */
function checkPerson(path: string, named: Person | string, filled: readonly string[]): Problem[] {
  if (typeof named !== 'string' || filled.includes(named)) return [];
  return [
    {
      path,
      code: 'unknown-seat',
      message: { zh: `“${named}”不是有人担任的岗位`, en: `nobody fills a seat "${named}"` },
      cure: {
        zh: `新的人员请写成 { name: 姓名, email: 地址 }；已在协议中的人员，请填写 ${filled.join('、')} 之一`,
        en: `somebody new is written as { name: …, email: … }; for whoever fills a seat write one of ${filled.join(', ')}`,
      },
    },
  ];
}

/** Seats that a scenario fills: the parties', others of the template, the coordinator's. */
function filledSeats({ parties, seats, coordinator }: Record<string, unknown>): string[] {
  const keys = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);
  return [...keys(parties), ...keys(seats), ...(coordinator === undefined ? [] : [COORDINATOR])];
}

/** Seats and obligations that an act about people names. */
function checkPeople(path: string, raw: RawAct, template: Template, filled: readonly string[]): Problem[] {
  switch (raw.do) {
    case 'replace':
      return [...checkWho(`${path}.seat`, raw.seat, template), ...checkPerson(`${path}.by`, raw.by, filled)];
    case 'delegate':
      return [
        ...(raw.seat === undefined ? [] : checkWho(`${path}.seat`, raw.seat, template)),
        ...checkPerson(`${path}.to`, raw.to, filled),
        ...checkRange(path, raw),
        ...(raw.obligations ?? []).flatMap((id, index) =>
          template.obligations.some((one) => one.id === id)
            ? []
            : [unknownObligation(`${path}.obligations[${index}]`, id, template)],
        ),
      ];
    case 'acknowledge':
      return WHOLES.includes(raw.what) ? [] : checkObligation(`${path}.what`, raw.what, template, WHOLES);
    default:
      return [];
  }
}

/** First and last day of a delegation; one day is from and until the same. */
function checkRange(path: string, { from, until }: { from: LocalDate; until: LocalDate }): Problem[] {
  if (compareDates(from, until) <= 0) return [];
  return [
    {
      path: `${path}.until`,
      code: 'until-before-from',
      message: { zh: `${until} 早于 ${from}`, en: `${until} is before ${from}` },
      cure: {
        zh: 'until 是最后一日（含当日），请填写 from 当日或之后的日期',
        en: 'until is the last day, inclusive: write the day of from or a later one',
      },
    },
  ];
}

/** A payment by the name of a claim that the script brings is that of the claim. */
function withClaimNamed(raw: RawAct, template: Template, claims: readonly string[]): RawAct {
  if (raw.do !== 'pay' || !claims.includes(raw.payment)) return raw;
  return checkObligation('', raw.payment, template).length === 0 ? raw : { ...raw, payment: `claim:${raw.payment}` };
}

/** What a payment can be for, where it is written in no such way. */
function invalidPayment(path: string, payment: string, template: Template): Problem {
  const [rule] = template.rules.flatMap(({ kind, id }) => (kind === 'payment' ? [id] : []));
  const example = rule === undefined ? '' : ` (${rule}-1)`;
  return {
    path,
    code: 'invalid-payment',
    message: { zh: `“${payment}”不是付款的编号`, en: `"${payment}" does not name what is paid` },
    cure: {
      zh: `请写成付款或义务的编号${example.replace(' (', '（').replace(')', '）')}，或 id#期次（2027-Q1、2027-03），或 claim:索赔，或 booking:记账`,
      en: `write the id of a payment or an obligation${example}, id#occurrence (2027-Q1, 2027-03), claim:<claim> or booking:<booking>`,
    },
  };
}

/** The obligation that an act is about. */
function checkSubject(path: string, raw: RawAct, template: Template): Problem[] {
  if (raw.do === 'pay' && !POSTED.test(raw.payment) && !OBLIGATION.test(raw.payment)) {
    return [invalidPayment(`${path}.payment`, raw.payment, template)];
  }
  const about = isLifeAct(raw)
    ? lifeReference(raw)
    : raw.do === 'submit' || raw.do === 'review'
      ? { field: 'obligation', reference: raw.obligation }
      : undefined;
  return about ? checkObligation(`${path}.${about.field}`, about.reference, template) : [];
}

/** @param besides what else can be named there */
function checkObligation(path: string, reference: string, template: Template, besides: string[] = []): Problem[] {
  const [, id, occurrence] = OBLIGATION.exec(reference) ?? [];
  const named = template.obligations.find((one) => one.id === id);
  if (named && (occurrence === undefined || mayRecur(named, template))) return [];
  // A payment is named after its rule: `service-fee-1`, or `service-fee` again and again.
  if (
    id !== undefined &&
    template.rules.some((rule) => rule.kind === 'payment' && obligationTitle({ obligations: [], rules: [rule] }, id))
  ) {
    return [];
  }
  return [unknownObligation(path, reference, template, besides)];
}

function unknownObligation(path: string, reference: string, template: Template, besides: string[] = []): Problem {
  const payments = template.rules.flatMap(({ kind, id }) => (kind === 'payment' ? [`${id}-1`] : []));
  const ids = [...template.obligations.map(({ id }) => id), ...payments];
  const or = { zh: besides.map((one) => `；或 ${one}`), en: besides.map((one) => `, or ${one}`) };
  return {
    path,
    code: 'unknown-obligation',
    message: { zh: `没有名为“${reference}”的义务`, en: `there is no obligation "${reference}"` },
    cure: {
      zh: `可用的：${ids.join('、')}${or.zh.join('')}`,
      en: `the obligations are ${ids.join(', ')}${or.en.join('')}`,
    },
  };
}

/** Whether an occurrence can be named: it recurs, or follows something that does. */
function mayRecur(obligation: Obligation, template: Template): boolean {
  const { anchor } = obligation.deadline;
  if (obligation.every) return true;
  if (typeof anchor === 'object' && 'period' in anchor) return true;
  if (typeof anchor === 'object' && 'term' in anchor) {
    return template.terms.find(({ name }) => name === anchor.term)?.type === 'month-day';
  }
  const followed = template.obligations.find(({ id }) => id === anchorObligation(obligation));
  return followed !== undefined && mayRecur(followed, template);
}

/** What a submission names of the checklist; a document that is made holds all of it (cli.md). */
function checkParts(path: string, raw: RawAct, template: Template): Problem[] {
  if (raw.do !== 'submit' && raw.do !== 'acknowledge') return [];
  const [, id] = OBLIGATION.exec(raw.do === 'submit' ? raw.obligation : raw.what) ?? [];
  const known = template.obligations.find((one) => one.id === id)?.checklist.map((part) => part.id) ?? [];
  const named = [
    ...(raw.parts ?? []).map((part) => ['parts', part]),
    ...Object.keys((raw.do === 'submit' && raw.omitted) || {}).map((part) => ['omitted', part]),
  ];
  return named.flatMap(([field, part]) =>
    part !== undefined && known.includes(part)
      ? []
      : [
          {
            path: `${path}.${field ?? ''}`,
            code: 'unknown-part',
            message: { zh: `没有必备内容“${part ?? ''}”`, en: `there is no part "${part ?? ''}"` },
            cure:
              known.length > 0
                ? { zh: `可用的：${known.join('、')}`, en: `the parts are ${known.join(', ')}` }
                : { zh: '此义务没有清单，请删除', en: 'this obligation has no checklist: leave it out' },
          },
        ],
  );
}

function checkFile(path: string, name: string, folder: string): Problem[] {
  if (statSync(resolve(folder, name), { throwIfNoEntry: false })?.isFile()) return [];
  return [
    {
      path: `${path}.file`,
      code: 'file-not-found',
      message: { zh: `找不到文件 ${name}`, en: `there is no file ${name}` },
      cure: {
        zh: '路径相对于剧本文件；不写 file 则自动生成一份文件',
        en: 'paths start at the scenario’s folder; without file a document is made',
      },
    },
  ];
}

function checklistOf(reference: string, template: Template | null): string[] {
  const [, id] = OBLIGATION.exec(reference) ?? [];
  return template?.obligations.find((one) => one.id === id)?.checklist.map((part) => part.id) ?? [];
}

function normalise(raw: RawAct, path: string, atMs: Instant, folder: string, template: Template | null): Act {
  const base = { path, atMs, as: raw.as, ...('for' in raw && raw.for !== undefined ? { for: raw.for } : {}) };
  const parts = (reference: string): { obligation: string; occurrence?: string } => {
    const [, id, occurrence] = OBLIGATION.exec(reference) ?? [];
    return { obligation: id ?? reference, ...(occurrence === undefined ? {} : { occurrence }) };
  };
  const document = (name: string | undefined): { file?: string } =>
    name === undefined ? {} : { file: resolve(folder, name) };
  if (isLifeAct(raw)) {
    const { at: _at, for: _for, ...said } = raw as typeof raw & { at: string; for?: string };
    const isDuty = (reference: string): boolean =>
      template !== null && checkObligation('', reference, template).length === 0;
    return { ...withDutyMissed(said, isDuty), ...base, ...document('file' in raw ? raw.file : undefined) };
  }
  switch (raw.do) {
    case 'sign':
      return {
        ...base,
        do: 'sign',
        ...(raw.signedOn === undefined ? {} : { signedOn: raw.signedOn }),
        ...document(raw.file),
      };
    case 'submit':
      return {
        ...base,
        do: 'submit',
        ...parts(raw.obligation),
        ...document(raw.file),
        parts: raw.parts ?? checklistOf(raw.obligation, template),
        omitted: raw.omitted ?? {},
      };
    case 'review':
      return { ...base, do: 'review', ...parts(raw.obligation), verdict: raw.verdict, points: raw.points ?? [] };
    case 'terminate':
      return { ...base, do: 'terminate', reason: raw.reason };
    case 'replace':
      return { ...base, do: 'replace', seat: raw.seat, by: raw.by };
    case 'delegate': {
      const { seat = raw.as, to, from, until, obligations = [] } = raw;
      return { ...base, do: 'delegate', seat, to, from, until, obligations };
    }
    case 'acknowledge':
      return {
        ...base,
        do: 'acknowledge',
        what: WHOLES.includes(raw.what) ? WHOLE : raw.what,
        ...document(raw.file),
        parts: raw.parts ?? checklistOf(raw.what, template),
      };
  }
}

function readScript(
  script: unknown,
  zone: Zone | null,
  template: Template | null,
  folder: string,
  filled: readonly string[],
  customers: readonly string[] | null,
): { acts: Step[]; problems: Problem[] } {
  if (script === undefined) return { acts: [], problems: [] };
  if (!Array.isArray(script)) {
    const read = readValue(z.array(z.unknown()), script, ['script']);
    return { acts: [], problems: 'problems' in read ? read.problems : [] };
  }
  const acts: Step[] = [];
  const problems: Problem[] = [];
  const addInOrder = (step: Step, at: string): void => {
    const before = acts.at(-1);
    if (before && before.atMs > step.atMs) {
      problems.push({
        path: `${step.path}.at`,
        code: 'not-ascending',
        message: { zh: `${at} 早于前一步`, en: `${at} is earlier than the act before` },
        cure: { zh: '请按时间先后排列', en: 'put the acts in the order of their times' },
      });
    }
    acts.push(step);
  };
  const claims = claimsIn(script as unknown[]);
  for (const [index, item] of (script as unknown[]).entries()) {
    const path = `script[${index}]`;
    const named = readValue(doSchema, item, ['script', index]);
    if ('problems' in named && typeof item === 'object' && item !== null) {
      problems.push(...named.problems);
      continue;
    }
    const noun = nounOf(item);
    if (noun) {
      const read = readNounItem(noun, item as Said, index, { ...act, for: side });
      if ('problems' in read) {
        problems.push(...read.problems);
        continue;
      }
      const { raw } = read;
      const atMs = zone && readTime(raw.at, zone);
      if (zone && atMs === null) problems.push(timeProblem(`${path}.at`, raw.at, zone));
      if (!template) continue;
      if (noun.mayAct?.(raw.as) !== true) problems.push(...checkWho(`${path}.as`, raw.as, template));
      problems.push(...checkFor(path, raw, template));
      const { step, problems: found } = nounStep(noun, read, { path, atMs: atMs ?? 0, folder, template, customers });
      problems.push(...found);
      if (atMs !== null) addInOrder(step, raw.at);
      continue;
    }
    if (isSurveyItem(item)) {
      const read = readValue(surveyActSchema, spelt(item), ['script', index]);
      if ('problems' in read) {
        problems.push(...read.problems);
        continue;
      }
      const atMs = zone && readTime(read.value.at, zone);
      if (zone && atMs === null) problems.push(timeProblem(`${path}.at`, read.value.at, zone));
      if (!template) continue;
      const around = { path, folder, template, customers };
      const isCustomer = customerOf(read.value.as) !== undefined;
      problems.push(...(isCustomer ? [] : checkWho(`${path}.as`, read.value.as, template)));
      problems.push(...checkFor(path, read.value, template), ...checkSurveyStep(read.value, around));
      const { step, problems: inFiles } = surveyStep(read.value, atMs ?? 0, around);
      problems.push(...inFiles);
      if (atMs !== null) addInOrder(step, read.value.at);
      continue;
    }
    const of = unsaidNouns(item);
    if (of.length > 0) {
      problems.push(unsaidProblem(path, (item as Said).do, of));
      continue;
    }
    const read = readValue(actSchema, spelt(item), ['script', index]);
    if ('problems' in read) {
      problems.push(...read.problems);
      continue;
    }
    const raw = template ? withClaimNamed(read.value, template, claims) : read.value;
    if (template) {
      problems.push(...checkWho(`${path}.as`, raw.as, template));
      problems.push(...checkEntry(path, raw, template));
      problems.push(...checkPeople(path, raw, template, filled));
      problems.push(...checkSubject(path, raw, template));
      problems.push(...checkParts(path, raw, template));
    }
    if ('file' in raw && raw.file !== undefined) problems.push(...checkFile(path, raw.file, folder));
    if (!zone) continue;
    const atMs = readTime(raw.at, zone);
    if (atMs === null) {
      problems.push(timeProblem(`${path}.at`, raw.at, zone));
      continue;
    }
    const handedInAt = raw.do === 'submit' ? raw.handedInAt : undefined;
    const handedInAtMs = handedInAt === undefined ? undefined : readTime(handedInAt, zone);
    if (handedInAt !== undefined && handedInAtMs === null) {
      problems.push(timeProblem(`${path}.handedInAt`, handedInAt, zone));
    }
    const understood = normalise(raw, path, atMs, folder, template);
    addInOrder(
      understood.do === 'submit' && typeof handedInAtMs === 'number' ? { ...understood, handedInAtMs } : understood,
      raw.at,
    );
  }
  return { acts, problems };
}

/**
 * What `signedOn` stands for: everybody signs, and does whatever else the template asks of those who sign; whoever
 * seals in the script itself does so when the script says.
 */
function signing(draft: ResolvedDraft, atMs: Instant, script: readonly Step[]): Act[] {
  const { signatories } = draft.template;
  const { effect } = compileDraft(draft, { id: 'scenario', year: 2026 }).life ?? {};
  const base = { path: 'signedOn', atMs };
  const sealsItself = (role: string): boolean =>
    script.some((one) => one.do === 'seal' && (one.for ?? one.as) === role);
  const sealing = signatories.filter((role) => !sealsItself(role));
  return [
    ...(effect?.review ? signatories.map((as) => ({ ...base, as, do: 'approve' as const, what: 'review' })) : []),
    ...signatories.map((as) => ({ ...base, as, do: 'sign' as const })),
    ...(effect?.seal ? sealing.map((as) => ({ ...base, as, do: 'seal' as const })) : []),
  ];
}

/** The latest date of the first signatures that are not dated into the future; null unless everybody signs. */
function dayZeroOf(acts: Step[], signatories: string[], zone: Zone): LocalDate | null {
  const dates = signatories.map((role) => {
    for (const one of acts) {
      if (one.do !== 'sign' || (one.for ?? one.as) !== role) continue;
      const today = localDateAt(zone, one.atMs);
      const signed = one.signedOn ?? today;
      if (compareDates(signed, today) <= 0) return signed;
    }
    return null;
  });
  return dates.reduce<LocalDate | null>(
    (latest, signed, index) =>
      signed === null ? null : index === 0 || (latest !== null && signed > latest) ? signed : latest,
    null,
  );
}

/** Last day of the term as far as it is known before anything happens. */
function termEnd(draft: ResolvedDraft, dayZero: LocalDate | null): LocalDate | null {
  const compiled = compileDraft(draft, { id: 'scenario', year: Number((dayZero ?? '2026').slice(0, 4)) });
  return dayZero === null ? compiled.expiresOn : expiryOf(compiled, dayZero);
}

function knownZone(id: unknown): Zone | null {
  try {
    return zoneData(typeof id === 'string' ? id : DEFAULT_ZONE);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Understands a scenario's data; `folder` is where its files are. All problems are collected. */
export function resolveScenario(given: unknown, folder: string): { scenario: Scenario } | { errors: Problem[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { errors: readFields({}, given).problems };
  }
  const { signedOn, until: lastDay, script, customers: table, ...rest } = given as Record<string, unknown>;
  const { fields, problems } = readFields(
    { ...timing, customers: z.string().min(1).optional() },
    fieldsGiven({ signedOn, until: lastDay, customers: table }),
  );
  const { draft, errors: draftErrors } = resolveDraft(rest);
  const errors = [...draftErrors, ...problems];

  const found = typeof rest['template'] === 'string' ? findTemplate(rest['template']) : null;
  const template = found && 'template' in found ? found.template : null;
  const zone = draft?.zone ?? knownZone(rest['zone']);
  const listed = fields.customers === undefined ? null : customersInFile(fields.customers, folder);
  errors.push(...(listed?.problems ?? []));
  const keys = listed && listed.customers.map(({ key }) => key);
  const { acts: said, problems: scriptProblems } = readScript(script, zone, template, folder, filledSeats(rest), keys);
  errors.push(...scriptProblems);

  const agreement = draft ? compileDraft(draft, { id: 'scenario', year: 2026 }) : null;
  const acts = agreement ? said.map((one) => (isOwnAct(one) ? asAgreed(one, agreement) : one)) : said;
  for (const one of acts) {
    if (!isOwnAct(one)) continue;
    errors.push(...checkAmounts(one, agreement?.currency ?? null));
    if (one.do === 'propose') errors.push(...checkChanges(`${one.path}.changes`, one.changes, draft));
  }

  if (zone && template && fields.signedOn !== undefined) {
    const atMs = instantAt(zone, fields.signedOn, SIGNING_TIME);
    const position = acts.findIndex((one) => one.atMs >= atMs);
    const signatures = draft ? signing(draft, atMs, acts) : [];
    acts.splice(position === -1 ? acts.length : position, 0, ...signatures);
  }

  const dayZero = zone && template ? dayZeroOf(acts, template.signatories, zone) : null;
  const expiresOn = draft ? termEnd(draft, dayZero) : null;
  const firstMs = acts[0]?.atMs ?? null;
  const lastMs = acts.at(-1)?.atMs ?? null;
  let until = fields.until ?? null;
  if (zone && until !== null && lastMs !== null && lastMs > instantAt(zone, until, '24:00')) {
    errors.push({
      path: 'until',
      code: 'act-after-until',
      message: { zh: `剧本有晚于 ${until} 的步骤`, en: `the script has acts later than ${until}` },
      cure: { zh: '请推后 until，或删去这些步骤', en: 'put until later, or take those acts out' },
    });
  }
  if (zone && until === null && firstMs !== null && lastMs !== null) {
    const wanted = typeof expiresOn === 'string' ? expiresOn : addMonths(localDateAt(zone, firstMs), DEFAULT_MONTHS);
    const last = localDateAt(zone, lastMs);
    until = compareDates(wanted, last) < 0 ? last : wanted;
  }
  if (dayZero !== null && typeof expiresOn === 'string' && compareDates(expiresOn, dayZero) < 0) {
    errors.push({
      path: 'terms.expiresOn',
      code: 'expires-before-signing',
      message: { zh: `${expiresOn} 早于签署日 ${dayZero}`, en: `${expiresOn} is before the signing date ${dayZero}` },
      cure: { zh: '请改为签署日或之后的日期', en: 'choose the signing date or a later one' },
    });
  }

  if (!draft || errors.length > 0) return { errors };
  const untilMs = until === null ? null : instantAt(draft.zone, until, '24:00');
  return { scenario: { draft, acts, customers: listed?.customers ?? [], dayZero, firstMs, until, untilMs } };
}

function unreadable(code: string, zh: string, en: string, cureZh: string, cureEn: string): CommandFailed {
  return new CommandFailed([{ path: '', code, message: { zh, en }, cure: { zh: cureZh, en: cureEn } }]);
}

/**
 * Reads a scenario (YAML or JSON, at most 1 MiB, no aliases). Throws CommandFailed with every problem found:
 * `file-not-found`, `file-too-large`, `invalid-yaml`, or what is wrong in it, each with its path.
 */
export function readScenario(path: string): Scenario {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    throw unreadable(
      'file-not-found',
      `找不到文件 ${path}`,
      `there is no file ${path}`,
      '请检查路径',
      'check the path',
    );
  }
  if (stat.size > MAX_BYTES) {
    throw unreadable(
      'file-too-large',
      `${path} 超过 1 MiB`,
      `${path} is larger than 1 MiB`,
      '请缩短剧本',
      'make the scenario shorter',
    );
  }
  const source = readSource(readFileSync(path, 'utf8'));
  if ('problems' in source) throw new CommandFailed(source.problems);
  const read = resolveScenario(source.value, dirname(resolve(path)));
  if ('errors' in read) throw new CommandFailed(read.errors);
  return read.scenario;
}
