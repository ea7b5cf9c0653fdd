import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import { readQuestions } from '../domain/survey/questionnaire.ts';
import type { Instant, Text } from '../domain/time.ts';
import type { Problem } from '../templates/problem.ts';
import type { Template } from '../templates/schema.ts';
import { type GivenAnswer, answersInFile, answersInScript, parseJson } from './answers.ts';
import { type SurveyAct, approvalMeant, readCycle } from './survey-acts.ts';

/** What somebody does in a survey, or in what follows from one. */
export interface SurveyStep {
  do: 'survey';
  /** `script[3]` */
  path: string;
  atMs: Instant;
  /** A role key, another seat, `coordinator`, or `customer:<key>`. */
  as: string;
  /** The side, or seat, that the coordinator enters it for. */
  for?: string;
  /** Its survey is the duty's id, its occurrence is apart; files are absolute paths. */
  said: SurveyAct;
  /** Of `respond`. */
  answers: GivenAnswer[];
  /** Of `design`: SurveyJS JSON; missing: one is made. */
  questionnaire?: Record<string, unknown>;
}

const CUSTOMER = /^customer:(.+)$/;
/** What a customer does itself. */
const OF_CUSTOMERS: readonly SurveyAct['do'][] = ['respond', 'judge'];

/** Key of the customer who acts. */
export function customerOf(as: string): string | undefined {
  return CUSTOMER.exec(as)?.[1];
}

type RawStep = SurveyAct & { at: string; as: string; for?: string | undefined };

/** What is around a step, as far as it is known. */
interface Around {
  path: string;
  folder: string;
  template: Template;
  /** Keys; null: the scenario names no file of customers. */
  customers: readonly string[] | null;
}

/** Duties that are surveys, by the name that a scenario may use: their own, or their rule's. */
function surveysOf(template: Template): Record<string, string> {
  return {
    ...Object.fromEntries(
      template.rules.flatMap((rule) => (rule.kind === 'survey' ? [[rule.id, rule.obligation]] : [])),
    ),
    ...Object.fromEntries(
      template.rules.flatMap((rule) => (rule.kind === 'survey' ? [[rule.obligation, rule.obligation]] : [])),
    ),
    ...Object.fromEntries(template.obligations.flatMap(({ id, kind }) => (kind === 'survey' ? [[id, id]] : []))),
  };
}

/** What is wrong with a step before anything is lived. */
export function checkSurveyStep(raw: RawStep, around: Around): Problem[] {
  const { path, folder, template } = around;
  const files = 'file' in raw && raw.file !== undefined ? fileProblems(`${path}.file`, raw.file, folder) : [];
  return [
    ...checkSurvey(raw, around),
    ...checkCustomers(raw, around),
    ...checkSeats(raw, path, template),
    ...checkAlternatives(raw, path),
    ...files,
  ];
}

function checkSurvey(raw: RawStep, { path, template }: Around): Problem[] {
  const { survey, occurrence } = raw as { survey?: string; occurrence?: string };
  if (survey === undefined) return [];
  const named = readCycle(survey);
  const surveys = surveysOf(template);
  if (!Object.hasOwn(surveys, named.survey)) {
    const ids = [...new Set(Object.values(surveys))];
    return [
      {
        path: `${path}.survey`,
        code: 'unknown-survey',
        message: { zh: `没有名为“${survey}”的调查`, en: `there is no survey "${survey}"` },
        cure:
          ids.length > 0
            ? { zh: `可用的：${ids.join('、')}`, en: `the surveys are ${ids.join(', ')}` }
            : { zh: '此模板没有调查，请删除此步', en: 'this template has none: take this act out' },
      },
    ];
  }
  if (occurrence === undefined || named.occurrence === undefined || named.occurrence === occurrence) return [];
  return [
    {
      path: `${path}.occurrence`,
      code: 'occurrence-contradicts',
      message: { zh: `与 ${survey} 不一致`, en: `contradicts ${survey}` },
      cure: { zh: '请只写一处', en: 'write it once' },
    },
  ];
}

function checkCustomers(raw: RawStep, { path, customers }: Around): Problem[] {
  const asked = (key: string, at: string): Problem[] =>
    customers?.includes(key) === true ? [] : [unknownCustomer(at, key, customers)];
  const actor = customerOf(raw.as);
  if (actor !== undefined && !OF_CUSTOMERS.includes(raw.do)) {
    return [
      {
        path: `${path}.as`,
        code: 'not-a-customers-act',
        message: { zh: `客户不能${raw.do}`, en: `is a customer, who does not ${raw.do}` },
        cure: {
          zh: `客户仅可 ${OF_CUSTOMERS.join('、')}，其余请由岗位或项目协调人办理`,
          en: `customers only ${OF_CUSTOMERS.join(' and ')}; write a seat or the coordinator`,
        },
      },
    ];
  }
  const named = [
    ...('customers' in raw ? (raw.customers ?? []).map((key, index) => ({ key, at: `customers[${index}]` })) : []),
    ...('customer' in raw && raw.customer !== undefined ? [{ key: raw.customer, at: 'customer' }] : []),
  ];
  return [
    ...(actor === undefined ? [] : asked(actor, `${path}.as`)),
    ...named.flatMap(({ key, at }) => asked(key, `${path}.${at}`)),
  ];
}

function checkSeats(raw: RawStep, path: string, template: Template): Problem[] {
  const seats = [...Object.keys(template.parties), ...template.seats.map(({ id }) => id)];
  const named = [
    ...('department' in raw && raw.department !== undefined ? [{ seat: raw.department, at: 'department' }] : []),
    ...('measures' in raw ? (raw.measures ?? []) : []).flatMap((measure, index) =>
      typeof measure === 'object' && measure.owner !== undefined
        ? [{ seat: measure.owner, at: `measures[${index}].owner` }]
        : [],
    ),
  ];
  return named.flatMap(({ seat, at }) =>
    seats.includes(seat)
      ? []
      : [
          {
            path: `${path}.${at}`,
            code: 'unknown-seat',
            message: { zh: `没有“${seat}”`, en: `there is no "${seat}"` },
            cure: { zh: `请填写 ${seats.join('、')} 之一`, en: `write one of ${seats.join(', ')}` },
          },
        ],
  );
}

/** Of two ways to say the same, one; of `respond`, at least one. */
function checkAlternatives(raw: RawStep, path: string): Problem[] {
  const [first, second] =
    raw.do === 'respond' ? ['answers', 'file'] : raw.do === 'design' ? ['questionnaire', 'file'] : [];
  if (first === undefined || second === undefined) return [];
  const said = [first, second].filter((field) => (raw as unknown as Record<string, unknown>)[field] !== undefined);
  if (said.length === 2) {
    return [
      {
        path: `${path}.${second}`,
        code: 'too-many-values',
        message: { zh: `${first} 与 ${second} 只能填一项`, en: `stands beside ${first}: one of them is meant` },
        cure: { zh: '请只保留一项', en: 'keep one of them' },
      },
    ];
  }
  if (said.length === 1 || raw.do !== 'respond') return [];
  return [
    {
      path: `${path}.answers`,
      code: 'missing-value',
      message: { zh: '缺少答卷', en: 'is missing' },
      cure: { zh: '请填写 answers，或以 file 指明文件', en: 'write answers, or name a file' },
    },
  ];
}

/** A step as it is lived, and what is wrong in its files. */
export function surveyStep(raw: RawStep, atMs: Instant, around: Around): { step: SurveyStep; problems: Problem[] } {
  const { path, folder, template, customers } = around;
  const { at: _at, as, for: side, ...rest } = raw;
  const act = approvalMeant(rest as SurveyAct);
  const file = 'file' in act && act.file !== undefined ? resolve(folder, act.file) : undefined;
  const survey = 'survey' in act ? act.survey : undefined;
  const cycle = survey === undefined ? undefined : readCycle(survey);
  const occurrence = cycle?.occurrence ?? ('occurrence' in act ? act.occurrence : undefined);
  const said = {
    ...act,
    ...(cycle === undefined ? {} : { survey: surveysOf(template)[cycle.survey] ?? cycle.survey }),
    ...(occurrence === undefined ? {} : { occurrence }),
    ...(file === undefined ? {} : { file }),
  } as SurveyAct;
  const base = {
    do: 'survey' as const,
    path,
    atMs,
    as,
    ...(side === undefined ? {} : { for: side }),
    said,
    answers: [],
  };
  const isThere = file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  if (said.do === 'respond') {
    const { answers, problems } = isThere
      ? answersInFile(file, `${path}.file`, said.channel)
      : said.answers === undefined
        ? { answers: [], problems: [] }
        : answersInScript(said.answers, `${path}.answers`, said.channel);
    const actor = customerOf(as);
    const strangers = answers.flatMap(({ customer, path: place }) =>
      customer === undefined || customers?.includes(customer) === true
        ? []
        : [unknownCustomer(`${place}.customer`, customer, customers)],
    );
    return {
      step: { ...base, answers: actor === undefined ? answers : answers.map((one) => ({ ...one, customer: actor })) },
      problems: [...problems, ...strangers, ...(actor === undefined ? [] : foreignAnswers(answers, actor))],
    };
  }
  if (said.do === 'design' && (isThere || said.questionnaire !== undefined)) {
    const questionnaire = isThere ? parseJson(readFileSync(file, 'utf8')) : said.questionnaire;
    if (typeof questionnaire === 'object' && questionnaire !== null && !Array.isArray(questionnaire)) {
      const read = readQuestions(questionnaire);
      const at = `${path}.${isThere ? 'file' : 'questionnaire'}`;
      const faults = 'problems' in read ? read.problems : [];
      return {
        step: { ...base, questionnaire: questionnaire as Record<string, unknown> },
        problems: faults.map((fault) => ({ ...fault, path: fault.path === '' ? at : `${at}.${fault.path}` })),
      };
    }
    return { step: base, problems: [noQuestionnaire(`${path}.file`)] };
  }
  return { step: base, problems: [] };
}

/** A customer answers for itself alone, once. */
function foreignAnswers(answers: readonly GivenAnswer[], actor: string): Problem[] {
  const problems = answers.flatMap(({ path, customer }): Problem[] =>
    customer === undefined || customer === actor
      ? []
      : [
          {
            path: `${path}.customer`,
            code: 'not-a-customers-act',
            message: {
              zh: `客户 ${actor} 不能代 ${customer} 答卷`,
              en: `customer ${actor} does not answer for ${customer}`,
            },
            cure: { zh: '请删除，或由岗位代为录入', en: 'leave it out, or let a seat enter the answer' },
          },
        ],
  );
  const [, second] = answers;
  if (problems.length > 0 || !second) return problems;
  return [
    {
      path: second.path,
      code: 'too-many-values',
      message: { zh: '每位客户每期仅一份答卷', en: 'is a second answer of one customer' },
      cure: { zh: '请只保留一份', en: 'keep one of them' },
    },
  ];
}

function unknownCustomer(path: string, key: string, customers: readonly string[] | null): Problem {
  const some = (customers ?? []).slice(0, 5).join(', ');
  const cure: Text =
    customers === null
      ? { zh: '请以 customers: 文件.csv 列出客户', en: 'list the customers: customers: FILE.csv' }
      : { zh: `请填写客户编号，例如 ${some}`, en: `write the key of one of them, such as ${some}` };
  return {
    path,
    code: 'unknown-customer',
    message: { zh: `没有客户“${key}”`, en: `there is no customer "${key}"` },
    cure,
  };
}

function noQuestionnaire(path: string): Problem {
  return {
    path,
    code: 'questionnaire-unreadable',
    message: { zh: '不是 JSON 格式的问卷', en: 'is no questionnaire in JSON' },
    cure: {
      zh: '请使用 SurveyJS 的 JSON，或不写 file，由题库自动生成',
      en: 'write SurveyJS JSON, or leave file out: one is made from the question bank',
    },
  };
}

function fileProblems(path: string, name: string, folder: string): Problem[] {
  if (statSync(resolve(folder, name), { throwIfNoEntry: false })?.isFile()) return [];
  return [
    {
      path,
      code: 'file-not-found',
      message: { zh: `找不到文件 ${name}`, en: `there is no file ${name}` },
      cure: { zh: '路径相对于剧本文件', en: 'paths start at the scenario’s folder' },
    },
  ];
}
