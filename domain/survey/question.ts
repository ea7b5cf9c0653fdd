import type { Problem } from '../problem.ts';
import type { Text } from '../time.ts';

/** The kinds of SurveyJS question that a questionnaire may hold. */
export const QUESTION_TYPES = [
  ...['rating', 'radiogroup', 'checkbox', 'dropdown', 'boolean', 'matrix', 'text', 'comment', 'file', 'ranking'],
] as const;

/**
 * What an answer is for: `score` counts for its dimension, `nps` for the net promoter score, `importance` for the next
 * weights; `reason` is asked after a low score, `text` says anything, `choice` is any other selection.
 */
export const QUESTION_ROLES = ['score', 'nps', 'importance', 'text', 'reason', 'choice'] as const;
export type QuestionRole = (typeof QUESTION_ROLES)[number];

export type ChoiceValue = string | number | boolean;

export interface Choice {
  value: ChoiceValue;
  title: Text;
}

/** What is asked for: a question, or a row of a matrix. */
interface Tags {
  title: Text;
  dimension: string | null;
  part: string | null;
}

export interface MatrixRow extends Tags {
  value: string;
}

export interface Question extends Tags {
  /** Key of its answer, unique in the questionnaire. */
  name: string;
  /** Where it stands: `pages[0].elements[2]`. */
  path: string;
  type: string;
  role: QuestionRole;
  /** Must be answered: required, and never hidden. */
  required: boolean;
  /** What may be answered, the columns of a matrix; empty for texts and files. */
  choices: Choice[];
  /** Lowest and highest answer of `score`, `nps` and `importance`; null otherwise. */
  scale: { min: number; max: number } | null;
  /** Rows of a matrix; empty otherwise. */
  rows: MatrixRow[];
  /** An own word beside the choices may be answered under `<name>-Comment`. */
  comment: boolean;
  /** What may be attached; null where nothing can be, as in an answer that somebody enters for another. */
  files: FileLimits | null;
}

/** Limits of a question that asks for files. */
export interface FileLimits {
  most: number;
  /** Bytes of one file. */
  maxBytes: number;
  /** Extensions (`.pdf`) and media types (`image/*`) that are asked for; empty: all that the product takes. */
  accepts: string[];
}

type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function problem(path: string, code: string, message: Text, cure: Text): Problem {
  return { path, code, message, cure };
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,59}$/u;
/** Ids of dimensions and parts, as in templates. */
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** SurveyJS keeps an own word beside the choices under the name with this behind it. */
export const COMMENT = '-Comment';
const MAX_CHOICES = 101;
/** Files of one question, and bytes of one of them, where the questionnaire asks for no less. */
const MOST_FILES = 10;
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
const SCALED: QuestionRole[] = ['score', 'nps', 'importance'];
const WRITTEN = ['text', 'comment', 'file'];

const ROLES_OF: Record<string, readonly QuestionRole[]> = {
  rating: ['score', 'nps', 'importance', 'choice'],
  radiogroup: ['choice', 'score', 'nps', 'importance'],
  dropdown: ['choice', 'score', 'nps', 'importance'],
  matrix: ['score', 'importance', 'choice'],
  checkbox: ['choice'],
  boolean: ['choice'],
  ranking: ['choice'],
  text: ['text', 'reason'],
  comment: ['text', 'reason'],
  file: ['text'],
};

/** A text of SurveyJS: one for all languages, or by language (`zh-cn`, `en`, `default`). */
function readText(value: unknown, otherwise: string): Text {
  if (typeof value === 'string' && value !== '') return { zh: value, en: value };
  if (typeof value === 'number') return { zh: String(value), en: String(value) };
  if (!isJson(value)) return { zh: otherwise, en: otherwise };
  const said = (key: string): string | null => {
    const text = Object.hasOwn(value, key) ? value[key] : null;
    return typeof text === 'string' && text !== '' ? text : null;
  };
  const zh = said('zh-cn') ?? said('default') ?? said('en') ?? otherwise;
  return { zh, en: said('en') ?? said('default') ?? zh };
}

/** The items of `choices`, `columns`, `rows`: plain values, or `{ value, text }`. */
function readItems(value: unknown): { value: unknown; text: unknown; item: Json }[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) =>
    isJson(item) ? { value: item.value, text: item.text, item } : { value: item, text: null, item: {} },
  );
}

function isChoiceValue(value: unknown): value is ChoiceValue {
  return (typeof value === 'string' && value !== '') || Number.isFinite(value) || typeof value === 'boolean';
}

function wholeOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function plainChoice(value: ChoiceValue): Choice {
  return { value, title: readText(String(value), '') };
}

/** What can be answered; null where what is written makes no list. */
function readChoices(element: Json, type: string): Choice[] | null {
  if (WRITTEN.includes(type)) return [];
  if (type === 'boolean') {
    const values = [element.valueTrue ?? true, element.valueFalse ?? false];
    return values.every(isChoiceValue) ? values.map(plainChoice) : null;
  }
  if (type === 'rating' && !Array.isArray(element.rateValues)) {
    const min = wholeOr(element.rateMin, 1);
    const step = wholeOr(element.rateStep, 1);
    const max = wholeOr(element.rateMax, min + (wholeOr(element.rateCount, 5) - 1) * step);
    if (!(step > 0) || !(max > min) || !((max - min) / step < MAX_CHOICES)) return null;
    const count = Math.floor((max - min) / step) + 1;
    return Array.from({ length: count }, (_, index) => plainChoice(min + index * step));
  }
  const source = { rating: element.rateValues, matrix: element.columns }[type] ?? element.choices;
  const items = readItems(source);
  if (items.length === 0 || items.length > MAX_CHOICES) return null;
  const choices = items.flatMap(({ value, text }) =>
    isChoiceValue(value) ? [{ value, title: readText(text, String(value)) }] : [],
  );
  const values = choices.map(({ value }) => value);
  if (choices.length < items.length || values.some((value, index) => values.indexOf(value) < index)) return null;
  if (element.showOtherItem === true || element.hasOther === true) choices.push(plainChoice('other'));
  if (element.showNoneItem === true || element.hasNone === true) choices.push(plainChoice('none'));
  return choices;
}

/** One file, unless the question allows several; never more or larger ones than the product takes. */
function fileLimits({ allowMultiple, maxFiles, maxSize, acceptedTypes }: Json): FileLimits {
  const within = (value: unknown, most: number): number =>
    typeof value === 'number' && value >= 1 ? Math.min(Math.floor(value), most) : most;
  return {
    most: allowMultiple === true ? within(maxFiles, MOST_FILES) : 1,
    maxBytes: within(maxSize, MOST_FILE_BYTES),
    accepts: (typeof acceptedTypes === 'string' ? acceptedTypes : '')
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== ''),
  };
}

/** Whether a question asks for files of this kind. @param extension with its dot, `.pdf` */
export function takesKind({ accepts }: FileLimits, type: string, extension: string): boolean {
  const family = `${type.split('/')[0] ?? ''}/*`;
  return accepts.length === 0 || [type, family, '*/*', extension.toLowerCase()].some((one) => accepts.includes(one));
}

/** The same questions where nobody can attach anything: no file is missing, and none is taken. */
export function withoutFiles(questions: readonly Question[]): Question[] {
  return questions.map((one) => (one.type === 'file' ? { ...one, required: false, files: null } : one));
}

/** Whole numbers without a gap, three at least; null for anything else. */
function scaleOf(choices: readonly Choice[]): { min: number; max: number } | null {
  const values = choices.map(({ value }) => value);
  const numbers = values.filter((value) => typeof value === 'number' && Number.isSafeInteger(value)).map(Number);
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  return numbers.length === values.length && max - min === values.length - 1 && max - min >= 2 ? { min, max } : null;
}

function readId(value: unknown): string | null {
  return typeof value === 'string' && ID.test(value) ? value : null;
}

function tagProblems(path: string, tags: Json): Problem[] {
  return ['dimension', 'part'].flatMap((key) => {
    const value = tags[key] ?? null;
    if (value === null || readId(value) !== null) return [];
    return problem(
      `${path}.${key}`,
      'bad-id',
      { zh: '维度和分项用编号表示', en: 'a dimension and a part are given by their ids' },
      { zh: '填写模板中的编号，例如 service-quality', en: "Write the template's id, such as service-quality" },
    );
  });
}

function roleOf(type: string, role: unknown): QuestionRole | null {
  const allowed = ROLES_OF[type] ?? [];
  return role === undefined ? (allowed[0] ?? null) : (allowed.find((known) => known === role) ?? null);
}

/** What is wrong with the tags of a question that counts. */
function countingProblems({ path, role, dimension, part, scale, rows }: Question): Problem[] {
  const problems: Problem[] = [];
  const asked = rows.length > 0 ? rows : [{ value: '', dimension, part }];
  asked.forEach((item, index) => {
    const at = rows.length > 0 ? `${path}.rows[${index}]` : path;
    if (item.part !== null && item.dimension === null)
      problems.push(
        problem(
          `${at}.part`,
          'part-without-dimension',
          { zh: `分项 ${item.part} 没有所属维度`, en: `the part ${item.part} belongs to no dimension` },
          { zh: '补充 dimension', en: 'Add dimension' },
        ),
      );
    if ((role === 'score' || role === 'importance') && item.dimension === null)
      problems.push(
        problem(
          `${at}.dimension`,
          'missing-dimension',
          {
            zh: '计分或询问重要性的题目须注明维度',
            en: 'a question that is scored or asks for importance names its dimension',
          },
          {
            zh: '补充 dimension；不计分的题目请设 role: choice',
            en: 'Add dimension, or role: choice for one that does not count',
          },
        ),
      );
  });
  if (!SCALED.includes(role)) return problems;
  if (scale === null)
    problems.push(
      problem(
        path,
        'no-scale',
        {
          zh: '计分题目的选项须为连续整数，且不少于三个',
          en: 'a question that counts is answered by whole numbers without a gap, three at least',
        },
        { zh: '例如 rateMin: 1、rateMax: 5', en: 'For example rateMin: 1, rateMax: 5' },
      ),
    );
  else if (role === 'nps' && (scale.min !== 0 || scale.max !== 10))
    problems.push(
      problem(
        path,
        'nps-scale',
        { zh: '净推荐值题目的量表须为 0–10', en: 'the net promoter score is asked on a scale of 0 to 10' },
        { zh: '设 rateMin: 0、rateMax: 10', en: 'Set rateMin: 0, rateMax: 10' },
      ),
    );
  return problems;
}

/** One element that asks something. `visible`: nothing around it hides it. */
export function readQuestion(
  element: Json,
  path: string,
  visible: boolean,
): { question: Question | null; problems: Problem[] } {
  const refuse = (code: string, message: Text, cure: Text, at = path) => ({
    question: null,
    problems: [problem(at, code, message, cure)],
  });
  const type = QUESTION_TYPES.find((known) => known === element.type);
  if (type === undefined) {
    const names = QUESTION_TYPES.join(', ');
    const said = typeof element.type === 'string' ? element.type.slice(0, 40) : '';
    return refuse(
      'unknown-type',
      { zh: `不支持的题型“${said}”`, en: `no question of type ${JSON.stringify(said)} can be asked` },
      { zh: `改用：${names}`, en: `Use one of ${names}` },
      `${path}.type`,
    );
  }
  const { name } = element;
  if (typeof name !== 'string' || name === '')
    return refuse(
      'missing-name',
      { zh: '题目没有名称', en: 'the question has no name' },
      { zh: '补充 name，答案以它为键', en: 'Add name: answers are kept under it' },
      `${path}.name`,
    );
  if (!NAME.test(name) || name.endsWith(COMMENT))
    return refuse(
      'bad-name',
      { zh: `名称“${name.slice(0, 60)}”不可用`, en: `${JSON.stringify(name.slice(0, 60))} cannot be a name` },
      {
        zh: '以文字或数字开头，只用文字、数字、- 和 _，不超过 60 个字符，且不以 -Comment 结尾',
        en: 'Begin with a letter or digit; letters, digits, - and _ alone, 60 at most, not ending in -Comment',
      },
      `${path}.name`,
    );
  const role = roleOf(type, element.role);
  if (role === null) {
    const allowed = (ROLES_OF[type] ?? []).join(', ');
    return refuse(
      'unknown-role',
      { zh: `题型 ${type} 不能用作此用途`, en: `a question of type ${type} cannot have this role` },
      { zh: `role 可为：${allowed}`, en: `role is one of ${allowed}` },
      `${path}.role`,
    );
  }
  const choices = readChoices(element, type);
  if (choices === null)
    return refuse(
      'bad-choices',
      { zh: '选项缺失、重复、过多或量表有误', en: 'the choices are missing, double or too many, or the scale is none' },
      {
        zh: `列出 1 至 ${MAX_CHOICES} 个不同的选项；量表须 rateMax 大于 rateMin`,
        en: `List 1 to ${MAX_CHOICES} different ones; rateMax above rateMin`,
      },
    );
  const problems = tagProblems(path, element);
  const dimension = readId(element.dimension);
  const part = readId(element.part);
  const rows: MatrixRow[] = [];
  if (type === 'matrix') {
    const items = readItems(element.rows);
    items.forEach(({ value, text, item }, index) => {
      const at = `${path}.rows[${index}]`;
      const key = typeof value === 'number' ? String(value) : value;
      if (typeof key !== 'string' || !NAME.test(key) || rows.some((row) => row.value === key)) {
        problems.push(
          problem(
            at,
            'bad-row',
            { zh: '矩阵行须有各不相同的名称', en: 'each row of a matrix has a name of its own' },
            { zh: '补充 value，每行一个', en: 'Add value, a different one for each row' },
          ),
        );
        return;
      }
      problems.push(...tagProblems(at, item));
      rows.push({
        value: key,
        title: readText(text, key),
        dimension: readId(item.dimension) ?? dimension,
        part: readId(item.part) ?? part,
      });
    });
    if (items.length === 0)
      return refuse(
        'missing-rows',
        { zh: '矩阵没有行', en: 'the matrix has no rows' },
        { zh: '补充 rows', en: 'Add rows' },
        `${path}.rows`,
      );
  }
  const scale = SCALED.includes(role) ? scaleOf(choices) : null;
  const required = element.isRequired === true && visible && element.visibleIf === undefined;
  const comment = ['showOtherItem', 'hasOther', 'showCommentArea', 'hasComment'].some((key) => element[key] === true);
  const title = readText(element.title, name);
  const files = type === 'file' ? fileLimits(element) : null;
  const question = { name, path, type, role, title, dimension, part, required, choices, scale, rows, comment, files };
  return { question, problems: problems.length > 0 ? problems : countingProblems(question) };
}
