import { expect, test } from 'vitest';
import { isFormula, neutralised, unquoted } from '../../api/directory/formula.ts';
import { type KnownPerson, planImport } from '../../api/directory/import-plan.ts';
import { branchesOf, pathOf } from '../../api/directory/tree.ts';

const HEADER = ['组织', '上级组织', '姓名', '邮箱', '语言', '时区'];
const FIRM = { id: 'firm', name: '甲公司', parentId: null, archivedAt: null };
const SERVICE = { id: 'service', name: '客服部', parentId: 'firm', archivedAt: null };
const LI: KnownPerson = {
  id: 'li',
  organisationId: 'firm',
  email: 'li@a.example',
  name: '李华',
  language: 'zh',
  zone: 'Asia/Shanghai',
  leftOn: null,
};

function plan(rows: string[][], { organisations = [FIRM, SERVICE], persons = [LI], header = HEADER } = {}) {
  const table = [header, ...rows].map((cells, index) => ({ line: index + 1, cells }));
  return planImport({ format: 'utf-8', rows: table }, { branches: branchesOf(organisations), persons });
}
const codes = (list: { line: number; code: string }[]): string[] =>
  list.map(({ line, code }) => `${String(line)} ${code}`);

test('who is there and the same is left alone; who is new is added; who is different is changed', () => {
  const done = plan([
    ['甲公司', '', '李华', 'LI@a.example', '', ''],
    ['甲公司', '', '王敏', 'wang@a.example', '英文', 'Europe/Berlin'],
  ]);
  expect([done.unchangedPersons, done.updated.length, done.errors.length]).toEqual([1, 0, 0]);
  expect(done.added).toMatchObject([{ name: '王敏', language: 'en', zone: 'Europe/Berlin', branch: { id: 'firm' } }]);
  const changed = plan([['甲公司', '', '李华华', 'li@a.example', 'en', '']]);
  expect(changed.updated).toMatchObject([{ id: 'li', name: '李华华', language: 'en', zone: 'Asia/Shanghai' }]);
});

test('a tree grows from the table, whatever the order of its rows', () => {
  const done = plan(
    [
      ['一组', '客服部', '', '', '', ''],
      ['客服部', '乙公司', '', '', '', ''],
      ['乙公司', '', 'Bob', 'bob@b.example', 'en', ''],
    ],
    { organisations: [], persons: [] },
  );
  expect(done.founded.map(pathOf)).toEqual(['乙公司 > 客服部', '乙公司 > 客服部 > 一组', '乙公司']);
  expect(done.moved).toEqual([]);
});

test('departments of one name are told apart by what is above them', () => {
  const organisations = [
    FIRM,
    SERVICE,
    { ...FIRM, id: 'b', name: '乙公司' },
    { ...SERVICE, id: 'b-service', parentId: 'b' },
  ];
  const done = plan(
    [
      ['客服部', '乙公司', 'Bob', 'bob@b.example', '', ''],
      ['客服部', '', 'Eve', 'eve@b.example', '', ''],
      ['一组', '甲公司 > 客服部', 'Ann', 'ann@a.example', '', ''],
      ['一组', '客服部', 'Ute', 'ute@a.example', '', ''],
    ],
    { organisations },
  );
  expect(done.added.map(({ email, branch }) => [email, pathOf(branch)])).toEqual([
    ['bob@b.example', '乙公司 > 客服部'],
    ['ann@a.example', '甲公司 > 客服部 > 一组'],
  ]);
  expect(codes(done.errors)).toEqual(['3 organisation-ambiguous', '5 organisation-ambiguous']);
});

test('an organisation cannot be put below itself', () => {
  const done = plan([
    ['甲公司', '客服部', '', '', '', ''],
    ['丙公司', '丙公司', '', '', '', ''],
  ]);
  expect(codes(done.errors)).toEqual(['2 organisation-cycle', '3 organisation-cycle']);
});

test('a root that gets a parent is moved; a department with another parent is another department', () => {
  const done = plan([
    ['甲公司', '集团', '', '', '', ''],
    ['客服部', '集团', '', '', '', ''],
  ]);
  expect(done.moved.map(({ branch, from }) => [pathOf(branch), from])).toEqual([['集团 > 甲公司', null]]);
  expect(done.founded.map(pathOf)).toEqual(['集团', '集团 > 客服部']);
});

test('each error names its line, column, value and cure', () => {
  const done = plan([
    ['', '', '无名', 'x@a.example', '', ''],
    ['甲公司', '', '', 'x@a.example', '', ''],
    ['甲公司', '', '张三', 'zhang at a.example', '', ''],
    ['甲公司', '', '张三', 'zhang@a.example', 'klingon', 'Mars/Olympus'],
    ['甲公司', '', '赵\n六', 'zhao@a.example', '', ''],
  ]);
  expect(done.added).toEqual([]);
  expect(done.errors.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
    [2, 'organisation', 'invalid-text', ''],
    [3, 'name', 'invalid-text', ''],
    [4, 'email', 'invalid-email', 'zhang at a.example'],
    [5, 'language', 'language-unknown', 'klingon'],
    [5, 'zone', 'zone-unknown', 'Mars/Olympus'],
    [6, 'name', 'invalid-text', '赵\n六'],
  ]);
  for (const { message, cure } of done.errors) expect([message.zh, message.en, cure.zh, cure.en]).not.toContain('');
});

test('the same person twice is taken once; another name for them is an error; another organisation a warning', () => {
  const done = plan([
    ['甲公司', '', '王敏', 'wang@a.example', '', ''],
    ['甲公司', '', '王敏', 'Wang@A.example', 'zh', ''],
    ['甲公司', '', '王明', 'wang@a.example', '', ''],
    ['客服部', '', '李华', 'li@a.example', '', ''],
  ]);
  expect(done.added.map(({ line }) => line)).toEqual([2, 5]);
  expect(codes(done.warnings)).toEqual(['3 row-repeated', '5 email-elsewhere']);
  expect(codes(done.errors)).toEqual(['4 row-contradicts']);
  expect(done.errors[0]?.message.zh).toContain('第 2 行');
});

test('an archived organisation takes nobody, and who has left is pointed out', () => {
  const done = plan(
    [
      ['甲公司', '', '李华', 'li@a.example', '', ''],
      ['客服部', '', '王敏', 'wang@a.example', '', ''],
    ],
    {
      organisations: [FIRM, { ...SERVICE, archivedAt: new Date(0) } as unknown as typeof SERVICE],
      persons: [{ ...LI, leftOn: '2026-08-31' }],
    },
  );
  expect([codes(done.warnings), codes(done.errors)]).toEqual([['2 person-left'], ['3 organisation-archived']]);
});

test('English titles, any order, unknown columns ignored; a table without organisations is none', () => {
  const english = plan([['bob@b.example', 'Bob', 'x', 'B Ltd']], {
    header: ['E-mail', 'NAME', 'Shoe size', 'Organisation'],
    organisations: [],
    persons: [],
  });
  expect(english.added).toMatchObject([{ name: 'Bob', email: 'bob@b.example' }]);
  expect(codes(english.warnings)).toEqual(['1 column-unknown']);
  expect(codes(plan([['a']], { header: ['姓名'] }).errors)).toEqual(['1 column-missing', '1 column-missing']);
  expect(codes(plan([['a']], { header: ['组织', '单位'] }).errors)).toEqual(['1 column-twice']);
});

test.each(['=1+1', '+8610', '-1', '@SUM(A1)', '\tx', '\rx', "'=1+1"])(
  '%j is taken as text, shown, and goes out harmless',
  (cell) => {
    expect(isFormula(cell)).toBe(true);
    expect(neutralised(cell)).toBe(`'${cell}`);
    expect(unquoted(neutralised(cell))).toBe(cell);
  },
);

test('a cell that begins like a formula is a warning, and what it says is taken', () => {
  const done = plan([['甲公司', '', '=HYPERLINK("http://evil")', 'x@a.example', '', '']]);
  expect(done.added).toMatchObject([{ name: '=HYPERLINK("http://evil")' }]);
  expect(done.warnings).toMatchObject([
    { line: 2, column: 'name', code: 'formula', value: '=HYPERLINK("http://evil")' },
  ]);
  expect(isFormula("O'Neill") || isFormula('甲公司')).toBe(false);
});
