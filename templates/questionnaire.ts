import type { CompiledSurvey } from '../domain/survey/compiled.ts';
import { OVERALL } from '../domain/survey/figures.ts';
import { questionnaireFacts } from '../domain/survey/questionnaire.ts';
import type { Text } from '../domain/time.ts';
import { type Presets, readPresets } from './presets.ts';
import type { Problem } from './problem.ts';
import type { SurveyTitles } from './survey-dimensions.ts';

export interface DraftOptions {
  /** Of every scored question; 1–5 where nothing is said. */
  scale?: { min: number; max: number };
  /** Ask for the satisfaction as a whole, also where the contract does not demand it; yes where nothing is said. */
  overall?: boolean;
  /** Ask for the net promoter score; no where nothing is said. */
  nps?: boolean;
  /** Ask how important each dimension is; as the contract says where nothing is said. */
  importance?: boolean;
  /** A warning is given above so many questions (S004-15); null: never. */
  maxQuestions?: number | null;
}

type BankQuestion = Presets['questions'][number];
type Element = Record<string, unknown>;

/** Questions of the bank that a dimension gets at most: the questionnaire stays short. */
const BANK_QUESTIONS = 2;

/** A set of the bank that asks about a single service just given, which a periodic survey does not. */
const SINGLE_SERVICE = 'encounter';

function localized({ zh, en }: Text): Record<string, string> {
  return { 'zh-cn': zh, en };
}

const SATISFIED = {
  minRateDescription: localized({ zh: '非常不满意', en: 'Very dissatisfied' }),
  maxRateDescription: localized({ zh: '非常满意', en: 'Very satisfied' }),
};
const GOOD = {
  minRateDescription: localized({ zh: '很差', en: 'Very poor' }),
  maxRateDescription: localized({ zh: '很好', en: 'Very good' }),
};

function generalText({ zh, en }: Text): Text {
  return { zh: `您对${zh}的满意程度如何？`, en: `${en}: how satisfied are you?` };
}

/** The bank's questions that score this dimension. */
function bankFor(dimension: string, { dimensions, questions }: Presets): BankQuestion[] {
  const single = dimensions.find(({ id }) => id === SINGLE_SERVICE)?.parts ?? [];
  if (single.some(({ id }) => id === dimension)) return [];
  return questions.filter((one) => one.kind === 'score' && one.dimension === dimension).slice(0, BANK_QUESTIONS);
}

function titleOf(titles: Record<string, Text>, id: string): Text {
  return titles[id] ?? { zh: id, en: id };
}

/** One question for each part; of a dimension without parts the bank's, or one on the whole of it. */
function dimensionElements(
  { id, parts }: CompiledSurvey['dimensions'][number],
  titles: SurveyTitles,
  presets: Presets,
  scale: { min: number; max: number },
): Element[] {
  const rating = (name: string, title: Text, tags: Element): Element => ({
    ...{ type: 'rating', name, title: localized(title), role: 'score', ...tags },
    ...{ rateMin: scale.min, rateMax: scale.max },
  });
  if (parts.length > 0) {
    const elements = parts.map((part) => ({
      ...rating(`score-${part}`, generalText(titleOf(titles.parts, part)), { dimension: id, part }),
      ...SATISFIED,
    }));
    return [{ type: 'panel', name: `panel-${id}`, title: localized(titleOf(titles.dimensions, id)), elements }];
  }
  const bank = bankFor(id, presets);
  if (bank.length > 0) return bank.map(({ id: name, text }) => ({ ...rating(name, text, { dimension: id }), ...GOOD }));
  return [{ ...rating(`score-${id}`, generalText(titleOf(titles.dimensions, id)), { dimension: id }), ...SATISFIED }];
}

function bankQuestion({ questions }: Presets, id: string): BankQuestion {
  const found = questions.find((question) => question.id === id);
  if (!found) throw new TypeError(`no question ${id} among the presets`);
  return found;
}

function importanceElement(dimensions: readonly string[], titles: SurveyTitles): Element {
  const words: Text[] = [
    { zh: '不重要', en: 'Not important' },
    { zh: '不太重要', en: 'Less important' },
    { zh: '一般', en: 'Fairly important' },
    { zh: '重要', en: 'Important' },
    { zh: '非常重要', en: 'Very important' },
  ];
  return {
    type: 'matrix',
    name: 'importance',
    title: localized({ zh: '以下各方面对您有多重要？', en: 'How important is each of these to you?' }),
    role: 'importance',
    columns: words.map((text, index) => ({ value: index + 1, text: localized(text) })),
    rows: dimensions.map((id) => ({ value: id, text: localized(titleOf(titles.dimensions, id)), dimension: id })),
  };
}

const NPS: Element = {
  type: 'rating',
  name: 'nps',
  title: localized({
    zh: '您有多大可能向朋友或同事推荐我们？',
    en: 'How likely are you to recommend us to a friend or colleague?',
  }),
  role: 'nps',
  rateMin: 0,
  rateMax: 10,
  minRateDescription: localized({ zh: '完全不可能', en: 'Not at all likely' }),
  maxRateDescription: localized({ zh: '极有可能', en: 'Extremely likely' }),
};

/** Names of the scored questions, panels walked through. */
function scoredNames(elements: readonly Element[]): string[] {
  return elements.flatMap(({ type, name, elements: within }) =>
    type === 'panel' ? scoredNames(within as Element[]) : [String(name)],
  );
}

interface Scale {
  min: number;
  max: number;
}

/** The scales that a questionnaire is drafted on. */
export const SCALES: readonly [Scale, ...Scale[]] = [
  { min: 1, max: 5 },
  { min: 1, max: 10 },
  { min: 0, max: 100 },
];

/**
 * A questionnaire that covers all that a survey must ask about: SurveyJS JSON in both languages with our tags
 * (docs/surveys.md), to be edited before it is designed. Satisfaction as a whole is a question of its own (S004-11), a
 * score below the middle is followed by the question why (S003-Q-02).
 */
export function draftQuestionnaire(
  { dimensions, importance: agreed }: Pick<CompiledSurvey, 'dimensions' | 'importance'>,
  titles: SurveyTitles,
  options: DraftOptions = {},
): { json: object; warnings: Problem[] } {
  const { scale = SCALES[0], overall = true, nps = false, importance = agreed !== null } = options;
  const presets = readPresets();
  const single = dimensions.filter(({ id }) => id !== OVERALL);
  const ratings = single.flatMap((dimension) => dimensionElements(dimension, titles, presets, scale));
  if (overall || single.length < dimensions.length) {
    const { id: name, text } = bankQuestion(presets, 'overall-score');
    ratings.unshift({
      ...{ type: 'rating', name, title: localized(text), role: 'score', dimension: OVERALL },
      ...{ rateMin: scale.min, rateMax: scale.max, ...SATISFIED },
    });
  }
  const middle = (scale.min + scale.max) / 2;
  const reason = bankQuestion(presets, 'overall-reason');
  const suggestion = bankQuestion(presets, 'overall-suggestion');
  const more: Element[] = [
    {
      type: 'comment',
      name: reason.id,
      title: localized(reason.text),
      role: 'reason',
      visibleIf: scoredNames(ratings)
        .map((name) => `{${name}} < ${middle}`)
        .join(' or '),
    },
    ...(nps ? [NPS] : []),
    ...(importance && single.length > 0
      ? [
          importanceElement(
            single.map(({ id }) => id),
            titles,
          ),
        ]
      : []),
    { type: 'comment', name: suggestion.id, title: localized(suggestion.text), role: 'text' },
  ];
  const json = {
    title: localized({ zh: '客户满意度调查', en: 'Customer satisfaction survey' }),
    pages: [
      { name: 'ratings', elements: ratings },
      { name: 'more', elements: more },
    ],
  };
  return { json, warnings: lengthWarnings(json, options.maxQuestions ?? null) };
}

/** S004-15: a questionnaire is short. */
export function lengthWarnings(json: unknown, maxQuestions: number | null): Problem[] {
  const { questions } = questionnaireFacts(json, '', {});
  if (maxQuestions === null || questions <= maxQuestions) return [];
  return [
    {
      path: 'pages',
      code: 'many-questions',
      message: {
        zh: `问卷共 ${questions} 题，超过建议的 ${maxQuestions} 题`,
        en: `the questionnaire asks ${questions} questions; no more than ${maxQuestions} are advised`,
      },
      cure: { zh: '删减或合并题目', en: 'Leave some out, or put some together' },
    },
  ];
}
