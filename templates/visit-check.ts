import type { Contradiction } from './contradiction.ts';
import { contradiction, seatsOf, termNamed } from './contradiction.ts';
import type { Template } from './schema.ts';

/** What rules of visits name and is not there, or say twice. */
export function checkVisits(template: Template): Contradiction[] {
  const seats = seatsOf(template);
  const duties = template.obligations.map(({ id }) => id);
  return template.rules.flatMap((rule, index): Contradiction[] => {
    if (rule.kind !== 'visits') return [];
    const at = ['rules', index];
    const isSecond = template.rules.findIndex((one) => one.kind === 'visits' && one.visit === rule.visit) < index;
    const named: [(string | number)[], string][] = [
      [[...at, 'leader'], rule.leader],
      ...rule.departments.map((seat, place): [(string | number)[], string] => [[...at, 'departments', place], seat]),
    ];
    return [
      ...(isSecond
        ? [contradiction([...at, 'visit'], `每类走访至多一条规则`, `at most one rule of ${rule.visit}`)]
        : []),
      ...named.flatMap(([path, seat]) =>
        seats.includes(seat) || termNamed(template, seat)
          ? []
          : contradiction(path, `当事方或岗位之一：${seats.join('、')}`, `a party or a seat: ${seats.join(', ')}`),
      ),
      ...(rule.obligation === undefined || duties.includes(rule.obligation)
        ? []
        : [
            contradiction(
              [...at, 'obligation'],
              `义务之一：${duties.join('、')}`,
              `the id of an obligation: ${duties.join(', ')}`,
            ),
          ]),
      ...rule.counters.flatMap(({ tier }, place) =>
        rule.counters.findIndex((one) => one.tier === tier) === place
          ? []
          : [contradiction([...at, 'counters', place, 'tier'], '每个等级至多一项', 'each tier once')],
      ),
    ];
  });
}
