import type { z } from 'zod';
import type { Text } from '../domain/time.ts';
import type { Problem } from './problem.ts';
import { pathText } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** Texts of the codes that a schema gives as its `error`. */
const TEXTS: Record<string, { message: Text; cure: Text }> = {
  'invalid-email': {
    message: { zh: '电子邮件地址无效', en: 'is not a valid e-mail address' },
    cure: {
      zh: '请写成 name@example.com，不含空格、换行或控制字符',
      en: 'write it as name@example.com, without spaces, line breaks or control characters',
    },
  },
  'invalid-text': {
    message: { zh: '文本为空或含有换行、控制字符', en: 'is empty or has line breaks or control characters' },
    cure: { zh: '请填写一行普通文本', en: 'write one line of plain text' },
  },
  'invalid-phone': {
    message: { zh: '电话号码无效', en: 'is not a telephone number' },
    cure: {
      zh: '请写成 +86 10 1234 5678，分机号写成“转 123”',
      en: 'write it as +86 10 1234 5678, an extension as "ext 123"',
    },
  },
  'invalid-date': {
    message: { zh: '日期不存在', en: 'is not a date that exists' },
    cure: { zh: '请写成 YYYY-MM-DD，例如 2026-09-01', en: 'write it as YYYY-MM-DD, for example 2026-09-01' },
  },
  'invalid-zone': {
    message: { zh: '没有这个时区', en: 'is not a time zone' },
    cure: { zh: '请写成 IANA 名称，例如 Asia/Shanghai', en: 'write its IANA name, for example Asia/Shanghai' },
  },
  'invalid-obligation': {
    message: { zh: '不是义务的编号', en: 'does not name an obligation' },
    cure: {
      zh: '请写成 id 或 id#期次，例如 process-plan',
      en: 'write it as id or id#occurrence, for example process-plan',
    },
  },
  'invalid-occurrence': {
    message: { zh: '不是期次', en: 'does not name an occurrence' },
    cure: {
      zh: '请写成 2027-Q1、2027-H1、2027-03、2027，或开始日期 2027-03-15',
      en: 'write it as 2027-Q1, 2027-H1, 2027-03, 2027, or its start date such as 2027-03-15',
    },
  },
  'invalid-decimal': {
    message: { zh: '不是数值', en: 'is not a number' },
    cure: { zh: "请写成数值，例如 4.2 或 '4.2'", en: "write it as a number, for example 4.2 or '4.2'" },
  },
  'invalid-amount': {
    message: { zh: '不是金额', en: 'is no amount' },
    cure: {
      zh: "请写成带引号的小数，例如 '80000.00'，不含正负号和千分位",
      en: "write it as a decimal in quotes, for example '80000.00', without sign or separators",
    },
  },
  'invalid-time': {
    message: { zh: '时间格式不对', en: 'is not a date and time' },
    cure: {
      zh: '请写成 YYYY-MM-DD HH:MM 或 YYYY-MM-DD HH:MM:SS，按协议时区',
      en: 'write it as YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS, in the agreement’s zone',
    },
  },
};

const TYPE_NAMES: Record<string, Text> = {
  string: { zh: '文本', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  object: { zh: '键值对', en: 'a map' },
  record: { zh: '键值对', en: 'a map' },
  array: { zh: '列表', en: 'a list' },
};

/** Forms of text that zod knows. */
const FORMATS: Record<string, Text> = {
  uuid: { zh: 'UUID 形式的编号', en: 'an id in the form of a UUID' },
  email: { zh: '电子邮件地址，例如 name@example.com', en: 'an e-mail address such as name@example.com' },
  date: { zh: 'YYYY-MM-DD 形式的日期，例如 2026-09-01', en: 'a date such as 2026-09-01' },
  datetime: { zh: '带时差的时间，例如 2026-09-01T09:00:00+08:00', en: 'a time such as 2026-09-01T09:00:00+08:00' },
};

/** What a limit counts, by what it limits. */
const COUNTED: Record<string, Text> = {
  string: { zh: ' 个字符', en: ' characters' },
  array: { zh: ' 项', en: ' items' },
  set: { zh: ' 项', en: ' items' },
};
const NOTHING: Text = { zh: '', en: '' };

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return found;
}

/** What each form of a union asks for, in words, each once. */
function waysOf({ errors }: Extract<Issue, { code: 'invalid_union' }>): Text[] {
  const ways = errors.flatMap(([first]): Text[] => {
    if (first === undefined) return [];
    if (first.path.length === 0) return first.code === 'invalid_union' ? waysOf(first) : [expectation(first)];
    return [{ zh: `带 ${pathText(first.path)} 的键值对`, en: `a map with ${pathText(first.path)}` }];
  });
  return ways.filter(({ en }, index) => ways.findIndex((way) => way.en === en) === index);
}

function oneOf(values: readonly string[]): Text {
  if (values.length === 1) return { zh: `${values[0]}`, en: `${values[0]}` };
  return { zh: `以下之一：${values.join('、')}`, en: `one of ${values.join(', ')}` };
}

function limitText(how: Text, limit: number | bigint, of: string): Text {
  const counted = COUNTED[of] ?? NOTHING;
  return { zh: `${how.zh} ${limit}${counted.zh}`, en: `${how.en} ${limit}${counted.en}` };
}

/** What was expected, in words. */
export function expectation(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
    case 'invalid_value': {
      const values = issue.values.map((value) => String(value));
      return oneOf(values);
    }
    case 'too_small':
      return limitText({ zh: '不少于', en: 'at least' }, issue.minimum, issue.origin);
    case 'too_big':
      return limitText({ zh: '不超过', en: 'at most' }, issue.maximum, issue.origin);
    case 'invalid_format':
      return FORMATS[issue.format] ?? { zh: issue.message, en: issue.message };
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
      if (options.length > 0) return oneOf(options);
      const ways = waysOf(issue);
      return { zh: ways.map(({ zh }) => zh).join('，或 '), en: ways.map(({ en }) => en).join(', or ') };
    }
    default:
      return { zh: issue.message, en: issue.message };
  }
}

function problemsOf(issue: Issue, value: unknown, prefix: readonly PropertyKey[]): Problem[] {
  const path = pathText([...prefix, ...issue.path]);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...prefix, ...issue.path, key]),
      code: 'unknown-key',
      message: { zh: `不认识的键“${key}”`, en: `unknown key "${key}"` },
      cure: { zh: '请删除，或检查拼写', en: 'remove it, or check its spelling' },
    }));
  }
  if (issue.code === 'invalid_union') {
    // Where one form alone is of the value's type, what it lacks says more than that it is none of the forms.
    const [meant, ...others] = issue.errors.filter((form) => form.every((inner) => inner.path.length > 0));
    const at = [...prefix, ...issue.path];
    if (meant && others.length === 0) {
      return meant.flatMap((inner) => problemsOf(inner, valueAt(value, issue.path), at));
    }
  }
  return [{ path, ...faultOf(issue, value) }];
}

/** What is wrong with one value of a whole, with what to do; never a code for people to read. */
export function faultOf(issue: Issue, whole: unknown): Pick<Problem, 'code' | 'message' | 'cure'> {
  const known = TEXTS[issue.message];
  if (known) return { code: issue.message, ...known };
  if (valueAt(whole, issue.path) === undefined) {
    return {
      code: 'missing-value',
      message: { zh: '缺少此项', en: 'is missing' },
      cure: { zh: '请填写', en: 'give it a value' },
    };
  }
  const expected = expectation(issue);
  return {
    code: 'invalid-value',
    message: { zh: `应为${expected.zh}`, en: `must be ${expected.en}` },
    cure: { zh: `请改为${expected.zh}`, en: `change it to ${expected.en}` },
  };
}

/** Reads one value: what it holds, or a problem for each thing that is wrong in it, under the path `prefix`. */
export function readValue<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  prefix: readonly PropertyKey[],
): { value: z.output<Schema> } | { problems: Problem[] } {
  const read = schema.safeParse(value);
  if (read.success) return { value: read.data };
  return { problems: read.error.issues.flatMap((issue) => problemsOf(issue, value, prefix)) };
}

/**
 * Reads a map field by field, so that one wrong field does not hide what is wrong with the others: the fields that
 * are well formed, and a problem for each that is not, is missing or is unknown.
 */
export function readFields<Shape extends z.ZodRawShape>(
  shape: Shape,
  value: unknown,
): { fields: { [Key in keyof Shape]?: z.output<Shape[Key]> }; problems: Problem[] } {
  const fields: { [Key in keyof Shape]?: z.output<Shape[Key]> } = {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message: Text = { zh: '应为键值对', en: 'must be a map of keys and values' };
    return { fields, problems: [{ path: '', code: 'invalid-value', message, cure: message }] };
  }
  const given = value as Record<string, unknown>;
  const problems: Problem[] = [];
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(shape, key)) continue;
    problems.push({
      path: key,
      code: 'unknown-key',
      message: { zh: `不认识的键“${key}”`, en: `unknown key "${key}"` },
      cure: { zh: '请删除，或检查拼写', en: 'remove it, or check its spelling' },
    });
  }
  for (const key of Object.keys(shape) as (keyof Shape & string)[]) {
    const schema = shape[key] as unknown as z.ZodType<z.output<Shape[typeof key]>>;
    const read = readValue(schema, given[key], [key]);
    if ('problems' in read) problems.push(...read.problems);
    else if (read.value !== undefined) fields[key] = read.value;
  }
  return { fields, problems };
}
