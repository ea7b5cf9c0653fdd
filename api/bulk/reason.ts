import type { Text } from '../../domain/time.ts';
import type { Template } from '../../templates/schema.ts';
import type { Problem } from '../problem.ts';
import { type Language, problemCure, problemTitle, type ProblemCode } from '../problem.ts';
import { seatTitles } from '../views.ts';

/** Why something was not, or will not be, done, and what to do about it. */
export interface Reason {
  code: string;
  message: Text;
  cure: Text;
}

const OWN = {
  'no-draft': {
    message: { zh: '不是草稿', en: 'it is no draft' },
    cure: { zh: '只有草稿可以启动或删除', en: 'only drafts can be started or deleted' },
  },
  'not-living': {
    message: { zh: '协议正在启动，或已经结束', en: 'it is being started, or it is over' },
    cure: { zh: '稍后再试；已结束的协议不再更换人员', en: 'try again later; nobody is replaced in one that is over' },
  },
  'same-person': {
    message: { zh: '项目协调人已经是此人', en: 'this person is its coordinator already' },
    cure: { zh: '无需更换', en: 'there is nothing to change' },
  },
  'nothing-to-sign': {
    message: { zh: '不在等待签署', en: 'it does not wait for signatures' },
    cure: { zh: '只有待签署的协议可以再次催签', en: 'only agreements that wait for signatures can ask again' },
  },
  'not-asked-yet': {
    message: { zh: '尚未发出签署邀请，或各方均已登记签署', en: 'nobody was asked to sign yet, or all have signed' },
    cure: { zh: '查看该协议的通知记录', en: 'see the notices of the agreement' },
  },
  'unknown-agreement': {
    message: { zh: '协议已不存在', en: 'it does not exist any more' },
    cure: { zh: '刷新列表', en: 'load the list again' },
  },
  stopped: {
    message: { zh: '已停止，未执行', en: 'stopped before its turn' },
    cure: { zh: '需要时重新发起', en: 'ask for it again if it is still wanted' },
  },
  'person-erased': {
    message: { zh: '所涉人员的个人信息已删除', en: 'the data of somebody whom it names were erased' },
    cure: { zh: '改用其他人员后重新导入', en: 'bring the row in again with somebody else' },
  },
} as const satisfies Record<string, Omit<Reason, 'code'>>;

export function reason(code: keyof typeof OWN): Reason {
  return { code, ...OWN[code] };
}

/** What the title of a code says, as the rules refuse it. */
export function reasonOfCode(code: string): Reason {
  return { code, message: problemTitle(code), cure: problemCure(code as ProblemCode) };
}

/** A refusal as a reason: where fields are wrong, the first of them by its name and how many more there are. */
export function reasonOf(problem: Problem, template: Template | undefined): Reason {
  const [first] = problem.errors;
  if (!first) return { code: problem.code, message: problem.title, cure: problem.cure };
  const place = placeText(template, first.path);
  const more = problem.errors.length - 1;
  const zh = more > 0 ? `（另有 ${more} 处）` : '';
  const en = more > 0 ? ` (and ${more} more)` : '';
  const sentence = (language: Language): string => {
    const { [language]: name } = place;
    const { [language]: said } = first.message;
    if (name === '' || said.includes(name)) return said;
    return language === 'zh' ? `${name}：${said}` : `${name}: ${said}`;
  };
  return {
    code: problem.code,
    message: { zh: `${sentence('zh')}${zh}`, en: `${sentence('en')}${en}` },
    cure: problem.code === 'term-open' ? DECIDE : first.cure,
  };
}

/** What a page offers where the API wants "not-agreed". */
const DECIDE: Text = {
  zh: '编辑草稿，填写此项或选“不作约定”',
  en: 'edit the draft: give it a value, or choose “Not agreed”',
};

const FIELDS: Record<string, Text> = {
  name: { zh: '名称', en: 'name' },
  contact: { zh: '联系人', en: 'contact' },
  email: { zh: '电子邮箱', en: 'e-mail' },
  language: { zh: '邮件语言', en: 'language of mails' },
};

/** What a path of a draft is called on its form: `parties.A.email` is 甲方 · 电子邮箱. */
export function placeText(template: Template | undefined, path: string): Text {
  const [group, name = '', field = ''] = path.split(/[.[]/);
  if (group === 'terms') {
    const owners = template?.terms.filter(
      (term) => path === `terms.${term.name}` || path.startsWith(`terms.${term.name}`),
    );
    return owners?.toSorted((a, b) => b.name.length - a.name.length)[0]?.label ?? { zh: name, en: name };
  }
  const of = group === 'coordinator' ? { zh: '项目协调人', en: 'Coordinator' } : seatTitles(template)[name];
  const part = FIELDS[group === 'coordinator' ? name : field];
  if (!of) return { zh: '', en: '' };
  return part ? { zh: `${of.zh} · ${part.zh}`, en: `${of.en} · ${part.en}` } : of;
}
