import { expect, test } from 'vitest';
import { z } from 'zod';
import { emailSchema, personSchema } from '../../templates/parties.ts';
import { faultOf } from '../../templates/shape.ts';

const field: [what: string, schema: z.ZodType, value: unknown, zh: string, en: string][] = [
  ['an id', z.uuid(), 'x', '应为UUID 形式的编号', 'must be an id in the form of a UUID'],
  [
    'a line of text',
    personSchema.shape.name,
    '  ',
    '文本为空或含有换行、控制字符',
    'is empty or has line breaks or control characters',
  ],
  ['an address', emailSchema, 'nobody', '电子邮件地址无效', 'is not a valid e-mail address'],
  [
    'one of several',
    z.enum(['requested', 'unlawful']),
    'why not',
    '应为以下之一：requested、unlawful',
    'must be one of requested, unlawful',
  ],
  ['a long text', z.string().max(3), 'four', '应为不超过 3 个字符', 'must be at most 3 characters'],
  ['an empty list', z.array(z.string()).min(1), [], '应为不少于 1 项', 'must be at least 1 items'],
  ['a number', z.int().max(9), 10, '应为不超过 9', 'must be at most 9'],
  ['nothing', z.string(), undefined, '缺少此项', 'is missing'],
];

test.each(field)('what is wrong with %s is said in words, and what to do', (_what, schema, value, zh, en) => {
  const whole = { field: value };
  const issue = z.object({ field: schema }).safeParse(whole).error?.issues[0];
  if (!issue) throw new Error('it is taken');
  const { message, cure } = faultOf(issue, whole);
  expect(message).toEqual({ zh, en });
  expect(`${cure.zh} ${cure.en}`).not.toMatch(/Invalid|invalid-|undefined/);
});
