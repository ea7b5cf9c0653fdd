import { expect, test } from 'vitest';
import type { CompiledPatch } from '../../domain/agreement/compiled.ts';
import { addDays } from '../../domain/local-date.ts';
import { Life, agreementOf, duty, lifeOf } from '../support/life.ts';
import { fee, report } from '../support/whole-life.ts';

/** Half of what Temporal takes as one payload: a run begins with the whole state. */
const STATE_BYTES = 1024 * 1024;

const LAST_DAY = '2031-08-31';
const monthly = (dueDays: number) =>
  duty('monthly-report', 'effect', `${dueDays} days`, {
    responsible: 'A',
    reminderLeadDays: [3, 1],
    recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: false },
  });
const survey = duty('survey', 'effect', '10 days', {
  reminderLeadDays: [3, 1],
  recurrence: { by: 'period', period: 'quarter', edge: 'end', partialFirst: true },
});
const agreement = agreementOf([report(30), monthly(5), survey], {
  expiresOn: LAST_DAY,
  life: lifeOf({ amendment: { consent: ['A', 'B'], lapseDays: 30, clauses: ['S001a-33'] } }),
});
const withFee = { ...agreement, obligations: [...agreement.obligations, fee(45)] };

/** Five years in which everything is done on its last day at ten, and two amendments take effect. */
function fiveYears(): Life {
  const life = new Life(withFee, '2026-09-01 09:00').sign('2026-09-01 09:00');
  const change = (days: number): CompiledPatch => ({
    obligations: [monthly(days)],
    removed: [],
    terms: ['reportDays'],
  });
  const amendments = [
    { amendment: 'a1', on: '2028-02-15', effectiveOn: '2028-03-15', patch: change(10) },
    { amendment: 'a2', on: '2030-06-15', effectiveOn: '2030-07-01', patch: change(3) },
  ];
  for (let day = '2026-09-01'; day <= LAST_DAY; day = addDays(day, 1)) {
    const amendment = amendments.find(({ on }) => on === day);
    if (amendment) {
      const { on, ...body } = amendment;
      life
        .act(`${on} 09:00`, 'A', { type: 'propose', ...body, documents: [] })
        .act(`${on} 10:00`, 'B', { type: 'accept', amendment: body.amendment });
    }
    life.until(`${day} 09:30`);
    for (const { id, occurrence, status, due } of life.state.obligations) {
      if (status !== 'pending' || due?.localDate !== day) continue;
      const named = { obligation: id, ...(occurrence === null ? {} : { occurrence }), documents: [] };
      if (id === 'fee') life.act(`${day} 10:00`, 'B', { type: 'pay', amount: '80000.00', ...named });
      else life.act(`${day} 10:00`, id === 'survey' ? 'B' : 'A', { type: 'submit', ...named });
    }
  }
  life.until('2031-09-10 12:00');
  return life;
}

test('five years of monthly duties, quarterly surveys and two amendments: each once, below 2,000 events', () => {
  const life = fiveYears();
  expect(life.rejections).toEqual([]);
  const opened = life.events.flatMap((event) =>
    event.type === 'obligation-opened' ? [`${event.obligation}#${event.occurrence ?? ''}`] : [],
  );
  expect(new Set(opened).size).toBe(opened.length);
  expect(opened.filter((name) => name.startsWith('monthly-report'))).toHaveLength(60); // September 2026 to August 2031
  expect(opened.filter((name) => name.startsWith('survey'))).toHaveLength(21); // its third quarter of 2026 to that of 2031
  expect(life.events.filter(({ type }) => type === 'amendment-effective')).toHaveLength(2);
  expect(life.events.filter(({ type }) => type === 'obligation-overdue')).toEqual([]);
  expect(life.events.map(({ sequence }) => sequence)).toEqual(life.events.map((_, index) => index + 1));
  expect(life.events.length).toBeLessThan(2_000);
  expect(life.state.status).toBe('expired');
  // What a run takes over when the shell continues as new (test/journeys/continue-as-new.test.ts).
  expect(JSON.stringify(life.state).length).toBeLessThan(STATE_BYTES);
});

test('the amended day holds from its effect on: 5 days after the month, from March 2028 on 10, from July 2030 on 3', () => {
  const life = fiveYears();
  const due = (month: string) => life.obligation(`monthly-report#${month}`).due?.localDate;
  expect([due('2028-01'), due('2028-03'), due('2030-08')]).toEqual(['2028-02-07', '2028-04-10', '2030-09-03']);
});
