import type { Contradiction } from './contradiction.ts';
import { contradiction, seatsOf, termNamed } from './contradiction.ts';
import type { Template } from './schema.ts';

/** What rules of cases name and is not there, or say twice. */
export function checkCases(template: Template): Contradiction[] {
  const seats = seatsOf(template);
  return template.rules.flatMap((rule, index): Contradiction[] => {
    if (rule.kind !== 'case') return [];
    const at = ['rules', index];
    const { provider, handler, customer, deputies, report, decision, negotiators, breaches } = rule;
    const named: [(string | number)[], string | undefined][] = [
      [[...at, 'provider'], provider],
      [[...at, 'handler'], handler],
      [[...at, 'customer'], customer],
      [[...at, 'report', 'to'], report?.to],
      [[...at, 'decision', 'by'], decision?.by],
      ...deputies.map((seat, place): [(string | number)[], string] => [[...at, 'deputies', place], seat]),
      ...negotiators.map((seat, place): [(string | number)[], string] => [[...at, 'negotiators', place], seat]),
      ...breaches.map(({ liable }, place): [(string | number)[], string | undefined] => [
        [...at, 'breaches', place, 'liable'],
        liable,
      ]),
    ];
    return [
      ...named.flatMap(([path, seat]) =>
        seat === undefined || seats.includes(seat) || termNamed(template, seat)
          ? []
          : contradiction(path, `当事方或岗位之一：${seats.join('、')}`, `a party or a seat: ${seats.join(', ')}`),
      ),
      ...breaches.flatMap(({ clock }, place) =>
        breaches.findIndex((one) => one.clock === clock) === place
          ? []
          : [contradiction([...at, 'breaches', place, 'clock'], '每个时限至多一项', 'each clock once')],
      ),
    ];
  });
}
