import type { Text } from '../../domain/time.ts';

export const CUSTOMER_COLUMNS = [
  'key',
  'name',
  'contact',
  'tier',
  'branch',
  'department',
  'segment',
  'language',
  'email',
  'phone',
  'address',
  'surveyConsent',
  'promotionConsent',
] as const;
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

/** What stands above each column in an export. */
export const CUSTOMER_TITLES: Record<CustomerColumn, Text> = {
  key: { zh: '客户编号', en: 'key' },
  name: { zh: '客户名称', en: 'name' },
  contact: { zh: '联系人', en: 'contact' },
  tier: { zh: '客户等级', en: 'tier' },
  branch: { zh: '分公司', en: 'branch' },
  department: { zh: '服务部门', en: 'department' },
  segment: { zh: '客户群', en: 'segment' },
  language: { zh: '语言', en: 'language' },
  email: { zh: '邮箱', en: 'email' },
  phone: { zh: '电话', en: 'phone' },
  address: { zh: '地址', en: 'address' },
  surveyConsent: { zh: '同意调查', en: 'surveyConsent' },
  promotionConsent: { zh: '同意推广', en: 'promotionConsent' },
};

const ALSO: Record<CustomerColumn, string[]> = {
  key: ['编号', '客户号', '客户代码', 'customer key', 'customer number', 'number'],
  name: ['客户', '名称', '客户姓名', 'customer', 'customer name'],
  contact: ['联系人姓名', 'contact person'],
  tier: ['等级', '客户级别', '级别', '客户类型', 'customer tier', 'level'],
  branch: ['所属分公司', '分支机构', '网点', 'branch office'],
  department: ['部门', '归口部门', '责任部门'],
  segment: ['客户分组', '客户细分', 'customer segment', 'group'],
  language: ['语种'],
  email: ['电子邮件', '电子邮箱', '邮件', 'e-mail', 'mail'],
  phone: ['联系电话', '手机', '手机号', '电话号码', 'telephone', 'mobile'],
  address: ['通讯地址', '联系地址', 'postal address'],
  surveyConsent: ['接受调查', '调查同意', 'survey consent'],
  promotionConsent: ['接受推广', '接受营销', '推广同意', 'promotion consent'],
};

/** The column that a title stands above, whatever its language and case. */
export function customerColumnOf(title: string): CustomerColumn | undefined {
  const asked = title.trim().toLowerCase();
  return CUSTOMER_COLUMNS.find((column) => {
    const { zh, en } = CUSTOMER_TITLES[column];
    return [zh, en.toLowerCase(), ...ALSO[column]].includes(asked);
  });
}
