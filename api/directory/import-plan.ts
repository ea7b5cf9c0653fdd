import { randomUUID } from 'node:crypto';
import type { Text } from '../../domain/time.ts';
import { languageSchema, personSchema } from '../../templates/parties.ts';
import { readValue } from '../../templates/shape.ts';
import { COLUMN_TITLES, type Column, PATH_SIGN, columnOf } from './columns.ts';
import { isFormula, unquoted } from './formula.ts';
import type { Table, TableRow } from './table-file.ts';
import { type Branch, makesCircle, pathOf } from './tree.ts';
import { isZone } from './zone.ts';

/** Something about a cell: an error keeps its row out, a warning does not. */
export interface RowRemark {
  line: number;
  column: Column | null;
  code: string;
  value: string;
  message: Text;
  cure: Text;
}

export interface PersonFields {
  name: string;
  language: 'zh' | 'en';
  zone: string;
}

/** Somebody of the directory, as far as an import concerns them. */
export interface KnownPerson extends PersonFields {
  id: string;
  organisationId: string;
  email: string;
  leftOn: string | null;
}

export interface PlannedPerson extends PersonFields {
  id: string;
  line: number;
  branch: Branch;
  email: string;
  before: PersonFields | null;
}

/** What an import would do; ids of what is new are given already. */
export interface ImportPlan {
  rows: number;
  founded: (Branch & { line: number })[];
  moved: { branch: Branch; line: number; from: Branch | null }[];
  unchangedOrganisations: number;
  added: PlannedPerson[];
  updated: PlannedPerson[];
  unchangedPersons: number;
  errors: RowRemark[];
  warnings: RowRemark[];
}

/** What people write for a language in a table, in small letters. */
export const LANGUAGES: Record<string, 'zh' | 'en'> = {
  zh: 'zh',
  'zh-cn': 'zh',
  'zh-hans': 'zh',
  中文: 'zh',
  汉语: 'zh',
  简体中文: 'zh',
  chinese: 'zh',
  en: 'en',
  英文: 'en',
  英语: 'en',
  english: 'en',
};
const DEFAULTS = { language: languageSchema.enum.zh, zone: 'Asia/Shanghai' };

/**
 * Compares a table with the directory. A row is an organisation, and a person in it where name and e-mail are given. A
 * person is known by organisation and e-mail; an organisation by its name and, where there are several, by what is above
 * it. What a row leaves empty stays as it is.
 *
 * @param directory organisations by id, changed here as the plan goes along; people by e-mail
 */
export function planImport(
  { rows: [header, ...rows] }: Table,
  directory: { branches: Map<string, Branch>; persons: readonly KnownPerson[] },
): ImportPlan {
  const plan: ImportPlan = {
    rows: rows.length,
    founded: [],
    moved: [],
    unchangedOrganisations: 0,
    added: [],
    updated: [],
    unchangedPersons: 0,
    errors: [],
    warnings: [],
  };
  const columns = readHeader(header, plan);
  if (!columns) return plan;
  const forest = new Forest([...directory.branches.values()]);
  const known = new Map(directory.persons.map((person) => [keyOf(person.organisationId, person.email), person]));
  const planned = new Map<string, PlannedPerson>();
  const byEmail = new Map<string, { branch: Branch; line: number | null }[]>();
  for (const { email, organisationId } of directory.persons) {
    const branch = directory.branches.get(organisationId);
    if (branch) byEmail.set(email, [...(byEmail.get(email) ?? []), { branch, line: null }]);
  }

  for (const row of rows) {
    const entry = readRow(row, columns, plan);
    if (!entry) continue;
    const branch = forest.place(entry.organisation, entry.parent, row.line);
    if ('code' in branch) {
      plan.errors.push(remark(row.line, branch.column, branch.code, entry[branch.column]));
      continue;
    }
    if (branch.archived) {
      plan.errors.push(remark(row.line, 'organisation', 'organisation-archived', entry.organisation));
      continue;
    }
    if (entry.person) placePerson(entry.person, branch, row.line);
  }
  plan.founded = forest.founded;
  plan.moved = forest.moved;
  plan.unchangedOrganisations = forest.named.size - forest.founded.length - forest.moved.length;
  return plan;

  function placePerson(given: PersonEntry, branch: Branch, line: number): void {
    const key = keyOf(branch.id, given.email);
    const before = known.get(key) ?? null;
    const fields = {
      name: given.name,
      language: given.language ?? before?.language ?? DEFAULTS.language,
      zone: given.zone ?? before?.zone ?? DEFAULTS.zone,
    };
    const earlier = planned.get(key);
    if (earlier) {
      const same = sameFields(earlier, fields);
      const list = same ? plan.warnings : plan.errors;
      list.push(remark(line, 'email', same ? 'row-repeated' : 'row-contradicts', given.email, String(earlier.line)));
      return;
    }
    const elsewhere = (byEmail.get(given.email) ?? []).find((one) => one.branch.id !== branch.id);
    if (elsewhere) {
      plan.warnings.push(remark(line, 'email', 'email-elsewhere', given.email, pathOf(elsewhere.branch)));
    }
    if (before?.leftOn) plan.warnings.push(remark(line, 'email', 'person-left', given.email, before.leftOn));
    byEmail.set(given.email, [...(byEmail.get(given.email) ?? []), { branch, line }]);
    const person = { id: before?.id ?? randomUUID(), line, branch, email: given.email, before, ...fields };
    planned.set(key, person);
    if (!before) plan.added.push(person);
    else if (sameFields(before, fields)) plan.unchangedPersons += 1;
    else plan.updated.push(person);
  }
}

interface PersonEntry {
  name: string;
  email: string;
  language: 'zh' | 'en' | undefined;
  zone: string | undefined;
}

interface RowEntry {
  organisation: string;
  parent: string;
  person: PersonEntry | null;
}

function keyOf(organisationId: string, email: string): string {
  return `${organisationId} ${email}`;
}

function sameFields(one: PersonFields, other: PersonFields): boolean {
  return one.name === other.name && one.language === other.language && one.zone === other.zone;
}

/** Which column stands where; what cannot be read is said once, and none of the rows is read then. */
function readHeader(header: TableRow | undefined, plan: ImportPlan): Map<Column, number> | undefined {
  const columns = new Map<Column, number>();
  const line = header?.line ?? 1;
  for (const [index, title] of (header?.cells ?? []).entries()) {
    const column = columnOf(title);
    if (column === undefined) {
      if (title.trim() !== '') plan.warnings.push(remark(line, null, 'column-unknown', title.trim()));
    } else if (columns.has(column)) plan.errors.push(remark(line, column, 'column-twice', title.trim()));
    else columns.set(column, index);
  }
  if (!columns.has('organisation')) plan.errors.push(remark(line, 'organisation', 'column-missing', ''));
  for (const [one, other] of [
    ['name', 'email'],
    ['email', 'name'],
  ] as const) {
    if (columns.has(one) && !columns.has(other)) plan.errors.push(remark(line, other, 'column-missing', ''));
  }
  return plan.errors.length > 0 ? undefined : columns;
}

/** A row's values, checked; `undefined` where one is wrong. */
function readRow(row: TableRow, columns: Map<Column, number>, plan: ImportPlan): RowEntry | undefined {
  const errors: RowRemark[] = [];
  const raw = (column: Column): string => row.cells[columns.get(column) ?? -1] ?? '';
  const cell = (column: Column): string => {
    if (isFormula(raw(column))) plan.warnings.push(remark(row.line, column, 'formula', raw(column).slice(0, 100)));
    return unquoted(raw(column)).trim();
  };
  const line = (column: 'organisation' | 'name' | 'email', value: string): string => {
    const schema = column === 'email' ? personSchema.shape.email : personSchema.shape.name;
    const read = readValue(schema, value, [column]);
    if (!('problems' in read)) return read.value;
    const [problem] = read.problems;
    if (problem) errors.push({ line: row.line, column, value: value.slice(0, 100), ...problem });
    return value;
  };
  const organisation = line('organisation', cell('organisation'));
  const [parent, name, email] = [cell('parent'), cell('name'), cell('email').toLowerCase()];
  const [language, zone] = [cell('language'), cell('zone')];
  if (parent.length > 1_000) errors.push(remark(row.line, 'parent', 'parent-too-long', parent.slice(0, 100)));
  let person: PersonEntry | null = null;
  if (name !== '' || email !== '') {
    line('name', name);
    line('email', email);
    const known = LANGUAGES[language.toLowerCase()];
    if (language !== '' && !known) errors.push(remark(row.line, 'language', 'language-unknown', language));
    if (zone !== '' && !isZone(zone)) errors.push(remark(row.line, 'zone', 'zone-unknown', zone));
    person = { name, email, language: known, zone: zone === '' ? undefined : zone };
  }
  plan.errors.push(...errors);
  return errors.length > 0 ? undefined : { organisation, parent, person };
}

/** The organisations, those of the directory and those that the table adds. */
class Forest {
  readonly founded: (Branch & { line: number })[] = [];
  readonly moved: { branch: Branch; line: number; from: Branch | null }[] = [];
  /** Those that the table names, whether they change or not. */
  readonly named = new Set<Branch>();
  readonly #byName = new Map<string, Branch[]>();

  constructor(branches: readonly Branch[]) {
    for (const branch of branches) this.#add(branch);
  }

  /** The organisation that a row means, found or founded. */
  place(name: string, parentText: string, line: number): Branch | { code: string; column: 'organisation' | 'parent' } {
    const namesakes = this.#byName.get(name) ?? [];
    if (parentText === '') {
      const [only, ...others] = namesakes.length > 1 ? namesakes.filter(({ parent }) => parent === null) : namesakes;
      if (others.length > 0 || (!only && namesakes.length > 1)) {
        return { code: 'organisation-ambiguous', column: 'organisation' };
      }
      return this.#name(only ?? this.#found(name, null, line));
    }
    if (namesakes.length === 0 && parentText === name) return { code: 'organisation-cycle', column: 'parent' };
    const parent = this.#find(parentText, line);
    if (!parent) return { code: 'organisation-ambiguous', column: 'parent' };
    const child = namesakes.find((one) => one.parent === parent);
    if (child) return this.#name(child);
    const roots = namesakes.filter((one) => one.parent === null);
    const [root] = roots;
    if (!root || roots.length > 1) return this.#name(this.#found(name, parent, line));
    if (makesCircle(root, parent)) return { code: 'organisation-cycle', column: 'parent' };
    // Founded above as a root by a row that did not say what it belongs to: no move.
    if (!this.founded.some(({ id }) => id === root.id)) this.moved.push({ branch: root, line, from: root.parent });
    root.parent = parent;
    return this.#name(root);
  }

  /** By its name, or by names from the root; `undefined` where several bear it. */
  #find(text: string, line: number): Branch | undefined {
    const named = this.#byName.get(text) ?? [];
    if (named.length > 0) return this.#only(named);
    const names = text.split(PATH_SIGN).map((part) => part.trim());
    const last = names.at(-1) ?? text;
    if (names.length === 1) return this.#name(this.#found(last, null, line));
    const fitting = (this.#byName.get(last) ?? []).filter((branch) =>
      `${PATH_SIGN}${pathOf(branch)}`.endsWith(PATH_SIGN + text),
    );
    if (fitting.length > 0) return this.#only(fitting);
    const parent = this.#find(names.slice(0, -1).join(PATH_SIGN), line);
    return parent && this.#name(this.#found(last, parent, line));
  }

  /** The only one, or the only root. */
  #only(branches: Branch[]): Branch | undefined {
    if (branches.length === 1) return branches[0];
    const roots = branches.filter(({ parent }) => parent === null);
    return roots.length === 1 ? roots[0] : undefined;
  }

  #found(name: string, parent: Branch | null, line: number): Branch {
    const branch = { id: randomUUID(), name, parent, archived: false, line };
    this.founded.push(branch);
    this.#add(branch);
    return branch;
  }

  #add(branch: Branch): void {
    this.#byName.set(branch.name, [...(this.#byName.get(branch.name) ?? []), branch]);
  }

  #name(branch: Branch): Branch {
    this.named.add(branch);
    return branch;
  }
}

/** What a remark says, of `about`. */
export type Words = (about: string) => { message: Text; cure: Text };

export const REMARKS: Record<string, Words> = {
  'column-unknown': () => ({
    message: { zh: '无法识别的列，未读取', en: 'is a column that is not known, and was not read' },
    cure: { zh: '列名见说明；如不需要，可忽略', en: 'see the guide for the titles; ignore this if it is not needed' },
  }),
  'column-twice': () => ({
    message: { zh: '同一列出现两次', en: 'stands twice' },
    cure: { zh: '删去其中一列', en: 'remove one of the two columns' },
  }),
  'column-missing': () => ({
    message: { zh: '缺少此列', en: 'is missing' },
    cure: {
      zh: '表头至少有“组织”；有人员时还要有“姓名”和“邮箱”',
      en: 'the header needs "organisation", and "name" and "email" where there are people',
    },
  }),
  'parent-too-long': () => ({
    message: { zh: '超过 1000 字', en: 'has more than 1000 characters' },
    cure: { zh: '只写上级组织的名称', en: 'write the name of the parent alone' },
  }),
  'language-unknown': () => ({
    message: { zh: '无法识别的语言', en: 'is no language that is known' },
    cure: { zh: '填 zh（中文）或 en（英文）', en: 'write zh or en' },
  }),
  'zone-unknown': () => ({
    message: { zh: '无法识别的时区', en: 'is no time zone' },
    cure: { zh: '填 IANA 名称，如 Asia/Shanghai', en: 'write an IANA name such as Asia/Shanghai' },
  }),
  'organisation-ambiguous': () => ({
    message: { zh: '存在多个同名组织', en: 'is the name of several organisations' },
    cure: { zh: '在“上级组织”中写明路径，如“甲公司 > 客服部”', en: 'say which in "parent", as in Firm > Service' },
  }),
  'organisation-cycle': () => ({
    message: { zh: '上级组织为该组织自身或其下级', en: 'is below the organisation itself' },
    cure: { zh: '改正上级组织', en: 'correct the parent' },
  }),
  'organisation-archived': () => ({
    message: { zh: '该组织已停用', en: 'is archived' },
    cure: { zh: '先恢复该组织，或改用其他组织', en: 'restore it first, or use another' },
  }),
  'row-repeated': (line) => ({
    message: { zh: `与第 ${line} 行相同，未重复计入`, en: `is the same as line ${line}, and was taken once` },
    cure: { zh: '无需处理', en: 'nothing to do' },
  }),
  'row-contradicts': (line) => ({
    message: {
      zh: `与第 ${line} 行为同一人，但内容不一致`,
      en: `is the person of line ${line}, who is different there`,
    },
    cure: { zh: '只保留正确的一行', en: 'keep the row that is right' },
  }),
  'email-elsewhere': (path) => ({
    message: { zh: `同一邮箱已用于“${path}”的人员`, en: `is also the address of somebody in ${path}` },
    cure: { zh: '请确认无误，或改正邮箱', en: 'make sure that it is meant so, or correct it' },
  }),
  'person-left': (on) => ({
    message: { zh: `此人已于 ${on} 离职`, en: `is somebody who left on ${on}` },
    cure: { zh: '如已复职，请在其页面恢复', en: 'bring them back on their page if they are' },
  }),
  formula: () => ({
    message: { zh: '以公式符号开头，按文本读取', en: 'begins like a formula, and was taken as text' },
    cure: { zh: '请确认内容正确', en: 'make sure that it is right' },
  }),
};

function remark(line: number, column: Column | null, code: string, value: string, about = ''): RowRemark {
  const words = REMARKS[code]?.(about);
  if (!words) throw new Error(`no words for ${code}`);
  return { line, column, code, value, ...words };
}

/** Where it is, as people read it: 第 3 行“邮箱”. */
export function placeText({ line, column }: RowRemark): Text {
  const title = column && COLUMN_TITLES[column];
  return {
    zh: `第 ${String(line)} 行${title ? `“${title.zh}”` : ''}`,
    en: `line ${String(line)}${title ? `, ${title.en}` : ''}`,
  };
}
