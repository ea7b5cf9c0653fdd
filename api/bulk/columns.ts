import type { Text } from '../../domain/time.ts';
import type { Template } from '../../templates/schema.ts';
import { termsToSign } from '../../templates/signing-terms.ts';
import { type Scalar, type Term, isNullable } from '../../templates/term-schema.ts';
import { NOTHING_TEXT, YES_NO, cellText, cellValue, scalarText, scalarValue } from './cells.ts';

type Language = 'zh' | 'en';

/** A column of the table that agreements of one template are made from. */
export interface Column {
  /** As problems of a draft name the place: `parties.A.name`, `terms.contractTotal`; `reference` is in none. */
  key: string;
  /** Where its cell stands in a draft; names of terms may have dots. */
  path: readonly string[];
  title: Text;
  hint: Text;
  example: Text;
  required: boolean;
  /** What is chosen from, where it is. */
  choices?: readonly Text[];
  /** The cell's value in a draft. */
  read: (cell: string) => unknown;
}

export const REFERENCE = 'reference';

const LANGUAGES: readonly { value: string; label: Text }[] = [
  { value: 'zh', label: { zh: '中文', en: 'Chinese' } },
  { value: 'en', label: { zh: '英文', en: 'English' } },
];

/** Asked for; and what may stay empty. */
const needed: Text = { zh: '必填', en: 'required' };
const optional: Text = { zh: '可不填', en: 'may stay empty' };

function joined(...parts: (Text | undefined)[]): Text {
  const said = parts.filter((part) => part !== undefined);
  return { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') };
}

/** The columns of a template: reference, sides, seats, coordinator, and every term that the text does not fix. */
export function columnsOf(template: Template): Column[] {
  const sides = Object.entries(template.parties).flatMap(([role, title], index) =>
    peopleColumns(`parties.${role}`, title, { isSide: true, number: index + 1 }),
  );
  const seats = template.seats.flatMap(({ id, title }) =>
    peopleColumns(`seats.${id}`, title, { isSide: false, number: 0 }),
  );
  const coordinator = peopleColumns(
    'coordinator',
    { zh: '项目协调人', en: 'Coordinator' },
    { isSide: false, number: 0 },
  );
  const asked = template.terms.filter((term) => !isFixed(term));
  const toSign = termsToSign(template);
  const rank = (term: Term): number =>
    term.required || toSign.includes(term.name) ? 0 : ownValue(term) === undefined ? 1 : 2;
  const terms = asked.toSorted((a, b) => rank(a) - rank(b)).flatMap((term) => termColumns(template, term, toSign));
  return [
    {
      key: REFERENCE,
      path: [],
      title: { zh: '编号', en: 'Reference' },
      hint: joined(
        { zh: '贵方自用的合同编号，用于核对', en: 'a number of your own, to tell the rows apart' },
        { zh: '以 # 开头的行不导入', en: 'rows that begin with # are left out' },
      ),
      example: { zh: '#示例', en: '#example' },
      required: false,
      read: (cell) => cell.trim(),
    },
    ...sides,
    ...seats,
    ...coordinator,
    ...terms,
  ];
}

/** What the text fixes is not asked for. */
function isFixed(term: Term): boolean {
  return term.origin === 'fixed' && ownValue(term) !== undefined;
}

function ownValue(term: Term): unknown {
  return 'value' in term ? term.value : undefined;
}

function peopleColumns(path: string, of: Text, { isSide, number }: { isSide: boolean; number: number }): Column[] {
  const text = (cell: string): unknown => cell.trim();
  const titled = (zh: string, en: string): Text => ({ zh: `${of.zh} · ${zh}`, en: `${of.en} · ${en}` });
  const column = (field: string, title: Text, hint: Text, example: Text, required = isSide): Column => ({
    key: `${path}.${field}`,
    path: [...path.split('.'), field],
    title,
    hint: joined(required ? needed : optional, hint),
    example,
    required,
    read: text,
  });
  if (!isSide) {
    const isCoordinator = path === 'coordinator';
    const empty: Text = isCoordinator
      ? { zh: '空白即为导入人本人', en: 'empty: whoever brings the table in' }
      : { zh: '空白即由所属方办理', en: 'empty: its party acts itself' };
    return [
      column('name', titled('姓名', 'name'), empty, { zh: '', en: '' }),
      column(
        'email',
        titled('电子邮箱', 'e-mail'),
        { zh: '与姓名一并填写', en: 'together with the name' },
        { zh: '', en: '' },
      ),
    ];
  }
  const address = `party${String(number)}@example.com`;
  return [
    column(
      'name',
      titled('单位名称', 'organisation'),
      { zh: '单位全称', en: 'its full name' },
      {
        zh: `示例${String(number)}公司`,
        en: `Example ${String(number)} Ltd`,
      },
    ),
    column(
      'email',
      titled('电子邮箱', 'e-mail'),
      { zh: '签署邀请和提醒发至此处', en: 'where invitations and reminders go' },
      { zh: address, en: address },
    ),
    column(
      'contact',
      titled('联系人', 'contact'),
      { zh: '收件人姓名', en: 'name of whoever reads the mail' },
      { zh: '', en: '' },
      false,
    ),
    {
      ...column(
        'language',
        titled('邮件语言', 'language of mails'),
        { zh: '空白为中文', en: 'empty: Chinese' },
        { zh: '', en: '' },
        false,
      ),
      choices: LANGUAGES.map(({ label }) => label),
      read: (cell) => {
        const asked = cell.trim().toLowerCase();
        return (
          LANGUAGES.find(({ value, label }) => [value, label.zh, label.en.toLowerCase()].includes(asked))?.value ?? cell
        );
      },
    },
  ];
}

/** One column a term; of a mapping with keys, one a key. */
function termColumns(template: Template, term: Term, toSign: readonly string[]): Column[] {
  const { name, label, hint, clauses } = term;
  const own = ownValue(term);
  const required = term.required || (toSign.includes(name) && own === undefined);
  const source: Text = { zh: clauses.join('、'), en: clauses.join(', ') };
  const standing: Text | undefined =
    own === undefined
      ? undefined
      : {
          zh: `空白即采用本系统的建议值${valueIn(template, term, own, 'zh')}`,
          en: `empty: our default${valueIn(template, term, own, 'en')}`,
        };
  const nothing: Text | undefined =
    isNullable(term) && !required
      ? { zh: `确未约定的填“${NOTHING_TEXT.zh}”`, en: `"${NOTHING_TEXT.en}" where nothing is agreed` }
      : undefined;
  const shared = { required };
  if (term.type === 'mapping' && term.keys) {
    const { values } = term;
    return term.keys.map(({ value: key, label: of }) => {
      const proposed = (term.proposal as Record<string, unknown> | undefined)?.[key];
      return {
        ...shared,
        key: `terms.${name}.${key}`,
        path: ['terms', name, key],
        title: { zh: `${label.zh} · ${of.zh}`, en: `${label.en} · ${of.en}` },
        hint: joined(required ? needed : undefined, scalarForm(values), standing, hint, source),
        example: {
          zh: scalarText(values, proposed, 'zh', template),
          en: scalarText(values, proposed, 'en', template),
        },
        ...choicesOf(values, template, undefined),
        read: (cell: string) => scalarValue(values, cell, template),
      };
    });
  }
  return [
    {
      ...shared,
      key: `terms.${name}`,
      path: ['terms', name],
      title: label,
      hint: joined(required ? needed : undefined, termForm(term), nothing, standing, hint, source),
      example: exampleOf(template, term, required),
      ...choicesOf(term, template, nothing && NOTHING_TEXT),
      read: (cell: string) => cellValue(term, cell, template),
    },
  ];
}

function valueIn(template: Template, term: Term, value: unknown, language: Language): string {
  const text = cellText(term, value, language, template).replaceAll('\n', language === 'zh' ? '；' : '; ');
  if (text === '') return '';
  return language === 'zh' ? ` ${text}` : ` ${text}`;
}

/** Our proposal where there is one; where something must be said, something of its kind; else that nothing is agreed. */
function exampleOf(template: Template, term: Term, required: boolean): Text {
  const proposal = term.proposal ?? ownValue(term);
  if (proposal !== undefined) {
    const both = { zh: cellText(term, proposal, 'zh', template), en: cellText(term, proposal, 'en', template) };
    if (both.zh !== '') return ownValue(term) === undefined ? both : { zh: '', en: '' };
  }
  if (!required) return isNullable(term) ? NOTHING_TEXT : { zh: '', en: '' };
  const same = (text: string): Text => ({ zh: text, en: text });
  switch (term.type) {
    case 'money':
      return same('1000000.00');
    case 'date':
      return same('2026-12-31');
    case 'integer':
      return same(String(term.min));
    case 'number':
    case 'percent':
      return same(String(term.min));
    case 'email':
      return same('name@example.com');
    case 'enum':
      return term.options[0]?.label ?? same('');
    case 'party':
      return Object.values(template.parties)[0] ?? same('');
    case 'boolean':
      return YES_NO[0] ?? same('');
    case 'duration':
      return { zh: '1年', en: '1 years' };
    default:
      return { zh: '示例', en: 'example' };
  }
}

function choicesOf(of: Scalar | Term, template: Template, nothing: Text | undefined): { choices?: readonly Text[] } {
  const list = ((): readonly Text[] | undefined => {
    switch (of.type) {
      case 'boolean':
        return YES_NO;
      case 'enum':
        return of.options.map(({ label }) => label);
      case 'party':
      case 'map':
        return Object.values(template.parties);
      default:
        return undefined;
    }
  })();
  return list ? { choices: nothing ? [...list, nothing] : list } : {};
}

/** How a cell of a term is written. */
function termForm(term: Term): Text | undefined {
  switch (term.type) {
    case 'list':
      return { zh: '整数，用逗号分隔', en: 'whole numbers with commas between' };
    case 'texts':
      return term.options
        ? {
            zh: `可多选，每行一项：${term.options.map(({ label }) => label.zh).join('、')}`,
            en: `several, one a line: ${term.options.map(({ label }) => label.en).join(', ')}`,
          }
        : { zh: '每行一项', en: 'one a line' };
    case 'mapping':
      return { zh: '每行一项，写作“名称: 值”', en: 'one a line, as name: value' };
    case 'table': {
      const zh = term.columns.map(({ label }) => label.zh).join(' | ');
      const en = term.columns.map(({ label }) => label.en).join(' | ');
      return { zh: `每行一条，按此顺序用 | 分隔：${zh}`, en: `one a line, in this order with | between: ${en}` };
    }
    case 'currency':
      return { zh: '三位币种代码，例如 CNY', en: 'a code such as CNY' };
    case 'time':
      return { zh: '例如 18:00', en: 'such as 18:00' };
    case 'month-day':
      return { zh: '月-日，例如 01-31', en: 'MM-DD, such as 01-31' };
    case 'map':
      return { zh: '由哪一方负责', en: 'which side' };
    default:
      return scalarForm(term);
  }
}

function scalarForm(of: Scalar | Term): Text | undefined {
  switch (of.type) {
    case 'money':
      return { zh: '金额，例如 1000000.00', en: 'an amount such as 1000000.00' };
    case 'percent':
      return { zh: '百分数，不带 % 也可', en: 'a percentage, with or without %' };
    case 'integer':
      return {
        zh: `整数，${String(of.min)} 至 ${String(of.max)}`,
        en: `a whole number, ${String(of.min)} to ${String(of.max)}`,
      };
    case 'number':
      return {
        zh: `数字，${String(of.min)} 至 ${String(of.max)}`,
        en: `a number, ${String(of.min)} to ${String(of.max)}`,
      };
    case 'date':
      return { zh: '日期，例如 2026-12-31', en: 'a date such as 2026-12-31' };
    case 'duration':
      return { zh: '时长，例如 24小时、10日、1年', en: 'a period such as 24 hours, 10 days, 1 years' };
    case 'email':
      return { zh: '电子邮箱', en: 'an e-mail address' };
    default:
      return undefined;
  }
}

/** What stands above a column: its title, and the key by which it is known whatever becomes of the title. */
export function headOf({ key, title }: Column, language: Language): string {
  return `${title[language]} [${key}]`;
}

/** The column that a head stands above: by the key in brackets, else by a title that one column alone has. */
export function columnAt(head: string, columns: readonly Column[]): Column | undefined {
  const key = /\[([^\][]+)\]\s*$/.exec(head)?.[1];
  if (key !== undefined) return columns.find((column) => column.key === key.trim());
  const asked = head.trim().toLowerCase();
  const titled = columns.filter(({ title }) => [title.zh, title.en].some((one) => one.toLowerCase() === asked));
  return titled.length === 1 ? titled[0] : undefined;
}
