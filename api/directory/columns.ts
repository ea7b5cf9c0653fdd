import type { Text } from '../../domain/time.ts';

export const COLUMNS = ['organisation', 'parent', 'name', 'email', 'language', 'zone'] as const;
export type Column = (typeof COLUMNS)[number];

/** What stands above each column in an export. */
export const COLUMN_TITLES: Record<Column, Text> = {
  organisation: { zh: '组织', en: 'organisation' },
  parent: { zh: '上级组织', en: 'parent' },
  name: { zh: '姓名', en: 'name' },
  email: { zh: '邮箱', en: 'email' },
  language: { zh: '语言', en: 'language' },
  zone: { zh: '时区', en: 'zone' },
};

const ALSO: Record<Column, string[]> = {
  organisation: ['单位', '公司', '部门', 'organization', 'company'],
  parent: ['上级', '上级单位', 'parent organisation', 'parent organization'],
  name: ['名字', '联系人', 'full name'],
  email: ['电子邮件', '电子邮箱', '邮件', 'e-mail', 'mail'],
  language: ['语种'],
  zone: ['time zone', 'timezone'],
};

/** The column that a title stands above, whatever its language and case. */
export function columnOf(title: string): Column | undefined {
  const asked = title.trim().toLowerCase();
  return COLUMNS.find((column) => {
    const { zh, en } = COLUMN_TITLES[column];
    return [zh, en, ...ALSO[column]].includes(asked);
  });
}

/** Between the names of a tree, from the root: 甲公司 > 客服部. */
export const PATH_SIGN = ' > ';
