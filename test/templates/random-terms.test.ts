import { expect, test } from 'vitest';
import { addDays } from '../../domain/local-date.ts';
import { instantAt } from '../../domain/zone.ts';
import { loadCalendar, sliceCalendar } from '../../templates/calendars.ts';
import { compileAgreement } from '../../templates/compile.ts';
import { newestTemplates } from '../../templates/library.ts';
import { planAgreement } from '../../templates/plan.ts';
import type { Template } from '../../templates/schema.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { Dice, termSet } from './term-sets.ts';

const SETS = 10_000;
/** A process takes its compiled template along in every continue-as-new. */
const MOST_BYTES = 200_000;
/** A plan looks at most so far: what it is about is the terms, not the years. */
const DAYS = 50;

const zone = zoneData('Asia/Shanghai');
const calendar = sliceCalendar(loadCalendar('cn'), 2020, 2030);
const templates = newestTemplates();

/** What terms may be each, but not together: the one that is named goes back to what it was. */
const TOGETHER = [
  ...['wrong-order', 'wrong-total', 'invalid-interval', 'invalid-period', 'invalid-term', 'fixed-period'],
  ...['wrong-bands', 'wrong-scheme'],
];

function validTerms(template: Template, drawn: Record<string, unknown>): Record<string, unknown> {
  const given = { ...drawn };
  for (;;) {
    const bad = resolveTerms(template, given).errors.find(({ code }) => TOGETHER.includes(code));
    const name = bad?.path.replace(/^terms\./, '');
    if (name === undefined) return given;
    // Where the one that is named has the template's own value, those that it is held against go.
    const together = [Object.values(template.noticeHours), ...template.constraints.map(({ terms }) => terms)];
    const drop = Object.hasOwn(given, name) ? [name] : together.filter((names) => names.includes(name)).flat();
    const before = Object.keys(given).length;
    for (const one of drop) Reflect.deleteProperty(given, one);
    if (Object.keys(given).length === before) throw new Error(`not valid by itself: ${JSON.stringify(bad)}`);
  }
}

function planned(template: Template, given: Record<string, unknown>, dice: Dice) {
  const { errors, ...terms } = resolveTerms(template, given);
  if (errors.length > 0) throw new Error(`not valid: ${JSON.stringify(errors[0])}`);
  const dayZero = dice.happens(0.9) ? addDays('2020-01-01', dice.whole(0, 10_000)) : null;
  const seats = [...Object.keys(template.parties), ...template.seats.map(({ id }) => id)];
  const year = Number((dayZero ?? '2026').slice(0, 4));
  const agreement = compileAgreement(template, terms, { id: 'random', zone, calendar, seats, year });
  const addresses = Object.fromEntries(seats.map((seat) => [seat, `${seat.toLowerCase()}@example.com`]));
  const untilMs = instantAt(zone, addDays(dayZero ?? '2026-01-01', dice.whole(0, DAYS)), '24:00');
  return { agreement, plan: planAgreement({ template, agreement, terms, addresses, dayZero, untilMs }) };
}

test.each(templates.map((template, index) => ({ id: template.id, template, index })))(
  '$id: any valid terms compile to small plain JSON, and plan',
  ({ template, index }) => {
    const sets = Math.ceil(SETS / templates.length);
    for (let set = 0; set < sets; set += 1) {
      const seed = index * 1_000_000 + set;
      const dice = new Dice(seed);
      const given = validTerms(template, termSet(template, dice));
      try {
        const { agreement, plan } = planned(template, given, dice);
        const text = JSON.stringify(agreement);
        if (text.length >= MOST_BYTES) throw new Error(`${text.length} bytes`);
        if (set % 10 === 0) expect(JSON.parse(text)).toEqual(agreement);
        const dues = plan.obligations.map(({ dueAt }) => (dueAt === null ? Infinity : Date.parse(dueAt)));
        if (dues.some((due, place) => Number.isNaN(due) || due < (dues[place - 1] ?? -Infinity))) {
          throw new Error(`not ascending: ${JSON.stringify(plan.obligations.map(({ dueAt }) => dueAt))}`);
        }
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}\n${JSON.stringify(given)}`, { cause: error });
      }
    }
  },
);
