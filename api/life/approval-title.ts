import type { Text } from '../../domain/time.ts';
import type { Template } from '../../templates/schema.ts';

const STEPS: Record<string, Text> = {
  review: { zh: '审阅确认', en: 'Review of the terms' },
  policy: { zh: '制度审批', en: "Management's approval" },
  posting: { zh: '制度公布', en: 'Posting' },
  termination: { zh: '终止协议', en: 'End of the agreement' },
  suspension: { zh: '中止履行', en: 'Suspension' },
};

/** What an approval is for, in words: `review`, `baseline:<goal>@<value>`, `waiver:<number>`, `termination:<notice>` … */
export function approvalTitle(what: string, template: Template | undefined): Text {
  const [word = '', which = ''] = what.split(':');
  if (word === 'baseline') {
    const [id = ''] = which.split('@');
    const goal = template?.rules.find((rule) => rule.id === id)?.title ?? { zh: id, en: id };
    return { zh: `基线值：${goal.zh}`, en: `Baseline: ${goal.en}` };
  }
  if (word === 'engagement-end') {
    const [, , item] = what.split(':');
    const items = template?.rules.flatMap((rule) => (rule.kind === 'engagement-end' ? rule.items : [])) ?? [];
    const remains = items.find(({ id }) => id === item)?.title;
    return remains
      ? { zh: `善后事项：${remains.zh}`, en: `What remains: ${remains.en}` }
      : { zh: '结束第三方介入', en: 'End of the third party’s involvement' };
  }
  if (word === 'waiver') return { zh: `违约金减免（第 ${which} 号）`, en: `Waiver ${which}` };
  return STEPS[word] ?? { zh: what, en: what };
}
