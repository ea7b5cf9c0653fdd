import type { Contradiction } from './contradiction.ts';
import { contradiction } from './contradiction.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';

type GoalRule = Extract<Rule, { kind: 'goal' }>;
type Path = (string | number)[];

/** Goals that nobody could judge as they stand: when, against what, by which duty. */
export function checkGoals(template: Template): Contradiction[] {
  return template.rules.flatMap((rule, index) =>
    rule.kind === 'goal' ? checkGoal(template, rule, ['rules', index]) : [],
  );
}

function checkGoal(template: Template, rule: GoalRule, at: Path): Contradiction[] {
  const { measure, judged, target, how, baseline, survey } = rule;
  const named = [
    ...(typeof judged === 'object' ? [{ path: [...at, 'judged', 'obligation'], id: judged.obligation }] : []),
    ...(survey === undefined ? [] : [{ path: [...at, 'survey'], id: survey }]),
  ];
  const ids = template.obligations.map(({ id }) => id);
  const isRelative = how === 'raise' || how === 'reduce';
  return [
    ...named.flatMap(({ path, id }) =>
      ids.includes(id)
        ? []
        : [contradiction(path, `义务之一：${ids.join('、')}`, `the id of an obligation: ${ids.join(', ')}`)],
    ),
    ...(measure !== undefined && judged === undefined
      ? [
          contradiction(
            [...at, 'judged'],
            '何时判定：expiry、cycle 或一项义务',
            'when it is judged: expiry, cycle or a duty',
          ),
        ]
      : []),
    ...(measure === undefined && judged !== undefined
      ? [contradiction([...at, 'measure'], '以何种数据判定', 'what measures it')]
      : []),
    ...(measure !== undefined && target === undefined
      ? [contradiction([...at, 'target'], '目标值的条款参数', 'the term of its target')]
      : []),
    ...(measure !== undefined && isRelative && baseline === undefined
      ? [contradiction([...at, 'baseline'], '基线值的条款参数', 'the term of the baseline that it is reckoned from')]
      : []),
  ];
}
