import type { Problem } from '../problem.ts';
import type { QuestionnaireFacts } from './command.ts';
import { COMMENT, type MatrixRow, type Question, isJson, problem, readQuestion } from './question.ts';

/** Panels within panels. */
const MAX_DEPTH = 5;
const MAX_QUESTIONS = 200;
/** Letters of a free text. */
const MAX_TEXT = 4000;

/** Properties that would lead whoever answers, or the server, to another place. */
const ELSEWHERE = ['choicesByUrl', 'navigateToUrl', 'navigateToUrlOnCondition'];

type Json = Record<string, unknown>;
export type Answers = Record<string, unknown>;

interface Reading {
  questions: Question[];
  problems: Problem[];
}

function elsewhereProblems(value: Json, path: string): Problem[] {
  return ELSEWHERE.filter((key) => Object.hasOwn(value, key)).map((key) =>
    problem(
      path === '' ? key : `${path}.${key}`,
      'leads-elsewhere',
      { zh: `问卷不得指向外部地址（${key}）`, en: `a questionnaire leads to no other address (${key})` },
      { zh: '删除该属性', en: 'Remove it' },
    ),
  );
}

function notAnObject(path: string): Problem {
  return problem(
    path,
    'not-an-object',
    { zh: '此处应为 JSON 对象', en: 'a JSON object is expected here' },
    { zh: '按 docs/surveys.md 的格式填写', en: 'Write it as docs/surveys.md shows' },
  );
}

function readElements(parent: Json, path: string, depth: number, visible: boolean, found: Reading): void {
  const elements: unknown = parent.elements ?? [];
  if (!Array.isArray(elements)) {
    found.problems.push(
      problem(
        `${path}.elements`,
        'not-a-list',
        { zh: 'elements 应为列表', en: 'elements is a list' },
        { zh: '用 [ ] 列出题目', en: 'List the questions in [ ]' },
      ),
    );
    return;
  }
  elements.forEach((element: unknown, index) => {
    const at = `${path}.elements[${index}]`;
    if (!isJson(element)) {
      found.problems.push(notAnObject(at));
      return;
    }
    found.problems.push(...elsewhereProblems(element, at));
    if (element.type !== 'panel') {
      const { question, problems } = readQuestion(element, at, visible);
      if (question !== null) found.questions.push(question);
      found.problems.push(...problems);
    } else if (depth >= MAX_DEPTH) {
      found.problems.push(
        problem(
          at,
          'too-deep',
          { zh: `面板嵌套超过 ${MAX_DEPTH} 层`, en: `panels stand in panels more than ${MAX_DEPTH} deep` },
          { zh: '减少嵌套', en: 'Put them side by side' },
        ),
      );
    } else readElements(element, at, depth + 1, visible && element.visibleIf === undefined, found);
  });
}

/** Questions as they are asked one by one: a matrix asks one a row. */
function asked(question: Question): (Question | MatrixRow)[] {
  return question.rows.length > 0 ? question.rows : [question];
}

function scaleText({ scale }: Question): string {
  return `${scale?.min}–${scale?.max}`;
}

/** What is wrong between questions. */
function jointProblems(questions: readonly Question[]): Problem[] {
  const problems: Problem[] = [];
  questions.forEach((question, index) => {
    const first = questions.find(({ name }) => name === question.name);
    if (first !== undefined && questions.indexOf(first) < index)
      problems.push(
        problem(
          `${question.path}.name`,
          'double-name',
          {
            zh: `名称 ${question.name} 已用于 ${first.path}`,
            en: `${question.name} is the name of ${first.path} already`,
          },
          { zh: '另取名称', en: 'Give it another name' },
        ),
      );
  });
  for (const role of ['score', 'importance'] as const) {
    const [first, ...others] = questions.filter((question) => question.role === role && question.scale !== null);
    for (const other of others) {
      if (first === undefined || scaleText(other) === scaleText(first)) continue;
      problems.push(
        problem(
          other.path,
          'different-scales',
          {
            zh: `量表为 ${scaleText(other)}，而 ${first.name} 为 ${scaleText(first)}`,
            en: `the scale is ${scaleText(other)}, that of ${first.name} is ${scaleText(first)}`,
          },
          { zh: '一份问卷只用一种量表', en: 'Use one scale in a questionnaire' },
        ),
      );
    }
  }
  for (const second of questions.filter(({ role }) => role === 'nps').slice(1))
    problems.push(
      problem(
        second.path,
        'second-nps',
        { zh: '净推荐值只问一次', en: 'the net promoter score is asked once' },
        { zh: '删除其中一题', en: 'Remove one of them' },
      ),
    );
  const scored = questions.filter(({ role }) => role === 'score').flatMap((question) => asked(question));
  for (const [index, { part, dimension }] of scored.entries()) {
    const other = scored.slice(0, index).find((item) => part !== null && item.part === part);
    if (other === undefined || other.dimension === dimension) continue;
    problems.push(
      problem(
        '',
        'part-of-two',
        {
          zh: `分项 ${part} 同属 ${other.dimension} 与 ${dimension}`,
          en: `${part} is a part of ${other.dimension} and of ${dimension}`,
        },
        { zh: '一个分项只属一个维度', en: 'A part belongs to one dimension' },
      ),
    );
  }
  if (scored.length === 0)
    problems.push(
      problem(
        '',
        'nothing-scored',
        { zh: '问卷没有计分题目', en: 'the questionnaire scores nothing' },
        {
          zh: '至少加入一道注明 dimension 的评分题',
          en: 'Add a rating with its dimension, one at least',
        },
      ),
    );
  return problems;
}

/**
 * The questions of a questionnaire (SurveyJS JSON with our tags, docs/surveys.md), or everything that is wrong with it,
 * each with its place in the JSON. Never throws.
 */
export function readQuestions(json: unknown): { questions: Question[] } | { problems: Problem[] } {
  if (!isJson(json)) return { problems: [notAnObject('')] };
  const pages: unknown = json.pages;
  if (!Array.isArray(pages) || pages.length === 0)
    return {
      problems: [
        problem(
          'pages',
          'no-pages',
          { zh: '问卷没有页面', en: 'the questionnaire has no pages' },
          { zh: '题目写在 pages[…].elements 中', en: 'Questions stand in pages[…].elements' },
        ),
      ],
    };
  const found: Reading = { questions: [], problems: elsewhereProblems(json, '') };
  pages.forEach((page: unknown, index) => {
    const at = `pages[${index}]`;
    if (isJson(page)) readElements(page, at, 0, page.visibleIf === undefined, found);
    else found.problems.push(notAnObject(at));
  });
  const count = found.questions.reduce((sum, question) => sum + asked(question).length, 0);
  if (count > MAX_QUESTIONS)
    found.problems.push(
      problem(
        'pages',
        'too-many-questions',
        { zh: `共 ${count} 题，超过 ${MAX_QUESTIONS} 题`, en: `${count} questions; ${MAX_QUESTIONS} is the most` },
        { zh: '精简问卷', en: 'Ask less' },
      ),
    );
  if (found.problems.length === 0) found.problems.push(...jointProblems(found.questions));
  return found.problems.length > 0 ? { problems: found.problems } : { questions: found.questions };
}

function count(keys: (string | null)[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/**
 * What the process knows of a questionnaire that `readQuestions` accepts; `weights` are those that its cycle weighs
 * with. Throws RangeError for another one.
 */
export function questionnaireFacts(json: unknown, sha256: string, weights: Record<string, string>): QuestionnaireFacts {
  const read = readQuestions(json);
  if ('problems' in read) throw new RangeError(`a questionnaire with problems: ${read.problems[0]?.code}`);
  const scored = read.questions.filter(({ role }) => role === 'score');
  const items = scored.flatMap((question) => asked(question));
  const scale = scored[0]?.scale ?? { min: 1, max: 5 };
  return {
    sha256,
    questions: read.questions.flatMap((question) => asked(question)).length,
    dimensions: count(items.map(({ dimension }) => dimension)),
    parts: count(items.map(({ part }) => part)),
    scale,
    asksImportance: read.questions.some(({ role }) => role === 'importance'),
    weights,
  };
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, 40);
}

function wrongType(path: string, value: unknown, zh: string, en: string): Problem {
  return problem(
    path,
    'wrong-type',
    { zh: `${shown(value)} 不是${zh}`, en: `${shown(value)} is not ${en}` },
    { zh: `填写${zh}`, en: `Give ${en}` },
  );
}

/** One selected value against the choices of its question. */
function choiceProblem(path: string, { scale, choices }: Question, value: unknown): Problem[] {
  if (choices.some((choice) => choice.value === value)) return [];
  if (scale !== null && !Number.isFinite(value)) return [wrongType(path, value, '数字', 'a number')];
  if (scale !== null)
    return [
      problem(
        path,
        'out-of-scale',
        {
          zh: `${shown(value)} 不在量表 ${scale.min}–${scale.max} 之内`,
          en: `${shown(value)} is not on the scale ${scale.min}–${scale.max}`,
        },
        { zh: `填写 ${scale.min} 至 ${scale.max} 的整数`, en: `Give a whole number from ${scale.min} to ${scale.max}` },
      ),
    ];
  const list = choices.map((choice) => String(choice.value)).slice(0, 12);
  return [
    problem(
      path,
      'unknown-choice',
      { zh: `没有选项 ${shown(value)}`, en: `there is no choice ${shown(value)}` },
      { zh: `可选：${list.join('、')}`, en: `Choose one of ${list.join(', ')}` },
    ),
  ];
}

function textProblem(path: string, value: unknown): Problem[] {
  if (typeof value !== 'string' && !Number.isFinite(value)) return [wrongType(path, value, '文字', 'a text')];
  if (String(value).length <= MAX_TEXT) return [];
  return [
    problem(
      path,
      'too-long',
      { zh: `文字超过 ${MAX_TEXT} 个字符`, en: `the text is longer than ${MAX_TEXT} characters` },
      { zh: '缩短文字', en: 'Shorten it' },
    ),
  ];
}

/** Files are named by the ids that their uploads got; whose they are is not known here. */
function filesProblem({ name, files }: Question, value: unknown): Problem[] {
  if (files === null)
    return [
      problem(
        name,
        'file-elsewhere',
        { zh: '附件只能由填写人在答卷页面上传', en: 'files are attached on the answer page alone, by whoever answers' },
        { zh: '此题留空', en: 'Leave this question out' },
      ),
    ];
  const given: unknown[] = Array.isArray(value) ? value : [null];
  if (!given.every((file) => isJson(file) && typeof file.id === 'string'))
    return [wrongType(name, value, '附件列表，例如 [{ "id": "…" }]', 'a list of files such as [{ "id": "…" }]')];
  if (given.length <= files.most) return [];
  return [
    problem(
      name,
      'too-many-files',
      { zh: `附件 ${given.length} 个，超过 ${files.most} 个`, en: `${given.length} files; ${files.most} is the most` },
      { zh: '移除多余的附件', en: 'Remove some' },
    ),
  ];
}

/** The ids of the files in answers that `checkAnswers` accepts, by question. */
export function filesIn(questions: readonly Question[], answers: Answers): { question: string; ids: string[] }[] {
  return questions.flatMap(({ name, type }) => {
    const given = type === 'file' && Object.hasOwn(answers, name) ? answers[name] : null;
    return Array.isArray(given) ? [{ question: name, ids: given.map(({ id }: { id: string }) => id) }] : [];
  });
}

function answerProblems(question: Question, value: unknown): Problem[] {
  const { name, type, rows } = question;
  if (type === 'text' || type === 'comment') return textProblem(name, value);
  if (type === 'file') return filesProblem(question, value);
  if (type === 'checkbox' || type === 'ranking') {
    if (!Array.isArray(value)) return [wrongType(name, value, '选项列表', 'a list of choices')];
    const values: unknown[] = value;
    if (new Set(values).size < values.length)
      return [
        problem(
          name,
          'double-choice',
          { zh: '同一选项选了两次', en: 'a choice is made twice' },
          { zh: '每个选项只选一次', en: 'Choose each once' },
        ),
      ];
    return values.flatMap((item, index) => choiceProblem(`${name}[${index}]`, question, item));
  }
  if (type !== 'matrix') return choiceProblem(name, question, value);
  if (!isJson(value)) return [wrongType(name, value, '按行填写的答案', 'an answer by row')];
  return Object.entries(value).flatMap(([row, item]) => {
    if (rows.some((known) => known.value === row)) return choiceProblem(`${name}.${row}`, question, item);
    return [
      unknownQuestion(
        `${name}.${row}`,
        rows.map((known) => `${name}.${known.value}`),
      ),
    ];
  });
}

function unknownQuestion(path: string, known: string[]): Problem {
  return problem(
    path.slice(0, 120),
    'unknown-question',
    { zh: '问卷中没有这道题', en: 'the questionnaire has no such question' },
    { zh: `题目有：${known.slice(0, 12).join('、')}`, en: `It asks ${known.slice(0, 12).join(', ')}` },
  );
}

/** Nothing was said: as good as no answer. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === '' || (isJson(value) && Object.keys(value).length === 0);
}

/**
 * Everything that is wrong with the answers of one respondent; `path` is the question's name (`name.row` in a matrix).
 * Questions may be left out, unless they are required.
 */
export function checkAnswers(questions: readonly Question[], answers: unknown): Problem[] {
  if (!isJson(answers)) return [notAnObject('')];
  const problems = Object.entries(answers).flatMap(([name, value]) => {
    if (isEmpty(value)) {
      return questions.some((question) => question.name === name || `${question.name}${COMMENT}` === name)
        ? []
        : [
            unknownQuestion(
              name,
              questions.map((question) => question.name),
            ),
          ];
    }
    const question = questions.find((known) => known.name === name);
    if (question !== undefined) return answerProblems(question, value);
    const beside = questions.find((known) => known.comment && `${known.name}${COMMENT}` === name);
    if (beside !== undefined) return textProblem(name, value);
    return [
      unknownQuestion(
        name,
        questions.map((known) => known.name),
      ),
    ];
  });
  const missing = questions
    .filter(({ name, required }) => required && isEmpty(Object.hasOwn(answers, name) ? answers[name] : null))
    .map(({ name }) =>
      problem(
        name,
        'missing-answer',
        { zh: '此题必答', en: 'this question must be answered' },
        { zh: '填写答案', en: 'Answer it' },
      ),
    );
  return [...problems, ...missing];
}

/** The figures of one respondent. What is not answered is absent. */
export interface Scores {
  /** Scores by dimension, in the order of the questions, and by part. */
  dimensions: Record<string, number[]>;
  parts: Record<string, number[]>;
  /** 0–10 */
  nps: number | null;
  /** Importance by dimension. */
  importance: Record<string, number[]>;
}

function gather(values: Map<string, number[]>, key: string | null, value: number): void {
  if (key !== null) values.set(key, [...(values.get(key) ?? []), value]);
}

/** The figures in answers that `checkAnswers` accepts; what lies outside the scale is left out. */
export function scoresOf(questions: readonly Question[], answers: Answers): Scores {
  const dimensions = new Map<string, number[]>();
  const parts = new Map<string, number[]>();
  const importance = new Map<string, number[]>();
  let nps: number | null = null;
  for (const question of questions) {
    const { role, name, scale } = question;
    if (scale === null || !Object.hasOwn(answers, name)) continue;
    const given = answers[name];
    for (const item of asked(question)) {
      const row = 'name' in item ? null : item.value;
      const value = row === null ? given : isJson(given) && Object.hasOwn(given, row) ? given[row] : null;
      if (typeof value !== 'number' || !question.choices.some((choice) => choice.value === value)) continue;
      if (role === 'nps') nps = value;
      else if (role === 'importance') gather(importance, item.dimension, value);
      else {
        gather(dimensions, item.dimension, value);
        gather(parts, item.part, value);
      }
    }
  }
  const record = (values: Map<string, number[]>): Record<string, number[]> => Object.fromEntries(values);
  return { dimensions: record(dimensions), parts: record(parts), nps, importance: record(importance) };
}
